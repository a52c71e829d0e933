/**
 * By what a file is known besides the hash of its bytes: the hash of its words, so that a file saved again is still the same document, and
 * both for each file packed in it, in a zip or in an attached mail. Runs in the worker; pure but for its parsers.
 */
import { createHash } from "node:crypto";

import { MOST_PRINTS } from "@vaultdesk/shared/action.ts";
import PostalMime from "postal-mime";

import { kindOf } from "./kind.ts";
import { parse } from "./parse.ts";
import { entriesOf, Unpackable } from "./unpack.ts";

export interface Prints {
  /** Of its own words; absent where it has none, or few. */
  words?: string | undefined;
  /** Of all that is packed in it: bytes and words of each. */
  packed: string[];
  /** Locked, broken, or packed in a way that is not known or goes too deep: there may be more in it. */
  closed: boolean;
}

/** Fewer letters and digits than these are in many documents. */
const ENOUGH_WORDS = 200;
/** A forwarded mail with a zip in it has two. */
const MOST_DEPTH = 3;
/** 7z, RAR. */
const OTHER_ARCHIVES = ["377abcaf271c", "526172211a07"];
/** APPNOTE 4.4.4: bit 0 of the first entry's flags. */
const isLocked = (zip: Uint8Array) => ((zip[6] ?? 0) & 1) === 1;

export function bytesPrint(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Letters and digits alone: line ends, ligatures, hyphens and page furniture differ from one program to the next. */
function wordsPrint(text: string): string | undefined {
  const letters = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  return letters.length < ENOUGH_WORDS ? undefined : `words ${bytesPrint(letters)}`;
}

interface File {
  bytes: Uint8Array;
  contentType: string;
}

async function contentsOf({ bytes, contentType }: File): Promise<File[] | "closed"> {
  if (/^message\/rfc822\b/i.test(contentType)) {
    const mail = await PostalMime.parse(bytes);
    return mail.attachments.map(({ content, mimeType }) => ({
      bytes: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
      contentType: mimeType,
    }));
  }
  const kind = kindOf(bytes);
  if (kind === "tnef") return "closed";
  if (kind !== "zip") {
    const head = Buffer.from(bytes.subarray(0, 6)).toString("hex");
    return OTHER_ARCHIVES.includes(head) ? "closed" : [];
  }
  if (isLocked(bytes)) return "closed";
  try {
    return [...entriesOf(bytes, (name) => !name.endsWith("/"))].map(([name, entry]) => ({
      bytes: entry,
      contentType: name.toLowerCase().endsWith(".eml") ? "message/rfc822" : "",
    }));
  } catch (error) {
    if (error instanceof Unpackable) return "closed";
    throw error;
  }
}

async function look(file: File, depth: number): Promise<Prints> {
  const isMail = /^message\/rfc822\b/i.test(file.contentType);
  const read = isMail ? undefined : await parse(file.bytes, file.contentType);
  const text = read?.ok === true ? read.parsed.sections.map((one) => one.text).join("\n") : "";
  const words = wordsPrint(text);
  const inside = await contentsOf(file);
  if (inside === "closed") return { words, packed: [], closed: true };
  let closed = read?.ok === false && read.why.includes("locked");
  const packed: string[] = [];
  for (const one of inside) {
    packed.push(bytesPrint(one.bytes));
    // What an Office file is made of holds no further one; a file embedded in it is known by its bytes.
    if (read?.ok === true) continue;
    if (depth >= MOST_DEPTH || packed.length > MOST_PRINTS) {
      closed = true;
      continue;
    }
    const deeper = await look(one, depth + 1);
    packed.push(...(deeper.words === undefined ? [] : [deeper.words]), ...deeper.packed);
    closed ||= deeper.closed;
  }
  return { words, packed: [...new Set(packed)].slice(0, MOST_PRINTS - 1), closed };
}

export function printsOf(bytes: Uint8Array, contentType: string): Promise<Prints> {
  return look({ bytes, contentType }, 1);
}
