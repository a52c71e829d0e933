/**
 * What a message of a conversation names, by who says so: the user, the people of a mail or an event, or nothing but a text that its
 * sender wrote. What our own tools give back of their arguments proves nothing. Pure.
 */
import {
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { parseJson } from "@vaultdesk/shared/json.ts";

import type { Reading } from "../../actions/text-notes.ts";
import { parseAddresses } from "../../google/addresses.ts";

interface Named {
  /** In the user's own words, or told by us. */
  user: string[];
  /** Addresses, lower-cased. */
  people: string[];
  texts: string[];
}

/** Fields whose addresses a mail server or a calendar vouches for. A name beside them is its sender's text. */
const PEOPLE = new Set(["from", "to", "cc", "guests", "organizer", "named_people"]);

/** Only these read what others wrote; the rest repeats what the model asked for. */
const READERS = new Set([
  "search_gmail",
  "get_latest_emails",
  "read_email_thread",
  "list_attachments",
  "read_attachment",
  "list_upcoming_events",
  "read_tracker",
]);

const TEXTS = ["text", "snippet", "description"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Mails and events of one result, each with everybody whom its result names: the people of a thread have all of it. */
function readingsUnder(value: unknown, people: ReadonlySet<string>): Reading[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => readingsUnder(one, people));
  if (!isObject(value)) return [];
  const own: Named = { user: [], people: [], texts: [] };
  const head = Object.entries(value).filter(([key]) => PEOPLE.has(key));
  for (const [key, one] of head) collect(one, key, own);
  const named = new Set([...people, ...own.people]);
  const texts = TEXTS.flatMap((key) => value[key] ?? []);
  return [
    ...texts.flatMap((text) => (typeof text === "string" ? [{ text, people: named }] : [])),
    ...Object.values(value).flatMap((one) =>
      Array.isArray(one) ? readingsUnder(one, people) : [],
    ),
  ];
}

/** The mails and events that were read here. Files are left out: their own mail is not in their result. */
export function readingsIn(messages: readonly BaseMessage[]): Reading[] {
  return messages.flatMap((message) => {
    if (!(message instanceof ToolMessage) || !READERS.has(message.name ?? "")) return [];
    if (message.name === "read_attachment") return [];
    const whole = message.name === "read_email_thread" ? namesIn(message).people : [];
    return readingsUnder(jsonIn(contentOf(message)), new Set(whole));
  });
}

export const LEFT_OUT = "left_out";

function contentOf({ content }: BaseMessage): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

/** Of a result, in its fence or without. */
export function jsonIn(text: string): unknown {
  try {
    return parseJson(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return text;
  }
}

function collect(value: unknown, key: string, into: Named): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(one, key, into);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) collect(one, name, into);
  } else if (typeof value === "string") {
    if (key === "named_by_user") into.user.push(value);
    if (PEOPLE.has(key)) into.people.push(...parseAddresses(value).map((party) => party.address));
    into.texts.push(value);
  }
}

/** Our own words about a call, which may repeat what the model named. Mail text is always fenced. */
export function isRefusal(message: BaseMessage): boolean {
  return message instanceof ToolMessage && contentOf(message).startsWith('{"error":');
}

export function namesIn(message: BaseMessage): Named {
  const named: Named = { user: [], people: [], texts: [] };
  if (message instanceof HumanMessage && message.name === LEFT_OUT) {
    collect(jsonIn(contentOf(message)), "", named);
  } else if (message instanceof HumanMessage || message instanceof SystemMessage) {
    named.user.push(contentOf(message));
  } else if (message instanceof ToolMessage && !isRefusal(message)) {
    if (READERS.has(message.name ?? "")) collect(jsonIn(contentOf(message)), "", named);
  }
  return named;
}
