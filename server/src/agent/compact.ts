/**
 * What a long conversation costs the model: the last turns whole, of older ones the words that were said and the ids and addresses that were
 * read, of the oldest those ids alone. Every tool call keeps a result, and turns keep their order: Bedrock refuses anything else. Pure.
 */
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";

import { LEFT_OUT, namesIn } from "./tools/named.ts";

export interface Limits {
  /** The newest turns that stay as they were. */
  whole: number;
  /** Of all that is kept. */
  characters: number;
}

const ID = /\b(?:[0-9a-f]{16,17}|vd[0-9a-f]{32}|r-?\d{6,24})\b/g;
const ADDRESS = /[^\s<>"\\(),:;[\]{}]+@[a-z0-9.-]+\.[a-z]{2,}/gi;
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

function textOf({ content }: BaseMessage): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

function callsIn(message: BaseMessage): string {
  return message instanceof AIMessage ? JSON.stringify(message.tool_calls ?? []) : "";
}

function sizeOf(messages: readonly BaseMessage[]): number {
  return messages.reduce((sum, one) => sum + textOf(one).length + callsIn(one).length, 0);
}

/** A result without its text: what a later call may name. */
function shortened(message: BaseMessage): BaseMessage {
  if (!(message instanceof ToolMessage)) return message;
  const text = textOf(message);
  if (text.length <= SHORT) return message;
  return new ToolMessage({
    tool_call_id: message.tool_call_id,
    ...(message.name === undefined ? {} : { name: message.name }),
    content: JSON.stringify({ left_out: "read again if needed", ...named([message]) }),
  });
}

/** Turns, oldest first, each from a question to its answer -> the messages that the model gets. */
export function compact(
  turns: readonly BaseMessage[][],
  { whole, characters }: Limits,
): BaseMessage[] {
  const kept: BaseMessage[][] = [];
  const dropped: BaseMessage[][] = [];
  let left = characters;
  for (const [back, turn] of turns.toReversed().entries()) {
    const shown = back < whole ? turn : turn.map(shortened);
    const size = sizeOf(shown);
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
