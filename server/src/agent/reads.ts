/** What of the mail is at hand in a conversation: the texts that tools brought, by message, and every word that is not the model's. Pure. */
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";

import { jsonIn, namesIn } from "./tools/named.ts";
import { sound } from "./verbatim.ts";

export interface Reads {
  /** Messages whose text, or a part of it, is at hand. */
  ids: readonly string[];
  /** How that text sounds; `undefined` where it was never read, or was left out since. */
  textOf(id: string): string | undefined;
  /** Whether somebody else than the model said these words. */
  said(words: string): boolean;
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) yield* stringsIn(one);
  }
}

/** Objects that are a message: an id, and words of it. */
function* mails(value: unknown): Generator<[id: string, text: string]> {
  if (typeof value !== "object" || value === null) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  const id = fields.get("id");
  if (typeof id === "string" && (fields.has("text") || fields.has("snippet"))) {
    yield [id, [...stringsIn(value)].join("\n")];
    return;
  }
  for (const one of fields.values()) yield* mails(one);
}

/** A draft's text is the model's, its subject and names are its original's: both are on the card for everybody to compare. */
function drafted(message: BaseMessage): string[] {
  if (message instanceof ToolMessage && message.name === "draft_email_reply") {
    return [...stringsIn(jsonIn(message.text))];
  }
  if (!(message instanceof AIMessage)) return [];
  const calls = (message.tool_calls ?? []).filter(({ name }) => name === "draft_email_reply");
  return calls.flatMap(({ args }) => [...stringsIn(args)]);
}

export function readIn(messages: readonly BaseMessage[]): Reads {
  const texts = new Map<string, string>();
  const words: string[] = [];
  for (const message of messages) {
    const { user, texts: read } = namesIn(message);
    words.push(...user, ...read, ...drafted(message));
    if (read.length === 0 || !(message instanceof ToolMessage)) continue;
    for (const [id, text] of mails(jsonIn(message.text))) {
      texts.set(id, `${texts.get(id) ?? ""}${sound(text)}`);
    }
  }
  const all = words.map(sound).join("|");
  return {
    ids: [...texts.keys()],
    textOf: (id) => texts.get(id),
    said: (one) => all.includes(sound(one)),
  };
}
