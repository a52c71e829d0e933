/** Reading a mailbox: search, latest, whole threads. Two rounds at most: a list, then all the gets at once. */
import type { gmail_v1 } from "@googleapis/gmail";
import pMap from "p-map";

import { AT_ONCE, read } from "./call.ts";
import { headOf, type MessageHead, type MessageText, textOf } from "./message.ts";

/** As many ids as Gmail lists in one answer. They are counted: its own estimate is a guess. */
const COUNTED = 500;

export interface Search {
  /** Gmail's search words. */
  q: string;
  labelIds?: readonly string[];
  max: number;
  /** How many of the first to leave out. */
  skip?: number;
  oldestFirst?: boolean;
}

export interface Found {
  /** Matches, counted. */
  found: number;
  /** There are more than were counted. */
  more: boolean;
  messages: MessageHead[];
}

export async function search(
  api: gmail_v1.Gmail,
  wanted: Search,
  signal: AbortSignal,
): Promise<Found> {
  const list = await read(
    () =>
      api.users.messages.list(
        {
          userId: "me",
          q: wanted.q,
          maxResults: COUNTED,
          fields: "messages/id,nextPageToken",
          ...(wanted.labelIds === undefined ? {} : { labelIds: [...wanted.labelIds] }),
        },
        { signal },
      ),
    signal,
  );
  const ids = (list.messages ?? []).flatMap((row) => (typeof row.id === "string" ? [row.id] : []));
  const { skip = 0, max, oldestFirst = false } = wanted;
  const more = typeof list.nextPageToken === "string";
  // Gmail lists the newest first, and only that way: of a list that is cut, the oldest are not known.
  const ordered = oldestFirst && !more ? ids.toReversed() : ids;
  const shown = oldestFirst && more ? [] : ordered.slice(skip, skip + max);
  const messages = await pMap(
    shown,
    (id) =>
      read(
        // `full` and not `metadata`: only it tells the attachments' names.
        () =>
          api.users.messages.get({ userId: "me", id, format: "full", fields: FIELDS }, { signal }),
        signal,
      ),
    { concurrency: AT_ONCE },
  );
  return { found: ids.length, more, messages: messages.filter(isMail).map(headOf) };
}

const PART = "filename,mimeType,body/size";
const FIELDS = `id,threadId,labelIds,snippet,internalDate,payload(headers,${PART},parts(${PART},parts(${PART},parts(${PART}))))`;

/** A draft is nobody's word yet: one that a mail had asked for would look like a mail of the user's. */
function isMail({ labelIds }: gmail_v1.Schema$Message): boolean {
  return labelIds?.includes("DRAFT") !== true;
}

export interface ThreadText {
  id: string;
  subject: string;
  messages: MessageText[];
}

export async function thread(
  api: gmail_v1.Gmail,
  id: string,
  signal: AbortSignal,
): Promise<ThreadText> {
  const found = await read(
    () => api.users.threads.get({ userId: "me", id, format: "full" }, { signal }),
    signal,
  );
  const messages = (found.messages ?? []).filter(isMail).map(textOf);
  return { id: found.id ?? id, subject: messages[0]?.subject ?? "", messages };
}

/** Facts of the message that a reply answers. */
export interface Replied extends MessageText {
  messageId: string;
  references: string;
  inReplyTo: string;
  replyTo: string;
}

export interface Original {
  facts: Replied;
  payload: gmail_v1.Schema$MessagePart | undefined;
}

function repliedOf(message: gmail_v1.Schema$Message): Replied {
  const header = (name: string) =>
    message.payload?.headers?.find((h) => h.name?.toLowerCase() === name)?.value ?? "";
  return {
    ...textOf(message),
    // As they are: an answer goes where the mail came from, and is warned of by what stands there.
    from: header("from"),
    to: header("to"),
    cc: header("cc"),
    messageId: header("message-id"),
    references: header("references"),
    inReplyTo: header("in-reply-to"),
    replyTo: header("reply-to"),
  };
}

export async function messageForReply(
  api: gmail_v1.Gmail,
  id: string,
  signal: AbortSignal,
): Promise<Original> {
  const message = await read(
    () => api.users.messages.get({ userId: "me", id, format: "full" }, { signal }),
    signal,
  );
  return { facts: repliedOf(message), payload: message.payload };
}

/** All mails of a thread, with their parts. */
export async function originalsOf(
  api: gmail_v1.Gmail,
  threadId: string,
  signal: AbortSignal,
): Promise<Original[]> {
  const found = await read(
    () => api.users.threads.get({ userId: "me", id: threadId, format: "full" }, { signal }),
    signal,
  );
  return (found.messages ?? [])
    .filter(isMail)
    .map((message) => ({ facts: repliedOf(message), payload: message.payload }));
}

/** The last message of a thread that is not a draft; `undefined` where there are only drafts. */
export async function lastOfThread(
  api: gmail_v1.Gmail,
  id: string,
  signal: AbortSignal,
): Promise<Replied | undefined> {
  const found = await read(
    () => api.users.threads.get({ userId: "me", id, format: "full" }, { signal }),
    signal,
  );
  const last = (found.messages ?? []).findLast(({ labelIds }) => !labelIds?.includes("DRAFT"));
  return last === undefined ? undefined : repliedOf(last);
}
