/**
 * A file's bytes -> its text in sections, or one sentence why not. Runs in the worker; never fetches, never runs what is in the file.
 * Each file has a worker of its own: libraries come with the kind that needs them.
 */
import { getDocumentProxy } from "unpdf";

import { kindOf } from "./kind.ts";
import type { Parsed, Section } from "./office.ts";

export type Read = { ok: true; parsed: Parsed } | { ok: false; why: string };

const MOST_PAGES = 2_000;
/** Of one at a time the parser is idle in between; more at once only hold more. */
const PAGES_AT_ONCE = 4;
const PIECE = 4_000;

function refuse(why: string): Read {
  return { ok: false, why };
}

async function pdf(bytes: Uint8Array): Promise<Read> {
  let document: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    document = await getDocumentProxy(new Uint8Array(bytes), {
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
    });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return refuse(
      locked
        ? "The PDF is locked with a password. Ask the sender for an unlocked copy."
        : "The PDF is broken and can't be opened. Ask the sender to send it again.",
    );
  }
  const textOf = async (number: number) => {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items
      .map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : ""))
      .join("")
      .trim();
  };
  const sections: Section[] = [];
  let empty = 0;
  const most = Math.min(document.numPages, MOST_PAGES);
  for (let first = 1; first <= most; first += PAGES_AT_ONCE) {
    const count = Math.min(PAGES_AT_ONCE, most + 1 - first);
    const texts = await Promise.all(Array.from({ length: count }, (_, at) => textOf(first + at)));
    for (const text of texts) {
      if (text === "") empty += 1;
      const ref = `page ${sections.length + 1}`;
      sections.push({ ref, text: text === "" ? "[no text on this page]" : text });
    }
  }
  const { numPages } = document;
  if (empty === sections.length) {
    return refuse(
      `The PDF has ${numPages} pages and no text: they are pictures, as a scan makes them. I can't read those.`,
    );
  }
  const notes = [
    ...(empty === 0 ? [] : [`${empty} pages have no text: they may be scans.`]),
    ...(numPages > MOST_PAGES
      ? [`Only the first ${MOST_PAGES} of ${numPages} pages were read.`]
      : []),
  ];
  const note = notes.length === 0 ? {} : { note: notes.join(" ") };
  return { ok: true, parsed: { kind: "PDF", sections, ...note } };
}

async function office(bytes: Uint8Array): Promise<Read> {
  const { isWanted, parseOffice } = await import("./office.ts");
  const { unpack, Unpackable } = await import("./unpack.ts");
  try {
    const parsed = parseOffice(unpack(bytes, isWanted));
    return parsed.sections.some((section) => section.text.trim() !== "")
      ? { ok: true, parsed }
      : refuse("The file holds no text.");
  } catch (error) {
    if (error instanceof Unpackable) return refuse(`The file can't be read. ${error.message}`);
    throw error;
  }
}

async function decoded(bytes: Uint8Array, contentType: string): Promise<string> {
  return (await import("../google/charset.ts")).decodeText(bytes, contentType);
}

function plain(kind: string, text: string): Read {
  if (text.trim() === "") return refuse("The file is empty.");
  const sections: Section[] = [];
  for (let at = 0; at < text.length; at += PIECE) {
    const part = text.slice(at, at + PIECE);
    sections.push({ ref: `characters ${at + 1} to ${at + part.length}`, text: part });
  }
  return { ok: true, parsed: { kind, sections } };
}

export async function parse(bytes: Uint8Array, contentType: string): Promise<Read> {
  if (bytes.length === 0) return refuse("The file is empty.");
  switch (kindOf(bytes)) {
    case "pdf":
      return pdf(bytes);
    case "zip":
      return office(bytes);
    case "ole":
      return refuse(
        "The file is locked with a password, or in an Office format from before 2007. Ask the sender for an unlocked DOCX, XLSX, PPTX or PDF.",
      );
    case "tnef":
      return refuse(
        "This is winmail.dat: Outlook packed the files in a form that only Outlook reads. Ask the sender to send them as plain attachments.",
      );
    case "image":
      return refuse("The file is a picture. I can't read pictures.");
    case "html": {
      const { textOfHtml } = await import("../google/message.ts");
      return plain("web page", textOfHtml(await decoded(bytes, contentType)));
    }
    case "text":
      return plain("text", await decoded(bytes, contentType));
    case "unknown":
      return refuse("I can't read files of this kind. PDF, DOCX, XLSX, PPTX and text work.");
  }
}
