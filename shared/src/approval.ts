/** The states of an approval and the words people read for each. The moves between them are the server's `transition.ts`. */
import { z } from "zod";

import { Digest } from "./digest.ts";
import { DraftContent } from "./draft.ts";
import { ApprovalId, ConversationId, DraftId, MessageId, RunId, ThreadId } from "./id.ts";

export const ApprovalState = z.enum([
  "proposed",
  "waiting",
  "approved",
  "executing",
  "executed",
  "refused",
  "denied",
  "expired",
  "cancelled",
  "undelivered",
  "drifted",
  "failed",
  "unknown",
]);
export type ApprovalState = z.infer<typeof ApprovalState>;

const OPEN: ReadonlySet<ApprovalState> = new Set([
  "proposed",
  "waiting",
  "approved",
  "executing",
  "unknown",
]);

/** True while something may still happen without the person asking again. */
export function isOpen(state: ApprovalState): boolean {
  return OPEN.has(state);
}

export const ApprovalView = z.object({
  id: ApprovalId,
  conversationId: ConversationId,
  runId: RunId.optional(),
  kind: z.literal("email.send"),
  state: ApprovalState,
  /** The same on the phone. */
  code: z.string(),
  digest: Digest,
  draftId: DraftId,
  content: DraftContent,
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** Why it ended, in words for a person; absent while open. */
  ending: z.string().optional(),
  /** Fields that differ from what was asked, for `drifted`. */
  changed: z.array(z.string()).optional(),
  sent: z.object({ messageId: MessageId, threadId: ThreadId }).optional(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

const ENDINGS: Readonly<Record<ApprovalState, (because: string) => string>> = {
  proposed: () => "",
  waiting: () => "",
  approved: () => "",
  executing: () => "",
  executed: () => "Sent. You approved it on your phone, and Gmail has sent it.",
  refused: (because) => `Not asked.${because} Nothing was sent.`,
  denied: () => "You denied it on your phone. Nothing was sent. The draft is still in Gmail.",
  expired: () =>
    "Denied or not answered in time, so nothing was sent. The draft is still in Gmail; ask again when you are ready.",
  cancelled: () =>
    "You withdrew the request. Nothing was sent, and a late answer on the phone does nothing.",
  undelivered: (because) => `Your phone could not be asked.${because} Nothing was sent.`,
  drifted: () =>
    "Not sent. The draft was changed in Gmail after you were asked, so your approval no longer fits it. Review the new text and ask again.",
  failed: (because) => `Not sent.${because} The draft is still in Gmail.`,
  unknown: () =>
    "Gmail did not say whether the mail left. It is not sent again: your mailbox is being read to settle it.",
};

/** What happened to the mail, what did not, what to do: one ending each. Empty while it is open. */
export function endingOf(state: ApprovalState, detail = ""): string {
  return ENDINGS[state](detail === "" ? "" : ` ${detail}`);
}
