/**
 * A Gmail message resource -> the facts and text a person would read. Pure.
 * Broken parts are named in the text, never dropped in silence.
 * Shapes: developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import { compile } from "html-to-text";

import { decodeText } from "./charset.ts";
import { type RfcIds, rfcIdsOf } from "./rfc-ids.ts";
import { shownHtml } from "./shown.ts";
import { unseenIn, visible } from "./visible.ts";

interface AttachmentSummary {
  filename: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export interface MessageHead {
  id: string;
  threadId: string;
  from: string;
  to: string;
  cc: string;
  subject: string;
  /** ISO 8601, UTC. */
  date: string;
  snippet: string;
  /** What it is known by in other mailboxes. */
  rfc: RfcIds;
  attachments: AttachmentSummary[];
}

export interface MessageText extends MessageHead {
  text: string;
  /** Characters that the mail hides from its reader, and that are left out; absent for none. */
  hidden?: number;
}

type Part = gmail_v1.Schema$MessagePart;

function headerOf(message: gmail_v1.Schema$Message, name: string): string {
  const wanted = name.toLowerCase();
  const found = message.payload?.headers?.find((header) => header.name?.toLowerCase() === wanted);
  return visible(found?.value?.replace(/\s+/g, " ").trim() ?? "");
}

function* parts(part: Part | undefined): Generator<Part> {
  if (part === undefined) return;
  yield part;
  for (const child of part.parts ?? []) yield* parts(child);
}

function decoded(part: Part): string | undefined {
  const data = part.body?.data;
  if (typeof data !== "string") return undefined;
  const type =
    part.headers?.find(({ name }) => name?.toLowerCase() === "content-type")?.value ?? "";
  return decodeText(Buffer.from(data, "base64url"), type);
}

const HTML_LIMIT = 2_000_000;
/** Elements in elements. Thirty replies quoted in one another have some 200; thousands would be the end of the stack. */
const HTML_DEPTH = 1000;

/** Text of HTML as a person sees it: no links' addresses, no images, nothing that is hidden from them. */
export function textOfHtml(html: string): string {
  return readHtml(html).text;
}

/** `hidden`: characters of text that a person does not see. */
function readHtml(html: string): { text: string; hidden: number } {
  const shown = shownHtml(html.slice(0, HTML_LIMIT));
  return { text: converted(shown.html), hidden: shown.hidden };
}

/** Made once: the selectors take longer than a short mail. */
const converted = compile({
  wordwrap: false,
  limits: { maxInputLength: HTML_LIMIT, maxDepth: HTML_DEPTH },
  selectors: [
    { selector: "img", format: "skip" },
    { selector: "a", options: { ignoreHref: true } },
    { selector: "script", format: "skip" },
    { selector: "style", format: "skip" },
  ],
});

function isText(part: Part, subtype: "plain" | "html"): boolean {
  return part.mimeType === `text/${subtype}` && (part.filename ?? "") === "";
}

/** A sender can date a mail beyond the end of time (ECMA-262 21.4.1.1). */
function dateOf(milliseconds: string | null | undefined): string {
  const date = new Date(Number(milliseconds ?? 0));
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}

export function headOf(message: gmail_v1.Schema$Message): MessageHead {
  return {
    id: message.id ?? "",
    threadId: message.threadId ?? "",
    from: headerOf(message, "From"),
    to: headerOf(message, "To"),
    cc: headerOf(message, "Cc"),
    subject: headerOf(message, "Subject"),
    date: dateOf(message.internalDate),
    snippet: visible(message.snippet ?? ""),
    rfc: rfcIdsOf(message),
    attachments: [...parts(message.payload)].flatMap((part) => {
      const filename = part.filename ?? "";
      return filename === ""
        ? []
        : [
            {
              filename: visible(filename),
              mimeType: part.mimeType ?? "application/octet-stream",
              size: part.body?.size ?? 0,
            },
          ];
    }),
  };
}

/** A part as its reader sees it, and how much it hides from them. */
function seen(part: Part): { text: string; hidden: number } {
  const text = decoded(part);
  if (text === undefined) {
    const lost = (part.body?.size ?? 0) > 0;
    return { text: lost ? "[a part of this message could not be read]" : "", hidden: 0 };
  }
  if (!isText(part, "html")) return { text: visible(text), hidden: unseenIn(text) };
  const note = `\n[cut: the HTML of this mail has ${text.length - HTML_LIMIT} more characters]`;
  const read = readHtml(text);
  return { ...read, text: `${read.text}${text.length > HTML_LIMIT ? note : ""}` };
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
const FEW_WORDS = 12;

/** Gmail shows the HTML: what only the plain form says, its reader never sees. Links' addresses stand in the plain form alone. */
function saysMore(plain: string, shown: string): boolean {
  const words = wordsOf(plain.replace(/https?:\/\/\S+/g, ""));
  const known = new Set(wordsOf(shown));
  return words.filter((word) => !known.has(word)).length > Math.max(FEW_WORDS, words.length / 5);
}

function joined(seenParts: readonly { text: string }[]): string {
  return seenParts.map(({ text }) => text).join("\n");
}

function chosenFrom(plain: readonly Part[], html: readonly Part[]) {
  const plains = plain.map(seen);
  const hasPlain = plains.some(({ text }) => text.trim() !== "");
  if (html.length === 0) return plains;
  const htmls = html.map(seen);
  if (hasPlain && !saysMore(joined(plains), joined(htmls))) {
    return [...plains, { text: "", hidden: htmls.reduce((sum, one) => sum + one.hidden, 0) }];
  }
  return htmls;
}

export function textOf(message: gmail_v1.Schema$Message): MessageText {
  const all = [...parts(message.payload)];
  const chosen = chosenFrom(
    all.filter((part) => isText(part, "plain")),
    all.filter((part) => isText(part, "html")),
  );
  const texts = [joined(chosen)];
  const hidden = chosen.reduce((sum, one) => sum + one.hidden, 0);
  if (all.some((part) => /^winmail\.dat$/i.test(part.filename ?? ""))) {
    texts.push(
      "[winmail.dat: Outlook packed this mail or its files in a form that only Outlook reads]",
    );
  }
  const head = headOf(message);
  const text = texts.join("\n").replaceAll("\r\n", "\n").trim() || head.snippet;
  return { ...head, text, ...(hidden === 0 ? {} : { hidden }) };
}
