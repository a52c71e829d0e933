/** What a card's buttons do on the server. Each gives the problem back when it did not work. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";

import type { Call } from "../../api/call.ts";
import { problemOf } from "./failure.ts";
import type { LiveConversation } from "./use-conversation.ts";

export interface WriteActions {
  urlOf: (draft: DraftView) => string;
  save: (draft: DraftView, edit: DraftEdit) => Promise<Problem | undefined>;
  /** Asks for exactly the content that the panel shows; for several drafts, once for all. */
  askPhone: (drafts: readonly DraftView[]) => Promise<Problem | undefined>;
  cancelRequest: (approval: ApprovalView) => Promise<Problem | undefined>;
}

export function writesOf(
  call: Call,
  id: ConversationId | undefined,
  live: LiveConversation,
  mailBase: string,
): WriteActions {
  return {
    urlOf: ({ content, messageId }) =>
      content.threadId === undefined
        ? `${mailBase}#drafts?compose=${messageId}`
        : `${mailBase}#all/${content.threadId}`,

    async save(draft, edit) {
      if (id === undefined) return undefined;
      const reply = await call(
        routes.editDraft,
        { id, draftId: draft.draftId },
        { edit, messageId: draft.messageId },
      );
      if (!reply.ok) return problemOf(reply.failure);
      live.saved(reply.value);
      return undefined;
    },

    async askPhone(asked) {
      if (id === undefined) return undefined;
      const drafts = await Promise.all(
        asked.map(async ({ draftId, content }) => ({ draftId, shown: await digestOf(content) })),
      );
      const reply = await call(routes.askApproval, {}, { conversationId: id, drafts });
      if (!reply.ok) return problemOf(reply.failure);
      live.asked(reply.value);
      return undefined;
    },

    async cancelRequest(approval) {
      const reply = await call(routes.cancelApproval, { id: approval.id });
      if (!reply.ok) return problemOf(reply.failure);
      live.asked(reply.value);
      return undefined;
    },
  };
}
