/**
 * Ids and addresses in a tool call come from this conversation, the open thread or the user's own words: what was invented is refused.
 * What was planted is told apart: a mail's From, To or Cc names an address, or only its text does. Pure.
 */
import type { BaseMessage } from "@langchain/core/messages";
import type { Origin } from "@vaultdesk/shared/warning.ts";

import type { Provenance } from "../../actions/standing.ts";
import type { Reading } from "../../actions/text-notes.ts";
import { isRefusal, namesIn, readingsIn } from "./named.ts";
import { failed, type ToolOutcome } from "./outcome.ts";

/** True for what stood in something that was read or said here. */
export type Seen = (idOrAddress: string) => boolean;

const ID_KEYS = new Set([
  "message_id",
  "message_ids",
  "thread_id",
  "thread_ids",
  "in_thread",
  "event_id",
]);
const ADDRESS_KEYS = new Set(["to", "cc", "bcc", "guests", "add_guests", "people"]);
/** Search words may name anybody. */
const SEARCHES = new Set(["search_gmail", "read_my_style"]);

const ADDRESS = /[^\s<>"(),:;]+@[^\s<>"(),:;]+/g;

const PART_OF_ONE = /[a-z0-9._%+@-]/;

/** Whole, not as a part of a longer one: `na@x.example` does not stand in `ana@x.example`. */
function stands(wanted: string, text: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const after = text.slice(at + wanted.length, at + wanted.length + 2);
    // A full stop that ends a sentence belongs to no address.
    const ends = !PART_OF_ONE.test(after.charAt(0)) || /^\.(?![a-z0-9])/.test(after);
    if (ends && !PART_OF_ONE.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** What was said by the model itself proves nothing, and neither does a refusal that repeats it. */
function proves(message: BaseMessage): boolean {
  return message.type !== "ai" && !isRefusal(message);
}

export function seenIn(messages: readonly BaseMessage[]): Seen {
  let text: string | undefined;
  return (wanted) => {
    text ??= messages
      .filter(proves)
      .map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)))
      .join("\n")
      .toLowerCase();
    return stands(wanted.toLowerCase(), text);
  };
}

/** Where this conversation names an address: the user, a mail's or an event's people, or nothing but a text. */
function originsIn(messages: readonly BaseMessage[]): (address: string) => Origin {
  let found: { user: string; people: Set<string>; text: string } | undefined;
  const read = () => {
    const named = messages.map(namesIn);
    return {
      user: named
        .flatMap((one) => one.user)
        .join("\n")
        .toLowerCase(),
      people: new Set(named.flatMap((one) => one.people)),
      text: named
        .flatMap((one) => one.texts)
        .join("\n")
        .toLowerCase(),
    };
  };
  return (address) => {
    found ??= read();
    const wanted = address.toLowerCase();
    if (stands(wanted, found.user)) return "user";
    if (found.people.has(wanted)) return "result";
    return stands(wanted, found.text) ? "text" : "nowhere";
  };
}

export function provenanceIn(messages: readonly BaseMessage[]): Provenance {
  let readings: Reading[] | undefined;
  return {
    originOf: originsIn(messages),
    get readings() {
      return (readings ??= readingsIn(messages));
    },
  };
}

function textsUnder(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.flatMap((one: unknown) => textsUnder(one)) : [];
}

/** Keys and values, of objects in lists too. */
function entriesUnder(args: object): [string, unknown][] {
  return Object.entries(args).flatMap(([key, value]): [string, unknown][] => {
    const list: unknown[] = Array.isArray(value) ? value : [];
    const inner = list.filter((one) => typeof one === "object" && one !== null);
    return [[key, value], ...inner.flatMap((one) => entriesUnder(one))];
  });
}

/** An outcome for the model when the call names what nobody here named; `undefined` when all is known. */
export function strangerIn(name: string, args: unknown, seen: Seen): ToolOutcome | undefined {
  if (typeof args !== "object" || args === null || SEARCHES.has(name)) return undefined;
  for (const [key, value] of entriesUnder(args)) {
    const texts = textsUnder(value);
    const id = ID_KEYS.has(key) ? texts.find((text) => !seen(text)) : undefined;
    if (id !== undefined) {
      return failed(
        "unknown_id",
        `${key} ${id.slice(0, 40)} is not of this conversation. Search or list first, and use an id from a result.`,
      );
    }
    const addresses = ADDRESS_KEYS.has(key)
      ? texts.flatMap((text) => text.match(ADDRESS) ?? [])
      : [];
    const address = addresses.find((one) => !seen(one));
    if (address !== undefined) {
      return failed(
        "unknown_address",
        `The address ${address.slice(0, 80)} stands nowhere in this conversation. Search for the person's mail first, or ask the user for the address.`,
      );
    }
  }
  return undefined;
}
