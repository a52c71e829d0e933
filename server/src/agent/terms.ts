/**
 * The rows of a model -> the terms of a thread as they stand. The model says what was said; code says whether it was, by whom and when, and
 * which word is the newest. What is refused is told by its row: a reason that repeats an id or a name of the model's would make it known. Pure.
 */
import { MessageId } from "@vaultdesk/shared/id.ts";
import { type Statement, type Term, Topic } from "@vaultdesk/shared/term.ts";

import { foldThread } from "../google/fold.ts";
import type { MessageText } from "../google/message.ts";
import type { Seen } from "./tools/provenance.ts";
import { figuresIn, found, sound } from "./verbatim.ts";

export interface TermRow {
  topic: Topic;
  name: string;
  value: string;
  message_id: string;
  quote: string;
}

export interface Refusal {
  /** Counted from 1. */
  row: number;
  name: string;
  why: string;
}

interface Message extends MessageText {
  /** Without what it only repeats. */
  own: string;
  at: number;
}

interface Judged {
  /** Counted from 1. */
  row: number;
  key: string;
  topic: Topic;
  name: string;
  /** Place of its message in the thread; after all of them for one that is not there. */
  at: number;
}

interface Held extends Judged {
  said: Statement;
}

interface Refused extends Judged {
  why: string;
}

/** Nothing that turns text around or hides in it. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** An open point is not the term of the same name. */
function keyOf({ topic, name }: TermRow): string {
  return `${topic === "open" ? "open" : "term"}:${sound(name)}`;
}

/** A date without a year is of the message's year or the next. */
function hasStrangeFigure(value: string, quote: string, { date }: MessageText): boolean {
  const year = Number(date.slice(0, 4));
  const there = new Set([...figuresIn(quote), String(year), String(year + 1)]);
  return figuresIn(value).some((figure) => !there.has(figure));
}

function whyNotThere(quote: string, message: Message, all: readonly Message[], seen: Seen): string {
  if (found(quote, message.text) === undefined) {
    return `the quote does not stand in message ${message.id} word for word. Copy it from the message's text.`;
  }
  const source = all.find((other) => other !== message && stands(quote, other) !== undefined);
  if (source === undefined) {
    return `the quote is only in a signature or a disclaimer of message ${message.id}.`;
  }
  const cite = seen(source.id) ? `It was written in message ${source.id}: cite that one.` : "";
  return `message ${message.id} only repeats that quote. ${cite}`.trim();
}

/** In the message and in what its sender wrote: a fold's own mark is in neither. */
function stands(quote: string, message: Message): string | undefined {
  const inText = found(quote, message.text);
  return inText === undefined || found(quote, message.own) === undefined ? undefined : inText;
}

function judge(
  row: TermRow,
  index: number,
  messages: readonly Message[],
  seen: Seen,
): Held | Refused {
  const { topic } = row;
  const name = plain(row.name);
  const message = messages.find(({ id }) => id === row.message_id);
  const at = message?.at ?? messages.length;
  const judged: Judged = { row: index + 1, key: keyOf(row), topic, name, at };
  const refuse = (why: string): Refused => ({ ...judged, why });

  const id = MessageId.safeParse(row.message_id);
  if (message === undefined || !id.success) {
    return refuse("its message is not in this thread.");
  }
  if (!seen(message.id)) {
    return refuse("its message was not read in this conversation. Read it first.");
  }
  const quote = stands(row.quote, message);
  if (quote === undefined) return refuse(whyNotThere(row.quote, message, messages, seen));
  const value = plain(row.value);
  if (hasStrangeFigure(value, quote, message)) {
    return refuse(
      "the value has a figure that the quote does not have. Use the quote's own words.",
    );
  }
  const inQuote = sound(quote).includes(sound(value));
  const { from, date } = message;
  return { ...judged, said: { value, inQuote, messageId: id.data, from, at: date, quote } };
}

function isHeld(one: Held | Refused): one is Held {
  return "said" in one;
}

/** Two values of one term in one message: which of them holds, only a reader can say. */
function withoutTies(rows: readonly (Held | Refused)[]): (Held | Refused)[] {
  const held = rows.filter(isHeld);
  return rows.map((row) => {
    const other = held.find(
      (one) =>
        isHeld(row) &&
        one.row < row.row &&
        one.at === row.at &&
        sound(one.said.value) !== sound(row.said.value),
    );
    if (other === undefined) return row;
    const { key, topic, name, at } = row;
    const why = `row ${other.row} gives another value of the same term from the same message. Keep the one that holds, or name two terms.`;
    return { row: row.row, key, topic, name, at, why };
  });
}

/** A term, and the rows that it is made of, newest first. */
export interface Settled {
  term: Term;
  rows: number[];
}

/** The newest row is the term, unless one that is as new was refused: then nobody knows the newest word. */
function settle(rows: readonly (Held | Refused)[]): Settled | undefined {
  const newest = rows.toSorted((a, b) => b.at - a.at || Number(isHeld(a)) - Number(isHeld(b)));
  const [current] = newest;
  if (current === undefined || !isHeld(current)) return undefined;
  const held = newest.filter(isHeld);
  // What is said again replaces nothing; who said it last is shown.
  const words = held.filter(
    ({ said }, index) => sound(said.value) !== sound(held[index - 1]?.said.value ?? ""),
  );
  const { topic, name, said } = current;
  const replaced = words.slice(1).map((one) => one.said);
  return { term: { topic, name, current: said, replaced }, rows: words.map(({ row }) => row) };
}

const ORDER = Topic.options;

/** `leftOut`: the names of terms that have rows, and none that can be shown. */
export function termsOf(
  rows: readonly TermRow[],
  thread: readonly MessageText[],
  seen: Seen,
): { settled: Settled[]; leftOut: string[]; refused: Refusal[] } {
  const sorted = thread.toSorted((a, b) => a.date.localeCompare(b.date));
  const own = foldThread(sorted.map(({ text }) => text));
  const messages = sorted.map((message, at) => ({ ...message, own: own[at] ?? "", at }));
  const judged = rows.map((row, index) => judge(row, index, messages, seen));
  const groups = [...Map.groupBy(judged, ({ key }) => key).values()].map(withoutTies);
  const settled = groups.map(settle);
  const order = ({ term }: Settled) => ORDER.indexOf(term.topic);
  return {
    settled: settled.filter((one) => one !== undefined).toSorted((a, b) => order(a) - order(b)),
    leftOut: groups.flatMap(([first], at) =>
      settled[at] === undefined && first !== undefined ? [first.name] : [],
    ),
    refused: groups
      .flat()
      .flatMap((one) => (isHeld(one) ? [] : [{ row: one.row, name: one.name, why: one.why }]))
      .toSorted((a, b) => a.row - b.row),
  };
}
