/** The only code that sends. Imported by `actions/execute.ts` alone, which holds the approval (lint keeps it so). */
import type { gmail_v1 } from "@googleapis/gmail";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";

import { once, read } from "./call.ts";
import { readMime } from "./mime.ts";

/** A store that was restored may be hundreds of sent mails behind. */
const PAGES = 25;

export interface Sent {
  messageId: MessageId;
  threadId: ThreadId;
}

/**
 * Sends the draft with exactly these bytes: id and message in one call, so that the bytes sent are the bytes approved.
 * A draft that was already sent is a 404 and sends nothing. Never repeated.
 * Source: developers.google.com/workspace/gmail/api/guides/drafts.
 */
export async function sendDraft(
  api: gmail_v1.Gmail,
  draftId: string,
  raw: Buffer,
  threadId: string | undefined,
): Promise<Sent> {
  const sent = await once(() =>
    api.users.drafts.send({
      userId: "me",
      requestBody: {
        id: draftId,
        message: {
          raw: raw.toString("base64url"),
          ...(threadId === undefined ? {} : { threadId }),
        },
      },
    }),
  );
  return { messageId: MessageId.parse(sent.id), threadId: ThreadId.parse(sent.threadId) };
}

/**
 * Looks in the sent mail, not older than `since`, for a message to exactly these people with this subject and text that is not the
 * known effect of something else.
 */
export async function findSent(
  api: gmail_v1.Gmail,
  wanted: Pick<DraftContent, "to" | "cc" | "subject" | "text" | "attachments">,
  since: Date,
  taken: ReadonlySet<string>,
): Promise<Sent | undefined> {
  const digest = await digestOf(comparable(wanted));
  let pageToken: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const asked = { userId: "me", labelIds: ["SENT"], maxResults: 20 };
    const list = await read(() =>
      api.users.messages.list(pageToken === undefined ? asked : { ...asked, pageToken }),
    );
    let older = false;
    for (const row of list.messages ?? []) {
      if (row.id === undefined || row.id === null || taken.has(row.id)) continue;
      const id = row.id;
      const message = await read(() => api.users.messages.get({ userId: "me", id, format: "raw" }));
      older = Number(message.internalDate ?? 0) < since.getTime() - 60_000;
      if (older) continue;
      const raw = Buffer.from(message.raw ?? "", "base64url");
      const { content } = await readMime(raw, undefined);
      if ((await digestOf(comparable(content))) !== digest) continue;
      return { messageId: MessageId.parse(message.id), threadId: ThreadId.parse(message.threadId) };
    }
    pageToken = list.nextPageToken ?? undefined;
    // Gmail lists the newest first: where a page ends before `since`, the next begins there.
    if (older || pageToken === undefined) return undefined;
  }
  return undefined;
}

/** Without what Gmail may change on the way: the sender's alias, Bcc, the thread it chose, the HTML that it adds. */
function comparable(content: Pick<DraftContent, "to" | "cc" | "subject" | "text" | "attachments">) {
  const { to, cc, subject, text, attachments } = content;
  return { to, cc, subject, text, attachments: attachments.map((file) => file.sha256) };
}
