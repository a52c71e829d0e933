/** A write tool call becomes an approval, and an ended approval becomes the tool's result. The result is the record's, not the model's. */
import { type ApprovalState, type ApprovalView, endingOf } from "@vaultdesk/shared/approval.ts";
import type { ApprovalId, ConversationId, RunId } from "@vaultdesk/shared/id.ts";
import { sentence } from "@vaultdesk/shared/problem.ts";

import type { ProposedWrite } from "./graph.ts";
import type { Caller } from "./runs.ts";
import { ARGUMENTS, type ToolCall } from "./tool-definitions.ts";
import { badArguments, failed, type ToolOutcome } from "./tools.ts";

interface Asking {
  caller: Caller;
  conversationId: ConversationId;
  runId: RunId;
}

/** `step` tells the panel; the approval card itself comes with the approval's own event. */
export async function proposeWrite(
  call: ToolCall,
  { caller, conversationId, runId }: Asking,
  step: (work: () => Promise<ToolOutcome>) => Promise<ToolOutcome>,
): Promise<ProposedWrite> {
  let approvalId: ApprovalId | undefined;
  const result = await step(async () => {
    const args = ARGUMENTS.send_email_with_approval.safeParse(call.args);
    if (!args.success) return badArguments(args.error);
    const { draft_id: one, draft_ids: several = [] } = args.data;
    const draftIds = one === undefined ? several : [one, ...several];
    const proposed = await caller.propose({ conversationId, runId, callId: call.id, draftIds });
    if (!proposed.ok) {
      return failed(proposed.problem.code, sentence(proposed.problem), proposed.problem);
    }
    approvalId = proposed.approval.view.id;
    const { code, state } = proposed.approval.view;
    return {
      json: { outcome: "waiting" },
      ok: true,
      untrusted: false,
      summary:
        state === "proposed"
          ? `Waiting for a slot to ask your phone, code ${code}`
          : `Asked your phone, code ${code}`,
      details: [],
    };
  });
  return approvalId === undefined ? { result } : { approvalId };
}

const OUTCOMES: Readonly<Partial<Record<ApprovalState, string>>> = {
  executed: "sent",
  denied: "denied",
  expired: "expired",
  cancelled: "cancelled",
  drifted: "drifted",
  failed: "failed",
  undelivered: "undelivered",
  refused: "failed",
};

interface WriteResult {
  outcome: string;
  detail: string;
  message_id?: string;
  /** Of a bundle, in order. */
  mails?: { draft_id: string; outcome: string; message_id?: string }[];
}

export function approvalResult(approval: ApprovalView): WriteResult {
  const mails = approval.items.map((item) => ({
    draft_id: item.draftId,
    outcome: item.outcome?.state ?? "not_tried",
    ...(item.outcome?.state === "sent" ? { message_id: item.outcome.messageId } : {}),
  }));
  const [only, ...more] = mails;
  return {
    outcome: OUTCOMES[approval.state] ?? "unknown",
    detail: approval.ending ?? endingOf(approval.state),
    ...(more.length > 0 ? { mails } : {}),
    ...(more.length === 0 && only?.message_id !== undefined ? { message_id: only.message_id } : {}),
  };
}
