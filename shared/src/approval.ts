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

/** What became of one mail of an approval; absent while nothing was tried. */
export const Outcome = z.discriminatedUnion("state", [
  z.object({ state: z.literal("sent"), messageId: MessageId, threadId: ThreadId }),
  /** Fields that differ from what was asked. */
  z.object({ state: z.literal("drifted"), changed: z.array(z.string()) }),
  z.object({ state: z.literal("failed"), why: z.string() }),
  z.object({ state: z.literal("unknown") }),
]);
export type Outcome = z.infer<typeof Outcome>;

export const ApprovalItem = z.object({
  draftId: DraftId,
  content: DraftContent,
  outcome: Outcome.optional(),
});
export type ApprovalItem = z.infer<typeof ApprovalItem>;

export const ApprovalView = z.object({
  id: ApprovalId,
  conversationId: ConversationId,
  runId: RunId.optional(),
  state: ApprovalState,
  /** The same on the phone. */
  code: z.string(),
  digest: Digest,
  /** In the order in which they are sent; the first that can't be sent stops the rest. */
  items: z.array(ApprovalItem).min(1),
  requestedAt: z.iso.datetime(),
  /** While `proposed`: when the phone will be asked. */
  askAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** Why it ended, in words for a person; absent while open. */
  ending: z.string().optional(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

/** How far execution came: mails sent, of how many. */
export interface Progress {
  sent: number;
  of: number;
}

type Words = (because: string, progress: Progress) => string;

/** What went out before the first that did not. Empty for a single mail. */
function before({ sent, of }: Progress): string {
  if (of === 1) return "";
  return sent === 0 ? `None of the ${of} mails was sent. ` : `${sent} of ${of} mails sent. `;
}

function stillThere({ of }: Progress): string {
  return of === 1 ? "The draft is still in Gmail" : "The drafts are still in Gmail";
}

const ENDINGS: Readonly<Record<ApprovalState, Words>> = {
  proposed: () => "",
  waiting: () => "",
  approved: () => "",
  executing: () => "",
  executed: (_, { of }) =>
    of === 1
      ? "Sent. You approved it on your phone, and Gmail has sent it."
      : `All ${of} mails sent. You approved them on your phone, and Gmail has sent them.`,
  refused: (because) => `Not asked.${because} Nothing was sent.`,
  denied: (_, progress) =>
    `You denied it on your phone. Nothing was sent. ${stillThere(progress)}.`,
  expired: (_, progress) =>
    `Denied or not answered in time, so nothing was sent. ${stillThere(progress)}; ask again when you are ready.`,
  cancelled: (because) =>
    `${because === "" ? "You withdrew the request." : because.trim()} Nothing was sent, and a late answer on the phone does nothing.`,
  undelivered: (because) => `Your phone could not be asked.${because} Nothing was sent.`,
  drifted: (_, progress) =>
    progress.of === 1
      ? "Not sent. The draft was changed in Gmail after you were asked, so your approval no longer fits it. Review the new text and ask again."
      : `${before(progress)}The next draft was changed in Gmail after you were asked, so it and those after it were not sent. Review it and ask again.`,
  failed: (because, progress) =>
    progress.of === 1
      ? `Not sent.${because} The draft is still in Gmail.`
      : `${before(progress)}The next could not be sent, and those after it were not tried.${because}`,
  unknown: (_, progress) =>
    `${before(progress)}Gmail did not say whether the mail left. It is not sent again: your mailbox is being read to settle it.`,
};

/** What happened to the mail, what did not, what to do: one ending each. Empty while it is open. */
export function endingOf(
  state: ApprovalState,
  detail = "",
  progress: Progress = { sent: 0, of: 1 },
): string {
  return ENDINGS[state](detail === "" ? "" : ` ${detail}`, progress);
}
