/** The attachments of a message with their bytes, for a forward. The size is judged before anything is fetched. */
import type { gmail_v1 } from "@googleapis/gmail";
import { problem } from "@vaultdesk/shared/problem.ts";

import { type Answer, read } from "./call.ts";
import type { Original } from "./mail.ts";
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

export async function filesOf(
  api: gmail_v1.Gmail,
  original: Original,
  signal: AbortSignal,
): Promise<Answer<OutgoingAttachment[]>> {
  const parts = [...files(original.payload)];
  const total = parts.reduce((sum, part) => sum + (part.body?.size ?? 0), 0);
  if (total > MOST_BYTES) {
    const detail = `They are ${inMegabytes(total)} MB; the limit is ${inMegabytes(MOST_BYTES)} MB.`;
    return { ok: false, problem: problem("attachments_too_large", { detail }) };
  }
  const value = await Promise.all(
    parts.map(async (part, index) => ({
      filename: (part.filename ?? "") === "" ? `attachment-${index + 1}` : (part.filename ?? ""),
      contentType: part.mimeType ?? "application/octet-stream",
      content: await bytesOf(api, original.facts.id, part, signal),
    })),
  );
  return { ok: true, value };
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
