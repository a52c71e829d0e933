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

export const Action = z.discriminatedUnion("kind", [EmailSend]);
export type Action = z.infer<typeof Action>;
