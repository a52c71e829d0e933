/** Attachments of the user's mail: listed, and read as text. Three rounds at most: token, message, file. Nothing is kept. */
import type { Read } from "../attachments/parse.ts";
import type { FileReader } from "../attachments/read-file.ts";
import type { Answer, OpenMailbox } from "../google/call.ts";
import { bytesOf, files } from "../google/files.ts";
import { messageForReply, originalsOf } from "../google/mail.ts";
import type { Broker, Grant } from "../vault/broker.ts";
import { createBorrower } from "./borrow.ts";

interface FileFact {
  /** From 1, in the order of the message. */
  number: number;
  filename: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

/** A file of a thread. */
interface ThreadFileFact extends FileFact {
  messageId: string;
  /** RFC Message-ID of its mail; empty where it has none. */
  rfcId: string;
  from: string;
  /** ISO 8601. */
  date: string;
}

/** As it is kept in the mail; `undefined` where it is larger than may be read. */
interface FileBytes {
  fact: FileFact;
  bytes: Buffer | undefined;
  contentType: string;
}

type FileRead = { ok: false; why: string } | { ok: true; fact: FileFact; read: Read };

export interface Files {
  list(messageId: string, signal: AbortSignal): Promise<Answer<FileFact[]>>;
  read(messageId: string, number: number, signal: AbortSignal): Promise<Answer<FileRead>>;
}

/** For a person's own hand: no tool has it. */
export interface ThreadFiles {
  /** Of all mails of a thread, drafts apart; none is fetched. */
  inThread(threadId: string, signal: AbortSignal): Promise<Answer<ThreadFileFact[]>>;
  /** `undefined` where the message has no such file. */
  bytes(
    messageId: string,
    number: number,
    signal: AbortSignal,
  ): Promise<Answer<FileBytes | undefined>>;
}

/** Gmail takes no larger ones, and more than this is no document. */
const MOST_BYTES = 25_000_000;

type Part = Parameters<typeof bytesOf>[2];

function factOf(part: Part, index: number): FileFact {
  const filename = part.filename ?? "";
  return {
    number: index + 1,
    filename: filename === "" ? `attachment-${index + 1}` : filename,
    mimeType: part.mimeType ?? "application/octet-stream",
    size: part.body?.size ?? 0,
  };
}

function contentTypeOf(part: Part): string {
  const header = part.headers?.find(({ name }) => name?.toLowerCase() === "content-type");
  return header?.value ?? part.mimeType ?? "";
}

export function createFiles(deps: {
  broker: Broker;
  openMailbox: OpenMailbox;
  grant: Grant | undefined;
  reader: Pick<FileReader, "read">;
}): Files & ThreadFiles {
  const borrow = createBorrower(deps);

  function fetch(messageId: string, number: number, signal: AbortSignal) {
    return borrow(
      "read_attachment",
      async (token, sub): Promise<FileBytes | undefined> => {
        const api = deps.openMailbox(sub, token);
        const { payload } = await messageForReply(api, messageId, signal);
        const part = [...files(payload)][number - 1];
        if (part === undefined) return undefined;
        const fact = factOf(part, number - 1);
        if (fact.size > MOST_BYTES) return { fact, bytes: undefined, contentType: "" };
        const bytes = await bytesOf(api, messageId, part, signal);
        return { fact, bytes, contentType: contentTypeOf(part) };
      },
      "thread_unknown",
      signal,
    );
  }

  return {
    list: (messageId, signal) =>
      borrow(
        "list_attachments",
        async (token, sub) => {
          const api = deps.openMailbox(sub, token);
          const { payload } = await messageForReply(api, messageId, signal);
          return [...files(payload)].map(factOf);
        },
        "thread_unknown",
        signal,
      ),

    async read(messageId, number, signal) {
      const fetched = await fetch(messageId, number, signal);
      if (!fetched.ok) return fetched;
      const found = fetched.value;
      if (found === undefined) {
        return { ok: true, value: { ok: false, why: "The message has no such attachment." } };
      }
      const { fact, bytes, contentType } = found;
      const read: Read =
        bytes === undefined
          ? { ok: false, why: "The file has more than 25 MB, which is too large to read." }
          : await deps.reader.read(bytes, contentType, signal);
      return { ok: true, value: { ok: true, fact, read } };
    },

    bytes: fetch,

    inThread: (threadId, signal) =>
      borrow(
        "list_attachments",
        async (token, sub) =>
          (await originalsOf(deps.openMailbox(sub, token), threadId, signal)).flatMap(
            ({ facts, payload }) =>
              [...files(payload)].map((part, index) => ({
                ...factOf(part, index),
                messageId: facts.id,
                rfcId: facts.messageId,
                from: facts.from,
                date: facts.date,
              })),
          ),
        "thread_unknown",
        signal,
      ),
  };
}
