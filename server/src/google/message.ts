/**
 * A Gmail message resource -> the facts and text a person would read. Pure.
 * Broken parts are named in the text, never dropped in silence.
 * Shapes: developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import { convert } from "html-to-text";

import { decodeText } from "./charset.ts";

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
  attachments: AttachmentSummary[];
}

export interface MessageText extends MessageHead {
  text: string;
}

type Part = gmail_v1.Schema$MessagePart;

function headerOf(message: gmail_v1.Schema$Message, name: string): string {
  const wanted = name.toLowerCase();
  const found = message.payload?.headers?.find((header) => header.name?.toLowerCase() === wanted);
  return found?.value?.replace(/\s+/g, " ").trim() ?? "";
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

/** Plain text of HTML as a person sees it: no links' addresses, no images, hidden blocks dropped by the library's rules. */
export function textOfHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: HTML_LIMIT, maxDepth: HTML_DEPTH },
    selectors: [
      { selector: "img", format: "skip" },
      { selector: "a", options: { ignoreHref: true } },
      { selector: "script", format: "skip" },
      { selector: "style", format: "skip" },
    ],
  });
}

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
    snippet: message.snippet ?? "",
    attachments: [...parts(message.payload)].flatMap((part) => {
      const filename = part.filename ?? "";
      return filename === ""
        ? []
        : [
            {
              filename,
              mimeType: part.mimeType ?? "application/octet-stream",
              size: part.body?.size ?? 0,
            },
          ];
    }),
  };
}

export function textOf(message: gmail_v1.Schema$Message): MessageText {
  const all = [...parts(message.payload)];
  const plain = all.filter((part) => isText(part, "plain"));
  const html = all.filter((part) => isText(part, "html"));
  const hasPlain = plain.some((part) => (decoded(part) ?? "").trim() !== "");
  const chosen = hasPlain || html.length === 0 ? plain : html;
  const texts = chosen.map((part) => {
    const text = decoded(part);
    if (text === undefined) {
      return (part.body?.size ?? 0) > 0 ? "[a part of this message could not be read]" : "";
    }
    if (!isText(part, "html")) return text;
    const note = `\n[cut: the HTML of this mail has ${text.length - HTML_LIMIT} more characters]`;
    return `${textOfHtml(text)}${text.length > HTML_LIMIT ? note : ""}`;
  });
  if (all.some((part) => /^winmail\.dat$/i.test(part.filename ?? ""))) {
    texts.push(
      "[winmail.dat: Outlook packed this mail or its files in a form that only Outlook reads]",
    );
  }
  const text = texts.join("\n").replaceAll("\r\n", "\n").trim();
  return { ...headOf(message), text: text === "" ? (message.snippet ?? "") : text };
}
