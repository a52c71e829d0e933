/**
 * A mail draft as people see it. `DraftContent` is what an approval covers; `DraftView` adds where the draft stands in Gmail.
 * The same content read from Gmail twice is the same value, whatever the bytes around it.
 */
import { z } from "zod";

import { DraftId, MessageId, ThreadId } from "./id.ts";
import { judged } from "./warning.ts";

/** `Name <local@domain>` or `local@domain`; the address part is lower-cased. */
export const Mailbox = z.string().min(3).max(998);

export const AttachmentFact = z.object({
  name: z.string(),
  mimeType: z.string(),
  /** Bytes after transfer decoding. */
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const DraftContent = z.object({
  from: z.string(),
  /** As they stand in Gmail's draft, which may hold what is no address. */
  to: z.array(z.string().min(1)),
  cc: z.array(z.string().min(1)),
  bcc: z.array(z.string().min(1)),
  subject: z.string(),
  /** Plain text with LF line ends and no trailing white space. */
  text: z.string(),
  /** SHA-256 of the HTML alternative, where Gmail's own editor made one. */
  htmlSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  attachments: z.array(AttachmentFact),
  threadId: ThreadId.optional(),
});
export type DraftContent = z.infer<typeof DraftContent>;

export const DraftView = z.object({
  draftId: DraftId,
  /** Changes with every edit in Gmail; the version the panel has seen. */
  messageId: MessageId,
  content: DraftContent,
  ...judged,
});
export type DraftView = z.infer<typeof DraftView>;

/** What a person may change on the draft card. Lengths in characters. */
export const DraftEdit = z.object({
  to: z.array(Mailbox).max(500),
  cc: z.array(Mailbox).max(500),
  bcc: z.array(Mailbox).max(500),
  subject: z
    .string()
    .max(900)
    .regex(/^[^\r\n]*$/),
  text: z.string().max(200_000),
});
export type DraftEdit = z.infer<typeof DraftEdit>;
