/**
 * What the user's own words of this turn ask for: which kinds of write. Words are looked for, not understood: a question asks for nothing,
 * "draft" does not ask to send, and a yes asks for what the assistant had just offered. Unknown words ask for nothing, which costs a warning. Pure.
 */
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";

import type { Verb } from "../actions/policy.ts";
import { LEFT_OUT } from "./tools/named.ts";

/** Beginnings of words, each in English, German, French, Spanish, Italian, Dutch, Portuguese; then whole ones without an alphabet. */
const WORDS: Readonly<Record<Verb, string>> = {
  send:
    "send|reply|respond|answer|forward|fwd|write|tell|inform|notify|share|pass on|let|thank|confirm|declin|accept|remind|follow up|get back|ping|ask|" +
    "sende|schick|antwort|beantwort|schreib|leit|informier|teil|sag|bestätig|frag|lehn|" +
    "envo|répon|repond|transf|écri|ecri|dis|dites|demand|inform|" +
    "envía|envia|mand|respond|reenv|escrib|contest|dile|invia|rispond|inoltr|scriv|dì|" +
    "stuur|verstuur|beantwoord|schrijf|doorstuur|encaminh|escrev|diga|отправ|ответ|напиш|перешл",
  schedule:
    "schedul|book|set up|arrang|creat|plan|invit|add|organi|block|put|make|meet|" +
    "termin|buch|vereinbar|lad|trag|leg|erstell|planifi|crée|cree|réserv|reserv|ajout|" +
    "program|agend|crea|añad|anad|pianific|prenot|aggiung|boek|nodig|maak|zet|marc|cri|назнач|созда|заплан|приглас",
  change:
    "mov|reschedul|chang|updat|postpon|shift|push|add|invit|renam|extend|shorten|bring|remov|set|make|put|" +
    "verschieb|änder|verleg|lad|füg|déplac|deplac|modifi|report|ajout|muev|cambi|aplaz|añad|spost|modific|aggiung|verplaats|wijzig|voeg|mud|alter|перенес|измен|добав",
  cancel:
    "cancel|call off|delet|remov|drop|scrap|absag|lösch|streich|sag|annul|supprim|elimin|borr|annull|cancell|annuleer|verwijder|desmarc|отмен|удал",
  file:
    "label|archiv|tag|star|mark|fil|mov|clean|tidy|organi|sort|put|set|add|remov|take|untag|unmark|un|" +
    "beschrift|markier|verschieb|räum|sortier|étiquet|etiquet|class|déplac|rang|muev|orden|spost|etichett|verplaats|opruim|mov|архив|помет|перемест",
  bin:
    "delet|bin|trash|remov|get rid|throw|clear|discard|eras|purg|lösch|papierkorb|entfern|wirf|weg|supprim|corbeille|effac|jet|" +
    "borr|elimin|papeler|tir|cancell|cestin|butt|verwijder|prullenbak|gooi|apag|exclu|lixeir|удал|корзин",
};

const BARE: Readonly<Record<Verb, RegExp>> = {
  send: /发送|发给|回复|转发|送っ|送信|返信|転送/u,
  schedule: /安排|创建|预约|作成|予定|招待/u,
  change: /改|移动|变更|変更|移動/u,
  cancel: /取消|キャンセル|中止/u,
  file: /归档|标记|移动|アーカイブ|ラベル|移動/u,
  bin: /删除|垃圾|削除|ゴミ箱/u,
};

const VERBS = Object.fromEntries(
  Object.entries(WORDS).map(([verb, words]) => [
    verb,
    new RegExp(`(?<![\\p{L}\\p{N}@.])(?:${words})`, "u"),
  ]),
);

/** As a verb: "email Ana", not "the email from Ana". */
const TO_MAIL =
  /(?:^|(?<![\p{L}])(?:please|to|you|bitte|also|just) )(?:e-?)?mail(?:e|en)? (?!from|about|that|in|with|of|threads?|von)/u;

const PURE_QUESTION =
  /^(?:and |so |then )*(?:who|whom|whose|what|when|where|which|why|how|did|does|is|are|was|were|has|have|had|am|do|wer|was|wann|wo|welche\w*|warum|wie|hat|haben|ist|sind|qui|que|quoi|quand|où|quel\w*|pourquoi|comment|est-ce|quién|qué|cuándo|dónde|cuál\w*|cómo|chi|cosa|quando|dove|quale|come|wie|wat|waar|welke|quem|o que|onde|qual)(?![\p{L}])/u;
const READING =
  /^(?:please |can you |could you |bitte |, )*(?:summari[sz]e|find|search|show|list|read|look|check|explain|translate|compare|give me|tell me|get me|fass|such|zeig|lies|résum|cherch|montr|resum|busc|muestr|riassum|cerca|mostra|vat|zoek|toon)(?![\p{L}]*ing\b)/u;
const DRAFTING =
  /^(?:please |can you |could you |bitte |, )*(?:draft|prepar|compos|entwirf|entwurf|bereit|rédig|redig|brouillon|borrador|redact|bozza|concept|rascunh)/u;
const YES =
  /^(?:yes|yep|yeah|ok|okay|sure|go ahead|do it|please do|confirm|ja|genau|mach|oui|vas-y|d'accord|sí|si|dale|hazlo|va bene|sim|да|はい|好)(?![\p{L}])/u;

function clauses(text: string): string[] {
  return text
    .toLowerCase()
    .split(
      /[.!?;:\n。！？]+\s*|,?\s+(?:and|then|if so|und|dann|et|puis|y|luego|e|poi|en|dan)\s+|,\s*/u,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
}

function names(clause: string, verb: Verb): boolean {
  if (BARE[verb].test(clause)) return true;
  if (PURE_QUESTION.test(clause) || READING.test(clause)) return false;
  if (verb === "send" && DRAFTING.test(clause)) return /(?<![\p{L}])send(?![\p{L}])/u.test(clause);
  return VERBS[verb]?.test(clause) === true || (verb === "send" && TO_MAIL.test(clause));
}

function textOf(message: BaseMessage | undefined): string {
  return message?.text ?? "";
}

/** In this turn's own words; what an earlier turn asked for was done then. */
export function askedFor(messages: readonly BaseMessage[]): (verb: Verb) => boolean {
  const at = messages.findLastIndex(
    (message) => message instanceof HumanMessage && message.name !== LEFT_OUT,
  );
  const words = textOf(messages[at]);
  const offered = messages
    .slice(0, Math.max(at, 0))
    .findLast((message) => message instanceof AIMessage && message.text !== "");
  const asked = clauses(words);
  const agreed = YES.test(words.trim().toLowerCase()) ? clauses(textOf(offered)) : [];
  return (verb) =>
    asked.some((clause) => names(clause, verb)) ||
    agreed.some((clause) => VERBS[verb]?.test(clause) === true);
}
