/** One mailbox: messages, threads, labels, drafts, history. Ids are 16 hex digits as Gmail's, so that `msg-f:` decimals fit. */
import { randomBytes } from "node:crypto";

import { invalid, notFound } from "./errors.ts";
import type { MailboxView, MessageView, ThreadRow } from "./mailbox-view.ts";
import { headerIn, htmlIn, type Part, parseMime, resourceOf, textIn, walk } from "./mime.ts";
import { compileQuery, type LabelRow, type Searchable } from "./query.ts";

export interface StoredMessage extends Searchable {
  id: string;
  threadId: string;
  raw: Buffer;
  payload: Part;
  snippet: string;
  labels: Set<string>;
  historyId: string;
}

/** An address that the owner added in Gmail's settings to send from. */
export interface SendAs {
  email: string;
  name: string;
  /** HTML, as Gmail keeps it. */
  signature?: string;
  /** Gmail's mail to the address was not yet answered. */
  pending?: boolean;
  isDefault?: boolean;
}

export interface Box {
  email: string;
  name: string;
  /** The primary address among them. */
  sendAs: SendAs[];
  timeZone: string;
  labels: LabelRow[];
  messages: Map<string, StoredMessage>;
  /** Draft id -> message id. */
  drafts: Map<string, string>;
  history: {
    id: bigint;
    type: "messagesAdded" | "messagesDeleted" | "labelsAdded" | "labelsRemoved";
    message: StoredMessage;
    labels: string[];
  }[];
}

const SYSTEM = [
  "INBOX",
  "SENT",
  "UNREAD",
  "STARRED",
  "IMPORTANT",
  "TRASH",
  "SPAM",
  "DRAFT",
  "CHAT",
  "CATEGORY_PERSONAL",
  "CATEGORY_SOCIAL",
  "CATEGORY_PROMOTIONS",
  "CATEGORY_UPDATES",
  "CATEGORY_FORUMS",
];

const FIRST_HISTORY = 1000n;
let lastHistory = FIRST_HISTORY;

/** Grows over all mailboxes. */
export function nextHistory(): bigint {
  lastHistory += 1n;
  return lastHistory;
}

export function oldestHistory(): bigint {
  return FIRST_HISTORY;
}

/** Starts with 1: the decimal of `msg-f:` then has 19 digits as the real ones. */
export function newGmailId(): string {
  return `1${randomBytes(8).toString("hex").slice(1)}`;
}

export function createBox(
  email: string,
  name: string,
  timeZone: string,
  signature = "",
  aliases: readonly SendAs[] = [],
): Box {
  return {
    email: email.toLowerCase(),
    name,
    sendAs: [
      {
        email: email.toLowerCase(),
        name,
        signature,
        isDefault: !aliases.some((alias) => alias.isDefault === true),
      },
      ...aliases.map((alias) => ({ ...alias, email: alias.email.toLowerCase() })),
    ],
    timeZone,
    labels: SYSTEM.map((id) => ({ id, name: id })),
    messages: new Map(),
    drafts: new Map(),
    history: [],
  };
}

/** The address of this box that a header names, of those that Gmail lets it send from. */
export function ownIn(box: Box, header: string): SendAs | undefined {
  const named = new Set(addressesIn(header));
  return box.sendAs.find((one) => one.pending !== true && named.has(one.email));
}

export function record(
  box: Box,
  type: Box["history"][number]["type"],
  message: StoredMessage,
  labels: string[] = [],
): void {
  const id = nextHistory();
  message.historyId = String(id);
  box.history.push({ id, type, message, labels });
}

