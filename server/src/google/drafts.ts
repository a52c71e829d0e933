/** Gmail drafts: create, read, replace. A draft is seen by its owner alone; sending is `effects.ts`. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { DraftId, MessageId, ThreadId } from "@vaultdesk/shared/id.ts";

import { once, read } from "./call.ts";
import { type MimeReading, readMime } from "./mime.ts";

export interface LiveDraft extends MimeReading {
  view: DraftView;
  /** The RFC 5322 bytes as Gmail holds them now. */
  raw: Buffer;
}

/** The draft as it is at this moment. Throws `GoogleRefused` with `not_found` when it was sent or deleted. */
export async function liveDraft(
  api: gmail_v1.Gmail,
  draftId: string,
  signal?: AbortSignal,
): Promise<LiveDraft> {
  const found = await read(
    () =>
      api.users.drafts.get(
        { userId: "me", id: draftId, format: "raw" },
        signal === undefined ? {} : { signal },
      ),
    signal,
  );
  const raw = Buffer.from(found.message?.raw ?? "", "base64url");
  // A thread of its own has the draft's message id as its id, and changes with it: then there is no thread to keep.
  const threadId = ThreadId.safeParse(found.message?.threadId);
  const alone = found.message?.threadId === found.message?.id;
  const reading = await readMime(raw, threadId.success && !alone ? threadId.data : undefined);
  return {
    ...reading,
    raw,
    view: {
      draftId: DraftId.parse(found.id),
      messageId: MessageId.parse(found.message?.id),
      content: reading.content,
    },
  };
}

export async function createDraft(
  api: gmail_v1.Gmail,
  raw: Buffer,
  threadId: string | undefined,
  signal?: AbortSignal,
): Promise<string> {
  const made = await once(() =>
    api.users.drafts.create(
      {
        userId: "me",
        requestBody: {
          message: {
            raw: raw.toString("base64url"),
            ...(threadId === undefined ? {} : { threadId }),
          },
        },
      },
      signal === undefined ? {} : { signal },
    ),
  );
  return DraftId.parse(made.id);
}

export async function replaceDraft(
  api: gmail_v1.Gmail,
  draftId: string,
  raw: Buffer,
  threadId: string | undefined,
): Promise<void> {
  await once(() =>
    api.users.drafts.update({
      userId: "me",
      id: draftId,
      requestBody: {
        message: {
          raw: raw.toString("base64url"),
          ...(threadId === undefined ? {} : { threadId }),
        },
      },
    }),
  );
}
