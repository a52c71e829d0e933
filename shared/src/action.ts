/** Writes that may be proposed: a closed union. Anything another person can see, or that removes or moves mail, is one of these. */
import { z } from "zod";

import { DraftContent } from "./draft.ts";
import { DraftId } from "./id.ts";

export const EmailSend = z.object({
  kind: z.literal("email.send"),
  draftId: DraftId,
  content: DraftContent,
  /** SHA-256 of the RFC 822 bytes that will be sent. */
  rawSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type EmailSend = z.infer<typeof EmailSend>;

/** What one phone can show with every recipient and subject: Auth0 takes ten properties. */
export const BUNDLE_LIMIT = 4;

/** Several mails on one yes: one digest over all, sent in this order, stopping at the first that can't be sent. */
export const Bundle = z.object({
  kind: z.literal("bundle"),
  actions: z.array(EmailSend).min(2).max(BUNDLE_LIMIT),
});

export const Action = z.discriminatedUnion("kind", [EmailSend, Bundle]);
export type Action = z.infer<typeof Action>;

/** The mails of an action, in order. */
export function mailsOf(action: Action): readonly EmailSend[] {
  return action.kind === "bundle" ? action.actions : [action];
}
