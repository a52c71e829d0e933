/**
 * Whether an answer states what the mail says and names no message for it. Absence can't be cited, nor can a question or an offer; what was
 * drafted, proposed or put on a card of terms stands there. Pure.
 */
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";

import { asRead } from "./as-read.ts";
import { citedIn } from "./quotes.ts";
import { readIn } from "./reads.ts";
import { createSentences } from "./sentences.ts";
import type { Seen } from "./tools/provenance.ts";
import { sound } from "./verbatim.ts";

/** Their results are what an answer about mail rests on. After any other tool the answer is about what was done. */
const READERS = new Set([
  "search_gmail",
  "get_latest_emails",
  "read_email_thread",
  "list_attachments",
  "read_attachment",
]);

const ABSENT =
  /\b(?:could|can|did|do|does|was|were|is|are|have|has)(?:n't| not)\b.{0,40}\b(?:find|found|see|say|said|mention\w*|state[ds]?|contain\w*|name[ds]?|give|gave|know|answer\w*|repl\w+|include\w*)\b|\bcannot (?:find|see|tell)\b|\bfound (?:no|nothing|none)\b|\b(?:there (?:is|are|was|were) )?(?:no|none|nothing|nobody|neither)\b|\b(?:keine?[nrms]?|nichts|niemand|aucune?|rien|ningun[ao]?s?|nada)\b/i;
const OFFER =
  /^\W*(?:shall|should|would|could|do|did|may|can) (?:i|you|we)\b|^\W*(?:i can|i could|i will|i'll|let me|tell me|ask me|try|sure|okay|thanks|thank you|you're welcome|you can|please|if you)\b/i;
const LEAST_WORDS = 4;

function states(sentence: string): boolean {
  const text = asRead(sentence);
  if (/\?\W*$/.test(text) || text.endsWith(":") || ABSENT.test(text) || OFFER.test(text))
    return false;
  return sound(text).trim().split(" ").length >= LEAST_WORDS;
}

/** In full sentences, without the marks of citations. */
export function statesFacts(answer: string): boolean {
  const sentences = createSentences();
  return [...sentences.push(answer), ...sentences.rest()].some(({ text }) => states(text));
}

export function lacksCitation(messages: readonly BaseMessage[], seen: Seen): boolean {
  const run = messages.slice(messages.findLastIndex((one) => one instanceof HumanMessage));
  const tools = run.filter((one) => one instanceof ToolMessage);
  if (tools.some(({ name = "" }) => !READERS.has(name)) || readIn(tools).ids.length === 0) {
    return false;
  }
  const said = run.filter((one) => one instanceof AIMessage).map(({ text }) => text);
  return !said.some((text) => citedIn(text).some(seen)) && statesFacts(said.at(-1) ?? "");
}

export const ASK_FOR_CITATIONS =
  "Your answer cites no message. Reply with the [msg:ID] marks of the messages that it rests on, and nothing else; with NONE if it rests on none.";

/** Words long enough to belong to a matter, and figures. */
function matter(text: string): Set<string> {
  return new Set(
    sound(text)
      .split(" ")
      .filter((word) => word.length > 5 || /\d/.test(word)),
  );
}

const MOST = 6;

/** The messages that a reply names, as far as their texts share the answer's words: a citation that is asked for afterwards is cheap. */
export function supported(
  reply: string,
  answer: string,
  messages: readonly BaseMessage[],
): string[] {
  const reads = readIn(messages);
  const wanted = matter(answer);
  const least = Math.min(2, wanted.size);
  const named = [...new Set(citedIn(reply))].slice(0, MOST);
  return named.filter((id) => {
    const there = matter(reads.textOf(id) ?? "");
    return least > 0 && [...wanted].filter((word) => there.has(word)).length >= least;
  });
}
