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
    const proposed = await caller.propose({ conversationId, runId, draftId: args.data.draft_id });
    if (!proposed.ok) {
      return failed(proposed.problem.code, sentence(proposed.problem), proposed.problem);
    }
    approvalId = proposed.approval.view.id;
    return {
      json: { outcome: "waiting" },
      ok: true,
      untrusted: false,
      summary: `Asked your phone, code ${proposed.approval.view.code}`,
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

export function approvalResult(approval: ApprovalView): {
  outcome: string;
  detail: string;
  message_id?: string;
} {
  return {
    outcome: OUTCOMES[approval.state] ?? "unknown",
    detail: approval.ending ?? endingOf(approval.state),
    ...(approval.sent === undefined ? {} : { message_id: approval.sent.messageId }),
  };
}
