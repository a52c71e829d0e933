/** A write tool call becomes an approval, and an ended approval becomes the tool's result. The result is the record's, not the model's. */
import { type ApprovalState, type ApprovalView, endingOf } from "@vaultdesk/shared/approval.ts";
import type { ApprovalId, ConversationId, RunId } from "@vaultdesk/shared/id.ts";

import type { ProposedWrite } from "./graph.ts";
import type { Caller } from "./runs.ts";
import { type ToolCall, toolOf, unknownTool } from "./tools/all.ts";
import { refused, type ToolOutcome } from "./tools/outcome.ts";

interface Asking {
  caller: Caller;
  conversationId: ConversationId;
  runId: RunId;
  abort: { readonly signal: AbortSignal };
}

/** `step` tells the panel; the approval card itself comes with the approval's own event. */
export async function proposeWrite(
  call: ToolCall,
  { caller, conversationId, runId, abort: { signal } }: Asking,
  step: (work: () => Promise<ToolOutcome>) => Promise<ToolOutcome>,
): Promise<ProposedWrite> {
  let approvalId: ApprovalId | undefined;
  const result = await step(async () => {
    const tool = toolOf(call.name);
    if (tool?.kind !== "write") return unknownTool(call.name);
    const wanted = await tool.wish(call.args, caller, signal);
    if (!("wish" in wanted)) return wanted;
    const { wish } = wanted;
    const proposed = await caller.propose({ conversationId, runId, callId: call.id, wish });
    if (!proposed.ok) return refused(proposed.problem);
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
