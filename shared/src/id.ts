/**
 * Branded ids. An id is made by the server with `newId` and parsed at every edge, so that inside the type is the proof.
 * Google's own ids (thread, message, draft) are never made here, only recognised.
 */
import { z } from "zod";

const own = (prefix: string) => new RegExp(`^${prefix}_[0-9a-f]{32}$`);

export const ConversationId = z.string().regex(own("con")).brand<"ConversationId">();
export type ConversationId = z.infer<typeof ConversationId>;

export const RunId = z.string().regex(own("run")).brand<"RunId">();
export type RunId = z.infer<typeof RunId>;

export const ApprovalId = z.string().regex(own("apr")).brand<"ApprovalId">();
export type ApprovalId = z.infer<typeof ApprovalId>;

export const TemplateId = z.string().regex(own("tpl")).brand<"TemplateId">();
export type TemplateId = z.infer<typeof TemplateId>;

export const RoomId = z.string().regex(own("rom")).brand<"RoomId">();
export type RoomId = z.infer<typeof RoomId>;

export const MemberId = z.string().regex(own("mem")).brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;

/** A thread as a room knows it: each member has it under a Gmail id of their own. */
export const LinkId = z.string().regex(own("lnk")).brand<"LinkId">();
export type LinkId = z.infer<typeof LinkId>;

/** What a member says of a milestone. */
export const EntryId = z.string().regex(own("ent")).brand<"EntryId">();
export type EntryId = z.infer<typeof EntryId>;

/** A document of a room. */
export const DocumentId = z.string().regex(own("doc")).brand<"DocumentId">();
export type DocumentId = z.infer<typeof DocumentId>;

/** Gmail API ids of threads and messages: lower-case hex, as in `data-legacy-thread-id`. */
export const ThreadId = z
  .string()
  .regex(/^[0-9a-f]{8,17}$/)
  .brand<"ThreadId">();
export type ThreadId = z.infer<typeof ThreadId>;

export const MessageId = z
  .string()
  .regex(/^[0-9a-f]{8,17}$/)
  .brand<"MessageId">();
export type MessageId = z.infer<typeof MessageId>;

/** A Gmail draft id, for example `r-1928374655`; it survives edits, its message id does not. */
export const DraftId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand<"DraftId">();
export type DraftId = z.infer<typeof DraftId>;

/** The text of a new id: prefix, underscore, 128 random bits in hex. Parse it with the id's schema. */
export function newId(
  prefix: "con" | "run" | "apr" | "tpl" | "rom" | "mem" | "lnk" | "doc" | "ent" | "hld",
): string {
  return `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
}
