/**
 * The terms of a thread as they stand: for each, the newest word and what it replaced, every one with a quote that code found in its
 * sender's own message. The values are the assistant's choice of words; quote, sender and time are the mail's.
 */
import { z } from "zod";

import { MessageId, ThreadId } from "./id.ts";

export const Topic = z.enum([
  "price",
  "structure",
  "dates",
  "exclusivity",
  "counsel",
  "other",
  "open",
]);
export type Topic = z.infer<typeof Topic>;

const Statement = z.object({
  value: z.string(),
  /** False: the value is in the assistant's words, only its figures stand in the quote. */
  inQuote: z.boolean(),
  messageId: MessageId,
  /** The `From` of the message. */
  from: z.string(),
  at: z.iso.datetime(),
  /** As it stands in the message, white space folded. */
  quote: z.string(),
});
export type Statement = z.infer<typeof Statement>;

export const Term = z.object({
  topic: Topic,
  name: z.string(),
  current: Statement,
  /** Newest first. */
  replaced: z.array(Statement),
});
export type Term = z.infer<typeof Term>;

export const CurrentTerms = z.object({
  threadId: ThreadId,
  /** By topic, open points last. */
  terms: z.array(Term),
  /** Names of terms whose words are not in the mail that was given for them. */
  leftOut: z.array(z.string()),
  /** Messages of the thread that were not read in this conversation. */
  notRead: z.int().nonnegative(),
});
export type CurrentTerms = z.infer<typeof CurrentTerms>;
