/**
 * RFC 5322 bytes <-> what an approval covers. `readMime` is the one reading of a draft: what it leaves out is not approved,
 * so it names every recipient, the texts and each attachment by hash.
 */
import { createHash } from "node:crypto";

import { type DraftContent, type DraftEdit } from "@vaultdesk/shared/draft.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import MailComposer from "nodemailer/lib/mail-composer";
import PostalMime, { type Address, type Attachment } from "postal-mime";

import { formatParty } from "./addresses.ts";

export interface OutgoingAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

export interface Outgoing extends DraftEdit {
  from: string;
  inReplyTo?: string | undefined;
  references?: string | undefined;
  attachments: readonly OutgoingAttachment[];
}

/** Only ids: nodemailer folds a header at any white space of Unicode, and what follows would stand as a line of its own. */
function idsOf(text: string | undefined): string | undefined {
  return text?.match(/<[^<>\s\p{Cc}]+>/gu)?.join(" ");
}

/** Builds the message. Files and URLs are never read on the library's own account. */
export async function buildMime(mail: Outgoing): Promise<Buffer> {
  const [inReplyTo, references] = [idsOf(mail.inReplyTo), idsOf(mail.references)];
  const node = new MailComposer({
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    subject: mail.subject,
    text: mail.text,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
    attachments: mail.attachments.map((file) => ({ ...file })),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  node.keepBcc = true;
  return node.build();
}

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** An empty group and a comma too many name nobody; a name without an address is shown as it stands. */
function parties(list: readonly Address[] | undefined): string[] {
  return (list ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .map((one) => ({ name: one.name.trim(), address: one.address.toLowerCase() }))
    .filter(({ name, address }) => name !== "" || address !== "")
    .map(formatParty);
}

function bytesOf(attachment: Attachment): Buffer {
  const { content } = attachment;
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array
    ? Buffer.from(content)
    : Buffer.from(new Uint8Array(content));
}

export interface MimeReading {
  content: DraftContent;
  inReplyTo?: string | undefined;
  references?: string | undefined;
  attachments: OutgoingAttachment[];
}

/** Reads a draft's bytes. The same mail wrapped differently gives the same content. */
export async function readMime(
  raw: Uint8Array,
  threadId: ThreadId | undefined,
): Promise<MimeReading> {
  const mail = await PostalMime.parse(raw);
  const attachments = mail.attachments.map((file) => ({
    filename: file.filename ?? "unnamed",
    contentType: file.mimeType,
    content: bytesOf(file),
  }));
  return {
    content: {
      from: parties(mail.from === undefined ? undefined : [mail.from])[0] ?? "",
      to: parties(mail.to),
      cc: parties(mail.cc),
      bcc: parties(mail.bcc),
      subject: mail.subject ?? "",
      text: normalText(mail.text ?? ""),
      ...(mail.html === undefined ? {} : { htmlSha256: sha256(normalText(mail.html)) }),
      attachments: attachments.map((file) => ({
        name: file.filename,
        mimeType: file.contentType,
        size: file.content.length,
        sha256: sha256(file.content),
      })),
      ...(threadId === undefined ? {} : { threadId }),
    },
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    attachments,
  };
}

function normalText(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

export function sha256OfRaw(raw: Uint8Array): string {
  return sha256(raw);
}