const normal = (subject: string) =>
  subject
    .replace(/^((re|fwd?|aw|wg|tr|rv)\s*:\s*)+/i, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
const addressesIn = (text: string) => text.toLowerCase().match(/[^\s<>,"';]+@[^\s<>,"';]+/g) ?? [];

export function peopleOf(message: StoredMessage): string[] {
  return [message.from, message.to, message.cc].flatMap(addressesIn);
}

/** Gmail joins a thread by its id, references and the same subject; mail without references joins by subject and people. */
function threadFor(
  box: Box,
  message: StoredMessage,
  wanted: string | undefined,
  guess: boolean,
): string {
  const references = new Set(
    `${headerIn(message.payload, "References")} ${headerIn(message.payload, "In-Reply-To")}`.match(
      /<[^>]+>/g,
    ) ?? [],
  );
  const subject = normal(message.subject);
  for (const other of box.messages.values()) {
    const inWanted = wanted === undefined || other.threadId === wanted;
    if (inWanted && references.has(other.messageId) && normal(other.subject) === subject)
      return other.threadId;
  }
  if (wanted !== undefined) return wanted;
  if (guess && references.size === 0 && subject !== "") {
    const people = new Set(peopleOf(message));
    for (const other of [...box.messages.values()].toReversed()) {
      const near = Math.abs(other.at - message.at) < 90 * 86_400_000;
      if (
        near &&
        normal(other.subject) === subject &&
        peopleOf(other).some((person) => people.has(person))
      )
        return other.threadId;
    }
  }
  return message.id;
}

export interface Adding {
  labels: readonly string[];
  threadId?: string | undefined;
  at: number;
  /** Join threads by subject and people where there are no references. */
  guess?: boolean;
}

export async function addMessage(
  box: Box,
  raw: Uint8Array,
  adding: Adding,
): Promise<StoredMessage> {
  const bytes = Buffer.from(raw);
  const payload = await parseMime(bytes);
  const text = textIn(payload);
  const header = (name: string) => headerIn(payload, name);
  const id = newGmailId();
  const message: StoredMessage = {
    id,
    threadId: id,
    raw: bytes,
    payload,
    text,
    snippet: text.replace(/\s+/g, " ").trim().slice(0, 200),
    from: header("From"),
    to: header("To"),
    cc: header("Cc"),
    bcc: header("Bcc"),
    subject: header("Subject"),
    messageId: header("Message-ID"),
    listId: header("List-Id"),
    filenames: [...walk(payload)].flatMap((part) => (part.filename === "" ? [] : [part.filename])),
    labels: new Set(adding.labels),
    at: adding.at,
    size: bytes.length,
    historyId: "",
  };
  if (adding.threadId !== undefined && !hasThread(box, adding.threadId)) throw notFound();
  message.threadId = threadFor(box, message, adding.threadId, adding.guess ?? false);
  box.messages.set(id, message);
  record(box, "messagesAdded", message);
  return message;
}

export function hasThread(box: Box, threadId: string): boolean {
  return [...box.messages.values()].some((message) => message.threadId === threadId);
}

export function removeMessage(box: Box, message: StoredMessage): void {
  box.messages.delete(message.id);
  record(box, "messagesDeleted", message);
}

export function messageOf(box: Box, id: string): StoredMessage {
  const message = box.messages.get(id);
  if (message === undefined) throw notFound();
  return message;
}

export function messagesOfThread(box: Box, threadId: string): StoredMessage[] {
  return [...box.messages.values()]
    .filter((m) => m.threadId === threadId)
    .toSorted((a, b) => a.at - b.at);
}

export function relabel(
  box: Box,
  message: StoredMessage,
  add: readonly string[],
  remove: readonly string[],
): StoredMessage {
  for (const label of [...add, ...remove]) {
    if (!box.labels.some((known) => known.id === label)) throw invalid(`Invalid label: ${label}`);
  }
  const added = add.filter((label) => !message.labels.has(label));
  const removed = remove.filter((label) => message.labels.has(label));
  for (const label of added) message.labels.add(label);
  for (const label of removed) message.labels.delete(label);
  if (added.length > 0) record(box, "labelsAdded", message, added);
  if (removed.length > 0) record(box, "labelsRemoved", message, removed);
  return message;
}

/** Newest first. */
export function searchBox(
  box: Box,
  q: string,
  labelIds: readonly string[],
  spamAndTrash: boolean,
  now: number,
): StoredMessage[] {
  const query = compileQuery(q, box.labels, now);
  const everywhere =
    spamAndTrash || query.everywhere || labelIds.some((id) => id === "SPAM" || id === "TRASH");
  return [...box.messages.values()]
    .filter((m) => everywhere || !(m.labels.has("SPAM") || m.labels.has("TRASH")))
    .filter((m) => labelIds.every((label) => m.labels.has(label)) && query.test(m))
    .toSorted((a, b) => b.at - a.at);
}

export type Format = "full" | "metadata" | "minimal" | "raw";

export function messageResource(
  message: StoredMessage,
  format: Format,
  headers: readonly string[] = [],
): object {
  const { id, threadId, labels, snippet, historyId, at, size, payload, raw } = message;
  const base = {
    id,
    threadId,
    labelIds: [...labels],
    snippet,
    historyId,
    internalDate: String(at),
    sizeEstimate: size,
  };
  switch (format) {
    case "raw":
      return { ...base, raw: raw.toString("base64url") };
    case "minimal":
      return base;
    case "metadata": {
      const wanted = new Set(headers.map((name) => name.toLowerCase()));
      const shown = payload.headers.filter(
        (h) => wanted.size === 0 || wanted.has(h.name.toLowerCase()),
      );
      return { ...base, payload: { mimeType: payload.mimeType, headers: shown } };
    }
    case "full":
      return { ...base, payload: resourceOf(payload) };
  }
}

function viewOfMessage(message: StoredMessage): MessageView {
  const html = htmlIn(message.payload);
  return {
    id: message.id,
    threadId: message.threadId,
    from: message.from,
    to: message.to,
    cc: message.cc,
    subject: message.subject,
    at: message.at,
    snippet: message.snippet,
    text: message.text,
    ...(html === undefined ? {} : { html }),
    attachments: [...walk(message.payload)].flatMap((part) =>
      part.filename === ""
        ? []
        : [{ filename: part.filename, mimeType: part.mimeType, size: part.bytes.length }],
    ),
    labels: [...message.labels],
  };
}

const nameIn = (from: string) =>
  from
    .replace(/<[^>]*>/, "")
    .replaceAll('"', "")
    .trim() || from;

export function viewOfBox(box: Box): MailboxView {
  const sorted = () => [...box.messages.values()].toSorted((a, b) => a.at - b.at);
  return {
    email: box.email,
    name: box.name,
    threads(label) {
      const rows = new Map<string, StoredMessage[]>();
      for (const message of sorted()) {
        const hidden = ["SPAM", "TRASH", "DRAFT"].some(
          (one) => one !== label && message.labels.has(one),
        );
        if (!hidden) rows.set(message.threadId, [...(rows.get(message.threadId) ?? []), message]);
      }
      return [...rows]
        .filter(([, messages]) => label === undefined || messages.some((m) => m.labels.has(label)))
        .map(([threadId, messages]): ThreadRow => {
          const last = messages.at(-1);
          return {
            threadId,
            subject: messages[0]?.subject ?? "",
            participants: [...new Set(messages.map((m) => nameIn(m.from)))],
            snippet: last?.snippet ?? "",
            at: last?.at ?? 0,
            unread: messages.some((m) => m.labels.has("UNREAD")),
            count: messages.length,
            messageIds: messages.map((m) => m.id),
          };
        })
        .toSorted((a, b) => b.at - a.at);
    },
    thread: (threadId) => messagesOfThread(box, threadId).map(viewOfMessage),
    drafts: () =>
      sorted()
        .filter((m) => m.labels.has("DRAFT"))
        .map(viewOfMessage),
  };
}
