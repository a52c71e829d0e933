/**
 * Mail on disk -> messages: a folder tree of RFC 822 files under any names, `.eml` files, or one mbox (Google Takeout, whose labels count).
 * What is not mail is left out with a reason; nothing is changed on disk.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";

import { isMbox, splitMbox } from "./mbox.ts";

export interface ImportedMessage {
  raw: Uint8Array;
  labels?: string[];
}

export interface MailboxFiles {
  messages: ImportedMessage[];
  skipped: { where: string; why: string }[];
  /** Best guess of whose mailbox it is. */
  owner?: string;
}

const HEADER = /^(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n/;
const LABELS: Readonly<Record<string, string>> = {
  inbox: "INBOX",
  sent: "SENT",
  unread: "UNREAD",
  starred: "STARRED",
  important: "IMPORTANT",
  spam: "SPAM",
  trash: "TRASH",
};

function headOf(raw: Uint8Array): string {
  const text = Buffer.from(raw).toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  return (end < 0 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, " ");
}

function header(head: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
}

function addresses(text: string): string[] {
  return text.toLowerCase().match(/[^\s<>,"';()]+@[^\s<>,"';()]+/g) ?? [];
}

function looksLikeMail(raw: Buffer): boolean {
  const text = raw.subarray(0, 200_000).toString("latin1");
  return HEADER.test(text) && /^(from|date|message-id|received):/im.test(headOf(raw));
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Google Takeout writes Gmail's labels into the message. */
function takeoutLabels(raw: Uint8Array): string[] | undefined {
  const line = header(headOf(raw), "X-Gmail-Labels");
  if (line === "") return undefined;
  return line
    .split(",")
    .flatMap((name) => LABELS[name.replaceAll('"', "").trim().toLowerCase()] ?? []);
}

function imported(raw: Uint8Array): ImportedMessage {
  const labels = takeoutLabels(raw);
  return labels === undefined ? { raw } : { raw, labels };
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function most(map: ReadonlyMap<string, number>): string | undefined {
  return [...map].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

/**
 * Delivered-To says it. Else: the address that takes part in most messages, the one of the folder's own name first
 * (`X-Origin: Dickson-S` and `stacy.dickson@...`).
 */
export function ownerOf(messages: readonly ImportedMessage[]): string | undefined {
  const delivered = new Map<string, number>();
  const taking = new Map<string, number>();
  const origins = new Map<string, number>();
  for (const { raw } of messages) {
    const head = headOf(raw);
    for (const address of addresses(header(head, "Delivered-To"))) count(delivered, address);
    const people = [header(head, "From"), header(head, "To"), header(head, "Cc")].flatMap(
      addresses,
    );
    for (const address of new Set(people)) count(taking, address);
    const origin = header(head, "X-Origin").toLowerCase();
    if (origin !== "") count(origins, origin);
  }
  const surname = most(origins)?.split("-")[0];
  const named = new Map(
    [...taking].filter(
      ([address]) => surname !== undefined && (address.split("@")[0] ?? "").includes(surname),
    ),
  );
  return most(delivered) ?? most(named) ?? most(taking);
}

/** Reads the path. Throws an error that says what to do when there is nothing to read. */
export async function readMailbox(path: string): Promise<MailboxFiles> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new Error(
      `there is nothing at ${path}: name a folder of messages, an .eml file or an mbox`,
    );
  const files = found.isDirectory() ? await filesUnder(path) : [path];
  const messages: ImportedMessage[] = [];
  const skipped: MailboxFiles["skipped"] = [];
  for (const file of files) {
    const where = relative(path, file) || basename(file);
    const bytes = await readFile(file);
    if (isMbox(bytes)) {
      const { messages: split, cut } = splitMbox(bytes);
      messages.push(...split.map(({ raw }) => imported(raw)));
      skipped.push(
        ...cut.map(({ number, why }) => ({ where: `${where}, message ${number}`, why })),
      );
    } else if (looksLikeMail(bytes)) messages.push(imported(bytes));
    else
      skipped.push({
        where,
        why: bytes.length === 0 ? "it is empty" : "it does not start with mail headers",
      });
  }
  const owner = ownerOf(messages);
  return { messages, skipped, ...(owner === undefined ? {} : { owner }) };
}
