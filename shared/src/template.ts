/**
 * Mail templates: the five that everybody has, and how a text with `{{fields}}` is filled. Pure; no model has a part in it.
 * Known fields come from the open thread. Any other name in double braces is asked of the person under that name.
 */
import { z } from "zod";

import { MessageId, TemplateId } from "./id.ts";

const Line = z
  .string()
  .trim()
  .regex(/^[^\r\n]*$/);

/** A template of one's own, as it is written. Lengths in characters. */
export const TemplateText = z.object({
  title: Line.min(1).max(80),
  /** Of a mail that starts a thread; an answer keeps its thread's subject. */
  subject: Line.max(300),
  body: z.string().trim().min(1).max(20_000),
});
export type TemplateText = z.infer<typeof TemplateText>;

export const OwnTemplate = TemplateText.extend({ id: TemplateId });
export type OwnTemplate = z.infer<typeof OwnTemplate>;

/** What the server read of the open thread and of the mailbox for a template. Hostile where it comes from mail. */
export const ComposeFacts = z.object({
  /** The name that mail is sent with; empty when Gmail has none. */
  myName: z.string(),
  /** Absent where no thread is open. */
  thread: z
    .object({
      /** The message that is answered. */
      messageId: MessageId,
      /** Who the answer goes to. */
      to: z.array(z.string()),
      /** Without `Re:`. */
      subject: z.string(),
      /** When the last message of the thread came. */
      lastAt: z.iso.datetime(),
    })
    .optional(),
});
export type ComposeFacts = z.infer<typeof ComposeFacts>;

export const TEMPLATES: readonly TemplateText[] = [
  {
    title: "Follow Up",
    subject: "Following up: {{topic}}",
    body: "Hi {{first name}},\n\nI am following up on my message of {{last date}} about {{subject}}. Could you let me know where this stands on your side, and when we can expect {{what you wait for}}?\n\nKind regards,\n{{my name}}",
  },
  {
    title: "Meeting Request",
    subject: "Meeting: {{topic}}",
    body: "Hi {{first name}},\n\nCould we find {{length, for example 30 minutes}} to talk about {{subject}}? I could do {{times you offer}}. If none of these suits you, please name a time that does.\n\nKind regards,\n{{my name}}",
  },
  {
    title: "NDA Acknowledgement",
    subject: "NDA received: {{topic}}",
    body: "Hi {{first name}},\n\nThank you for the NDA on {{subject}}, received on {{last date}}. We are reviewing it and will send you our comments, or the signed copy, by {{day}}. Until it is signed by both sides, please do not send us confidential material.\n\nKind regards,\n{{my name}}",
  },
  {
    title: "Thank You",
    subject: "Thank you",
    body: "Hi {{first name}},\n\nThank you for {{what you thank for}}. It is much appreciated.\n\nKind regards,\n{{my name}}",
  },
  {
    title: "Quick Reply",
    subject: "{{topic}}",
    body: "Hi {{first name}},\n\n{{your answer}}\n\nKind regards,\n{{my name}}",
  },
];

/** The names that a template may use without being asked for them, with a thread open. */
export const KNOWN_NAMES = ["first name", "name", "subject", "last date", "my name"] as const;

/** A name has no braces and no line break; longer ones are text. */
const FIELD = /\{\{\s*([^{}\r\n]{1,60}?)\s*\}\}/g;

/** The names of the fields in these texts, each once, in the order in which they are met. */
export function fieldsIn(...texts: readonly string[]): string[] {
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(FIELD)].map(([, name = ""]) => name))),
  ];
}

/** A stretch of text, or a field that has no value yet. */
export type Piece = { text: string } | { missing: string };

/** The text in pieces, with the fields that have a value. A value is never read for fields of its own. */
export function piecesOf(text: string, values: ReadonlyMap<string, string>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { index, 0: written, 1: name = "" } of text.matchAll(FIELD)) {
    const value = values.get(name)?.trim() ?? "";
    pieces.push(
      { text: text.slice(at, index) },
      value === "" ? { missing: name } : { text: value },
    );
    at = index + written.length;
  }
  return [...pieces, { text: text.slice(at) }];
}

/** The whole text; a field without a value stays in its braces. */
export function fill(text: string, values: ReadonlyMap<string, string>): string {
  return piecesOf(text, values)
    .map((piece) => ("text" in piece ? piece.text : `{{${piece.missing}}}`))
    .join("");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The name of `Ana Ruiz <ana@helio.example>` or `"Ruiz, Ana" <…>`; empty for a bare address. */
function nameOf(mailbox: string): string {
  const bracket = mailbox.lastIndexOf("<");
  return bracket < 0 ? "" : mailbox.slice(0, bracket).replaceAll(/["\\]/g, "").trim();
}

function firstNameOf(name: string): string {
  const [family = "", given] = name.split(",");
  return (given ?? family).trim().split(/\s/)[0] ?? "";
}

/** The known fields. What the thread does not say is missing, and asked of the person. */
export function knownFields(facts: ComposeFacts, timeZone: string): Map<string, string> {
  const { thread, myName } = facts;
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone });
  const names = (thread?.to ?? []).map(nameOf);
  const [first = ""] = names;
  const known = new Map([
    ["my name", myName],
    ["name", first],
    // Two people are not greeted by the first one's name.
    ["first name", names.length === 1 ? firstNameOf(first) : ""],
    ["subject", thread?.subject ?? ""],
    ["last date", thread === undefined ? "" : day.format(new Date(thread.lastAt))],
  ]);
  return new Map(
    [...known].flatMap(([name, value]) => (value === "" ? [] : [[name, oneLine(value)]])),
  );
}
