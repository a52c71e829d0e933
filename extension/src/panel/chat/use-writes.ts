/** What a card's buttons do on the server. Each gives the problem back when it did not work. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type ApprovalState, type ApprovalView, mailsIn } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationId, DraftId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";

import type { Call } from "../../api/call.ts";
import { approvedBefore, problemOf } from "./failure.ts";
import type { LiveConversation } from "./use-conversation.ts";

export interface WriteActions {
  /** For what a card reads by itself. */
  call: Call;
  urlOf: (draft: DraftView) => string;
  urlOfThread: (threadId: ThreadId) => string;
  /** Withdraws the request that waits about it, if there is one. */
  save: (draft: DraftView, edit: DraftEdit) => Promise<Problem | undefined>;
  /** Asks for exactly the content that the panel shows; several drafts are one request, sent in this order. */
  askPhone: (
    drafts: readonly DraftView[],
    override?: { by: string; why: string },
  ) => Promise<Problem | undefined>;
  cancelRequest: (approval: ApprovalView) => Promise<Problem | undefined>;
  /** The same once more, for what is no mail. */
  askAgain: (approval: ApprovalView) => Promise<Problem | undefined>;
  /** Asks the phone for what takes it back. */
  undo: (approval: ApprovalView) => Promise<Problem | undefined>;
}

const APPROVED: ReadonlySet<ApprovalState> = new Set([
  "approved",
  "executing",
  "executed",
  "unknown",
]);

export function writesOf(
  call: Call,
  id: ConversationId | undefined,
  live: Pick<LiveConversation, "saved" | "asked">,
  mailBase: string,
): WriteActions {
  const urlOfThread = (threadId: ThreadId) => `${mailBase}#all/${threadId}`;

  /** Shows what became of the requests about a draft. True when the newest was approved. */
  async function wasApproved(draftId: DraftId): Promise<boolean> {
    const reply = await call(routes.approvals);
    if (!reply.ok) return false;
    const about = reply.value.approvals
      .filter((approval) => approval.conversationId === id)
      .filter((approval) => mailsIn(approval.items).some((item) => item.draftId === draftId))
      .toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
    for (const approval of about) live.asked(approval);
    const newest = about.at(-1);
    return newest !== undefined && APPROVED.has(newest.state);
  }

  async function post(
    route: typeof routes.cancelApproval,
    { id: approvalId }: ApprovalView,
  ): Promise<Problem | undefined> {
    const reply = await call(route, { id: approvalId });
    if (!reply.ok) return problemOf(reply.failure);
    live.asked(reply.value);
    return undefined;
  }

  return {
    call,
    urlOfThread,
    urlOf: ({ content, messageId }) =>
      content.threadId === undefined
        ? `${mailBase}#drafts?compose=${messageId}`
        : urlOfThread(content.threadId),

    async save(draft, edit) {
      if (id === undefined) return undefined;
      const reply = await call(
        routes.editDraft,
        { id, draftId: draft.draftId },
        { edit, messageId: draft.messageId },
      );
      if (reply.ok) {
        live.saved(reply.value);
        return undefined;
      }
      const problem = problemOf(reply.failure);
      // A draft that is gone from Gmail was sent, perhaps by the yes that the change came too late for.
      const late = problem.code === "draft_unknown" && (await wasApproved(draft.draftId));
      return late ? approvedBefore(problem) : problem;
    },

    async askPhone(drafts, override) {
      if (id === undefined) return undefined;
      const shown = await Promise.all(
        drafts.map(async ({ draftId, content }) => ({ draftId, shown: await digestOf(content) })),
      );
      const reply = await call(
        routes.askApproval,
        {},
        { conversationId: id, drafts: shown, override },
      );
      if (!reply.ok) return problemOf(reply.failure);
      live.asked(reply.value);
      return undefined;
    },

    cancelRequest: (approval) => post(routes.cancelApproval, approval),
    askAgain: (approval) => post(routes.askAgain, approval),
    undo: (approval) => post(routes.undoApproval, approval),
  };
}
