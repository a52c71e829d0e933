/** Gmail's sending: recipients from the headers, a From that is the user's own, a Message-ID of Gmail's, Bcc for nobody to see. */
import { randomBytes } from "node:crypto";

import { addMessage, type Box, hasThread, ownIn, type StoredMessage } from "./box.ts";
import { invalid } from "./errors.ts";
import { headerIn, parseMime } from "./mime.ts";

export type OutboxEntry =
  | {
      kind: "mail";
      from: string;
      recipients: string[];
      id: string;
      threadId: string;
      raw: Buffer;
      at: number;
    }
  | {
      kind: "invite";
      from: string;
      recipients: string[];
      id: string;
      sendUpdates: string;
      at: number;
    };

function without(head: string, name: string): string {
  return head.replace(new RegExp(`^${name}:.*(?:\\r?\\n[ \\t].*)*\\r?\\n?`, "gim"), "");
}

/** The bytes that leave: everything as given but From (when it is not the user's), Message-ID and Date. */
function stamped(raw: Buffer, box: Box, from: string, now: number): Buffer {
  const text = raw.toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  const body = end < 0 ? "\r\n\r\n" : text.slice(end);
  let head = without(end < 0 ? text : text.slice(0, end), "message-id").trimEnd();
  if (ownIn(box, from) === undefined)
    head = `${without(head, "from").trimEnd()}\r\nFrom: ${box.name} <${box.email}>`;
  if (!/^date:/im.test(head)) head += `\r\nDate: ${new Date(now).toUTCString()}`;
  head += `\r\nMessage-ID: <CA${randomBytes(16).toString("hex")}@mail.gmail.com>`;
  return Buffer.from(head.trimStart() + body, "latin1");
}

export interface Post {
  boxes: ReadonlyMap<string, Box>;
  outbox: OutboxEntry[];
  now(): number;
}

export async function sendMail(
  post: Post,
  box: Box,
  raw: Buffer,
  threadId: string | undefined,
): Promise<StoredMessage> {
  const parsed = await parseMime(raw);
  const recipients = ["To", "Cc", "Bcc"]
    .flatMap(
      (name) =>
        headerIn(parsed, name)
          .toLowerCase()
          .match(/[^\s<>,"';]+@[^\s<>,"';]+/g) ?? [],
    )
    .filter((address, index, all) => all.indexOf(address) === index);
  if (recipients.length === 0) throw invalid("Recipient address required");
  const bad = recipients.find((address) => address.split("@").length !== 2);
  if (bad !== undefined) throw invalid("Invalid To header");
  const at = post.now();
  const bytes = stamped(raw, box, headerIn(parsed, "From"), at);
  const wanted = threadId !== undefined && hasThread(box, threadId) ? threadId : undefined;
  const sent = await addMessage(box, bytes, { labels: ["SENT"], threadId: wanted, at });
  post.outbox.push({
    kind: "mail",
    from: box.email,
    recipients,
    id: sent.id,
    threadId: sent.threadId,
    raw: bytes,
    at,
  });

  const text = bytes.toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  const delivered = Buffer.from(
    `${without(text.slice(0, end), "bcc").trimEnd()}${text.slice(end)}`,
    "latin1",
  );
  for (const recipient of recipients) {
    const other =
      post.boxes.get(recipient) ??
      [...post.boxes.values()].find((one) => ownIn(one, recipient) !== undefined);
    if (other !== undefined)
      await addMessage(other, delivered, { labels: ["INBOX", "UNREAD"], at, guess: true });
  }
  return sent;
}
