/**
 * What a long conversation costs the model: the last turns whole, of older ones the words that were said and the ids and addresses that were
 * read, of the oldest those ids alone. Every tool call keeps a result, and turns keep their order: Bedrock refuses anything else. Pure.
 */
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";

import { textOf, tokensIn, tokensOf } from "./tokens.ts";
import { LEFT_OUT, namesIn } from "./tools/named.ts";

export interface Limits {
  /** The newest turns that stay as they were. */
  whole: number;
  /** Of all that is kept. */
  tokens: number;
}

const ID = /\b(?:[0-9a-f]{16,17}|vd[0-9a-f]{32}|r-?\d{6,24})\b/g;
/** RFC 5321 4.5.3.1 bounds both halves; without bounds a word of a megabyte, in a mail, would hold the server for minutes. */
const ADDRESS = /[^\s<>"\\(),:;[\]{}]{1,64}@[a-z0-9.-]{1,250}\.[a-z]{2,}/gi;
const MOST_NAMES = 80;
/** A short result is no longer than what would stand for it. */
const SHORT = 400;

const lower = (names: Iterable<string>) =>
  [...new Set([...names].map((name) => name.toLowerCase()))].slice(0, MOST_NAMES);

/** Who named an address is kept apart: what only a text named does not become a mail's sender by growing old. */
function named(messages: readonly BaseMessage[]) {
  const all = messages.map(textOf).join("\n");
  const names = messages.map(namesIn);
  const user = new Set(lower(names.flatMap((one) => one.user.join("\n").match(ADDRESS) ?? [])));
  const people = new Set(names.flatMap((one) => one.people));
  const addresses = lower(all.match(ADDRESS) ?? []);
  return {
    named_ids: lower(all.match(ID) ?? []),
    named_by_user: addresses.filter((address) => user.has(address)),
    named_people: addresses.filter((address) => !user.has(address) && people.has(address)),
    named_in_text: addresses.filter((address) => !user.has(address) && !people.has(address)),
  };
}

/** A result without its text: what a later call may name. */
function nameOnly(message: ToolMessage, why: string): ToolMessage {
  return new ToolMessage({
    tool_call_id: message.tool_call_id,
    ...(message.name === undefined ? {} : { name: message.name }),
    content: JSON.stringify({ left_out: why, ...named([message]) }),
  });
}

function shortened(message: BaseMessage): BaseMessage {
  if (!(message instanceof ToolMessage) || textOf(message).length <= SHORT) return message;
  return nameOnly(message, "read again if needed");
}

/** A result that is longer than any one may be is not cut in silence: the model is told to ask for less. */
export function bounded(message: ToolMessage, tokens: number): ToolMessage {
  if (tokensOf(textOf(message)) <= tokens) return message;
  return nameOnly(message, "longer than you can take at once: ask for a smaller part");
}

/** Turns, oldest first, each from a question to its answer -> the messages that the model gets. */
export function compact(turns: readonly BaseMessage[][], { whole, tokens }: Limits): BaseMessage[] {
  const kept: BaseMessage[][] = [];
  const dropped: BaseMessage[][] = [];
  let left = tokens;
  for (const [back, turn] of turns.toReversed().entries()) {
    const shown = back < whole ? turn : turn.map(shortened);
    const size = tokensIn(shown);
    if (dropped.length === 0 && size <= left) {
      kept.unshift(shown);
      left -= size;
    } else dropped.unshift(turn);
  }
  if (dropped.length === 0) return kept.flat();
  const said = dropped.flat().filter((message) => !(message instanceof AIMessage));
  const count = dropped.length === 1 ? "1 earlier turn" : `${dropped.length} earlier turns`;
  return [
    new HumanMessage({
      name: LEFT_OUT,
      content: JSON.stringify({ left_out: count, ...named(said) }),
    }),
    new AIMessage("Noted."),
    ...kept.flat(),
  ];
}

/**
 * The messages of a run that fit into the model's window: of the oldest long results the names alone, until all fits; the newest are the
 * last to go. `undefined` where even that is too much.
 */
export function fitted(messages: readonly BaseMessage[], room: number): BaseMessage[] | undefined {
  const out = [...messages];
  let size = tokensIn(out);
  for (const [index, message] of messages.entries()) {
    if (size <= room) break;
    const less = shortened(message);
    size -= tokensIn([message]) - tokensIn([less]);
    out[index] = less;
  }
  return size <= room ? out : undefined;
}
