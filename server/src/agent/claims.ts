/**
 * Whether a sentence of the assistant claims an effect: that it sent, booked, invited or cancelled something. Pure, and a second line
 * only: nothing that is said can send. In doubt about "I sent", it is a claim; in doubt about other people's mail, a report.
 */
import type { Claimed } from "@vaultdesk/shared/claim.ts";

import { asRead } from "./as-read.ts";
import { ABOUT_FILING, ABOUT_MAIL, ABOUT_MEETING, type Form, FORMS } from "./claim-forms.ts";
import type { Piece } from "./sentences.ts";

export type Claim = "none" | "one" | "all";

const CITATION = /\[msg:[^\]\s]+\]/i;
const QUESTION = /\?[^\p{L}\d?]*$/u;
const ASKS =
  /^[^\p{L}\d]*(?:did|do|does|has|have|had|was|were|is|are|should|shall|can|could|would|will|may|what|when|where|why|how|which|who|whether|soll\p{L}*|hat|habe|haben|wurden?|ist|sind|est-ce|avez|dois|faut|[¿])(?!\p{L})/iu;

const LAST_PART = /[,;–—][^,;–—]*$/u;

/** What another person wrote, in quotation marks that close; the machine's own words are not another's. */
const QUOTED =
  /(?<!\b(?:i|we|it|gmail|google|vaultdesk|system|tool|server|phone|status|result)\s)\b(?:wrote|writes|said|says|sagte|schreibt|schrieb|escribio|ecrit|asked|answered|replied|confirmed|told \p{L}+|reads|read|subject|titled|entitled|called|headed|betreff|objet|asunto)\b[^"“„«.;]{0,30}(?:"[^"]{0,600}"|“[^”]{0,600}”|„[^“”]{0,600}[“”]|«[^»]{0,600}»)/giu;
/** Asking the phone is not sending the mail. */
const TO_PHONE =
  /\b(?:sent|forwarded|delivered)?\s*(?:a|an|the|this|that|your|it|another|one)?\s*(?:new |approval |push ){0,3}(?:request|approval|push|notification|prompt|question|draft|e-?mail|mail|reply|it)?\s*(?:for approval |was |has been |have been |went |were )?(?:sent|forwarded|delivered|out)?\s*(?:for (?:your )?approval )?(?:to|on) (?:your|the) phone\b|\bsent (?:a|an|the|another) (?:approval |push )?(?:request|notification|prompt)\b(?: for (?:your )?approval)?|\b(?:approval request|push|request for approval) (?:was|has been|went)(?: now| just)? (?:sent|out|delivered)\b|\bsent (?:it|this|that|the (?:draft|mail|e-?mail|reply)|your (?:draft|mail|e-?mail|reply)) for (?:your )?approval\b/giu;

/** Words with a "no" that deny nothing. */
const FRIENDLY =
  /\b(?:(?:do not|don't|not to|no need to) worry(?: about \p{L}+)?|not only|no (?:doubt|problem|worries)|without (?:any )?(?:problems?|issues?|troubles?|delays?|errors?|asking))\b/giu;
/** Before a claim in its clause, these take it back. The first kind may stand up to three words away. */
const DENIED =
  /(?:\b(?:not|no|never|nothing|none|cannot|neither|nor|without|hardly|nearly|almost|pretend\p{L}*|nicht|nichts|keine?\p{L}*|nie|rien|aucune?|jamais|nada|ningun\p{L}*|nunca)|n't)(?:\s+[^\s]+){0,3}\s*$/iu;
const NO_SUBJECT =
  /(?:^|[.,;:!–—])[^\p{L}.,;:!–—]*(?:nothing|none|no|neither|not|nobody|nichts|keine?\p{L}*|rien|aucune?|nada|ningun\p{L}*)\b(?:(?!\b(?:is|are|was|were|has|have|had|needs?|ist|sind|est|a|es|ha)\b)[^.,;:!–—])*$/iu;
const OPEN =
  /\b(?:if|whether|unless|until|till|before|in case|as though|wenn|falls|sobald|ob|bevor|bis|s'il|avant|des que|une fois|lorsque|quand|si|cuando|antes|hasta|una vez)\b/iu;
const LATER = /\b(?:once|when|whenever|after|as soon as)\b/iu;
const MODAL = /\b(?:will|would|could|should|might|may|must|can|to|shall)(?:\s+not)?\s*$/iu;
const GENERAL =
  /\b(?:only|every|each|always|usually|normally|without|automatically|nothing|no)\b/iu;

/** Somebody else says so, up to the claim: "Maya confirmed, so the mail was sent" is the assistant's own again. */
const REPORTED =
  /(?<!\b(?:i|we|you|gmail|google|vaultdesk|system|tool|server|phone|status|result|record|approval|request|confirmation|receipt|log|panel)\s)\b(?:says|said|wrote|writes|mentions|mentioned|confirms|confirmed|reports|reported|claimed|noted|thinks|told \p{L}+|sagt|schreibt|bestatigt|dit|confirme|dice|confirma)\b(?:(?! (?:and|so|but|und|et|y) )[^,;])*$|\baccording to (?!your|my|the|gmail|google|vaultdesk)[^,;]*,?[^,;]*$/iu;
const WHICH = /\p{L} (?:which|who|that)\s*$/u;
const BY_OTHERS =
  /\b(?:by|von|par|por) (?!Gmail|Google|VaultDesk|E-?[Mm]ail|Mail|Me\b)(?:\p{Lu}|(?:you|him|her|them|their|his|our|someone|the (?:seller|buyer|other side|bank|client|team))\b)/u;
const TO_READER = /^\s*to (?:you|us)\b(?! and)/iu;
const MONTH =
  "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|juin|juil|aout|okt|dez|ene|abr|ago|dic)\\p{L}*";
const DAY =
  "(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes|miercoles|jueves|viernes";
const PAST = new RegExp(
  `\\b(?:yesterday|gestern|hier|ayer|(?:days?|weeks?|months?|years?) ago|(?:on|last|since|am|le|el) (?:${DAY})|(?:on|am|le|el) \\d{1,2}(?:st|nd|rd|th|\\.)?(?: de)? ${MONTH}|on ${MONTH} \\d|on \\d{4}-\\d\\d|last (?:week|month|year|night)|in (?:${MONTH} )?20\\d\\d|earlier this (?:week|month|year))`,
  "iu",
);
const CLAUSE =
  /[,;:–—()!?]| - |\b(?:but|and|so|yet|however|although|though|aber|und|mais|et|pero|y)\b/giu;

/** What stands further from a claim takes nothing back: time grows with the text, not with its square. No sentence is longer. */
const NEAR = 600;
/** In place of what was cut off: what follows begins no sentence, where "nothing" would deny. */
const CUT = "x_ ";

interface Match {
  kind: Form["kind"];
  /** The sentence to the claim, its clause to the claim, and what follows, each as far as it is near. */
  lead: string;
  clause: string;
  words: string;
  rest: string;
  end: number;
}

/** Cut between words: half of "knot" would deny. */
function nearBefore(text: string, at: number): string {
  if (at <= NEAR) return text.slice(0, at);
  const near = text.slice(at - NEAR, at);
  const space = near.indexOf(" ");
  return space === -1 ? "" : CUT + near.slice(space + 1);
}

function nearAfter(text: string, at: number): string {
  if (text.length - at <= NEAR) return text.slice(at);
  const near = text.slice(at, at + NEAR);
  return near.slice(0, Math.max(0, near.lastIndexOf(" ")));
}

/** One by one: whoever has found what they look for asks for no more. */
function* matches(text: string): Generator<Match> {
  for (const { kind, form } of FORMS) {
    for (const found of text.matchAll(form)) {
      const end = found.index + found[0].length;
      const lead = nearBefore(text, found.index);
      const clause = lead.slice([...lead.matchAll(CLAUSE)].at(-1)?.index ?? 0);
      yield { kind, lead, clause, words: found[0], rest: nearAfter(text, end), end };
    }
  }
}

function isTakenBack({ kind, lead, clause, words, rest }: Match): boolean {
  if (DENIED.test(clause) || OPEN.test(clause) || MODAL.test(clause)) return true;
  if (/^\s*(?:nothing|no|none|neither|never|nichts|rien|nada)\b/iu.test(rest)) return true;
  if (LATER.test(clause) && !/\bi \p{L}+$/iu.test(words)) return true;
  if (kind === "own") return false;
  if (NO_SUBJECT.test(lead)) return true;
  if (kind !== "present") return false;
  return [lead, rest].some((part) => [OPEN, LATER, GENERAL].some((later) => later.test(part)));
}

function isReport({ kind, lead, clause, words, rest }: Match, cited: boolean): boolean {
  if (kind === "own") return false;
  if (cited || REPORTED.test(lead) || BY_OTHERS.test(rest) || TO_READER.test(rest)) return true;
  if (/\byou\s*$/iu.test(clause)) return true;
  if (/^(?:was|were)\b/iu.test(words) && WHICH.test(lead)) return true;
  return ABOUT_MAIL.test(words) && PAST.test(lead + rest);
}

const ALL =
  /\b(?<!\b(?:to|for|after|at|not) )(?:both|all|everything|each|every)\b(?! (?:done|set|right|good|clear|attendees|recipients))|(?<!\bof )\b(?:the|your|these|those) (?:(?:two|three|four|five|\d+) )?(?:e-?mails|mails|messages|replies|invitations|invites|drafts)\b|\b(?:they|these|those) (?:were|are|have)\b|\b(?:alle|beide|alles|toutes|tous|todos|todas|ambos|ambas)\b|les deux/iu;

const folded = (text: string) => text.replace(/ +/g, " ");

function claims(text: string, isCited: boolean): boolean {
  const asked = QUESTION.test(text);
  if (asked && ASKS.test(text)) return false;
  // "I've sent it, anything else?" asks only after it has claimed.
  const until = asked ? text.search(LAST_PART) : text.length;
  for (const match of matches(text)) {
    if (match.end <= until && !isTakenBack(match) && !isReport(match, isCited)) return true;
  }
  return false;
}

export function claimOf(sentence: string): Claim {
  const read = folded(asRead(sentence).replace(QUOTED, "“…”").replace(FRIENDLY, ""));
  const text = folded(read.replace(TO_PHONE, " asked ")).trim();
  if (!claims(text, CITATION.test(sentence))) return "none";
  return ALL.test(text) ? "all" : "one";
}

/** The claim that this piece makes, or that it completes: a sentence may be spread over lines. */
export function claimIn({ text, before }: Piece): Claim {
  if (before === "" || claimOf(before) !== "none") return claimOf(text);
  return claimOf(before + text);
}

export function claimedBy({ text, before }: Piece): Claimed {
  const read = asRead(before + text);
  if (ABOUT_FILING.test(read) && !ABOUT_MEETING.test(read)) return "moved";
  return ABOUT_MAIL.test(read) ? "sent" : "scheduled";
}
