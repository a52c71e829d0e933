/** The attachments of a message with their bytes, for a forward. The size is judged before anything is fetched. */
import type { gmail_v1 } from "@googleapis/gmail";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import { type Answer, read } from "./call.ts";
import { messageForReply, type Original } from "./mail.ts";
import type { OutgoingAttachment } from "./mime.ts";

const MOST_BYTES = 20_000_000;

type Part = gmail_v1.Schema$MessagePart;

/** An attached mail is one file: its own parts are not looked at. */
export function* files(part: Part | undefined): Generator<Part> {
  if (part === undefined) return;
  const isFile = (part.filename ?? "") !== "" || typeof part.body?.attachmentId === "string";
  if (isFile) yield part;
  else for (const child of part.parts ?? []) yield* files(child);
}

const inMegabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

function tooLarge(parts: readonly Part[]): { ok: false; problem: Problem } | undefined {
  const total = parts.reduce((sum, part) => sum + (part.body?.size ?? 0), 0);
  if (total <= MOST_BYTES) return undefined;
  const detail = `They are ${inMegabytes(total)} MB; the limit is ${inMegabytes(MOST_BYTES)} MB.`;
  return { ok: false, problem: problem("attachments_too_large", { detail }) };
}

function nameOf({ filename }: Part, index: number): string {
  return (filename ?? "") === "" ? `attachment-${index + 1}` : (filename ?? "");
}

/** A file of a message, by the name that list_attachments gives it. */
export interface Attach {
  messageId: string;
  filename: string;
}

interface Chosen {
  messageId: string;
  filename: string;
  part: Part;
}

async function fetched(
  api: gmail_v1.Gmail,
  chosen: readonly Chosen[],
  signal: AbortSignal,
): Promise<Answer<OutgoingAttachment[]>> {
  const refused = tooLarge(chosen.map(({ part }) => part));
  if (refused !== undefined) return refused;
  const value = await Promise.all(
    chosen.map(async ({ messageId, filename, part }) => ({
      filename,
      contentType: part.mimeType ?? "application/octet-stream",
      content: await bytesOf(api, messageId, part, signal),
    })),
  );
  return { ok: true, value };
}

function chosenOf({ facts, payload }: Original): Chosen[] {
  return [...files(payload)].map((part, index) => ({
    messageId: facts.id,
    filename: nameOf(part, index),
    part,
  }));
}

export function filesOf(
  api: gmail_v1.Gmail,
  original: Original,
  signal: AbortSignal,
): Promise<Answer<OutgoingAttachment[]>> {
  return fetched(api, chosenOf(original), signal);
}

/** The named files of the named messages, or why not: a name that is not there, or that two files have, attaches nothing. */
export async function attached(
  api: gmail_v1.Gmail,
  wanted: readonly Attach[],
  signal: AbortSignal,
): Promise<Answer<OutgoingAttachment[]>> {
  const ids = [...new Set(wanted.map(({ messageId }) => messageId))];
  const found = await Promise.all(ids.map((id) => messageForReply(api, id, signal)));
  const all = found.flatMap(chosenOf);
  const chosen: Chosen[] = [];
  for (const { messageId, filename } of wanted) {
    const there = all.filter((one) => one.messageId === messageId);
    const [one, ...more] = there.filter((file) => file.filename === filename);
    if (one === undefined || more.length > 0) {
      const names = there.map((file) => file.filename).join(", ");
      const detail =
        one === undefined
          ? `There is no ${filename.slice(0, 120)}. There are: ${names === "" ? "none" : names}.`
          : `${more.length + 1} files of that message are named ${filename.slice(0, 120)}.`;
      return { ok: false, problem: problem("attachment_unknown", { detail }) };
    }
    chosen.push(one);
  }
  return fetched(api, chosen, signal);
}

export async function bytesOf(
  api: gmail_v1.Gmail,
  messageId: string,
  { body }: Part,
  signal: AbortSignal,
): Promise<Buffer> {
  const id = body?.attachmentId;
  if (typeof id !== "string") return Buffer.from(body?.data ?? "", "base64url");
  const found = await read(
    () => api.users.messages.attachments.get({ userId: "me", messageId, id }, { signal }),
    signal,
  );
  return Buffer.from(found.data ?? "", "base64url");
}
