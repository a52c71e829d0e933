/** The tools' results as the demo model reads them. Anything that does not fit is not a result. */
import { z } from "zod";

import type { Step } from "./turn.ts";

export const Hit = z.object({
  id: z.string(),
  thread_id: z.string(),
  from: z.string(),
  to: z.string().default(""),
  subject: z.string().default(""),
  date: z.string(),
  snippet: z.string().default(""),
  attachments: z.array(z.string()).default([]),
});
export type Hit = z.infer<typeof Hit>;

export const FoundMail = z.object({ found: z.number(), messages: z.array(Hit) });
export type FoundMail = z.infer<typeof FoundMail>;

const ThreadMessage = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string().default(""),
  cc: z.string().default(""),
  date: z.string(),
  text: z.string(),
  attachments: z.array(z.object({ filename: z.string() })).default([]),
});

export const ThreadMail = z.object({
  thread_id: z.string(),
  subject: z.string().default(""),
  messages: z.array(ThreadMessage),
});
export type ThreadMail = z.infer<typeof ThreadMail>;

/** Terms of a thread as the product checked them: rows of the call, by number, and those they replaced. */
export const ShownTerms = z.object({
  shown: z.array(
    z.object({
      row: z.number(),
      message_id: z.string(),
      replaces_rows: z.array(z.number()).default([]),
    }),
  ),
  not_read: z.string().optional(),
});
export type ShownTerms = z.infer<typeof ShownTerms>;

export const SavedDraft = z.object({
  draft_id: z.string(),
  to: z.array(z.string()).default([]),
  cc: z.array(z.string()).default([]),
  subject: z.string().default(""),
});
export type SavedDraft = z.infer<typeof SavedDraft>;

export const Style = z.object({ usual_greeting: z.string(), usual_sign_off: z.string() });
export type Style = z.infer<typeof Style>;

export const Outcome = z.object({
  outcome: z.string(),
  detail: z.string().default(""),
  message_id: z.string().optional(),
  /** Of several drafts on one request, in order. */
  mails: z
    .union([
      z.array(
        z.object({ draft_id: z.string(), outcome: z.string(), message_id: z.string().optional() }),
      ),
      // How many were moved.
      z.number().transform(() => []),
    ])
    .default([]),
});
export type Outcome = z.infer<typeof Outcome>;

/** The last result of a tool among the steps, if it has the tool's shape. */
export function lastOf<T>(
  steps: readonly Step[],
  name: string,
  shape: z.ZodType<T>,
): T | undefined {
  const step = steps.findLast((one) => one.name === name && one.reply.ok);
  if (step === undefined || !step.reply.ok) return undefined;
  return shape.safeParse(step.reply.json).data;
}
