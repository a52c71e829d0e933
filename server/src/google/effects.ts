/** The only code that sends. Imported by `actions/execute.ts` alone, which holds the approval (lint keeps it so). */
import type { gmail_v1 } from "@googleapis/gmail";
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";

import { parseAddresses } from "./addresses.ts";
import { once, read } from "./call.ts";
import { headerOf } from "./message.ts";

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

/** Looks in the sent mail for a message to these people with this subject, not older than `since`. */
export async function findSent(
  api: gmail_v1.Gmail,
  wanted: { subject: string; to: readonly string[]; since: Date },
): Promise<Sent | undefined> {
  const list = await read(() =>
    api.users.messages.list({ userId: "me", labelIds: ["SENT"], maxResults: 20 }),
  );
  const expected = wanted.to.flatMap(parseAddresses).map((party) => party.address);
  for (const row of list.messages ?? []) {
    if (row.id === undefined || row.id === null) continue;
    const id = row.id;
    const message = await read(() =>
      api.users.messages.get({ userId: "me", id, format: "metadata" }),
    );
    const to = parseAddresses(headerOf(message, "To")).map((party) => party.address);
    const fits =
      Number(message.internalDate ?? 0) >= wanted.since.getTime() - 60_000 &&
      headerOf(message, "Subject") === wanted.subject.replace(/\s+/g, " ").trim() &&
      expected.every((address) => to.includes(address));
    if (fits)
      return { messageId: MessageId.parse(message.id), threadId: ThreadId.parse(message.threadId) };
  }
  return undefined;
}
