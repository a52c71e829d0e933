/** A write tool call becomes an approval, and an ended approval becomes the tool's result. The result is the record's, not the model's. */
import type { DeedKind } from "@vaultdesk/shared/action.ts";
import {
  type ApprovalItem,
  type ApprovalState,
  type ApprovalView,
  endingOf,
} from "@vaultdesk/shared/approval.ts";
import type { ApprovalId, ConversationId, RunId } from "@vaultdesk/shared/id.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Verb } from "../actions/policy.ts";
import type { ProposedWrite } from "./graph.ts";
import type { Caller } from "./runs.ts";
import { type ToolCall, toolOf, unknownTool } from "./tools/all.ts";
import { refused, type ToolOutcome } from "./tools/outcome.ts";
import type { Room } from "./tools/tool.ts";

interface Asking {
  caller: Caller;
  conversationId: ConversationId;
  runId: RunId;
  abort: { readonly signal: AbortSignal };
  /** What the user's words of this turn ask for. */
  asked: (verb: Verb) => boolean;
  /** Those that the person's role leaves; all without. */
  tools: readonly ToolName[] | undefined;
}

/** `step` tells the panel; the approval card itself comes with the approval's own event. */
export async function proposeWrite(
  call: ToolCall,
  room: Room,
  { caller, conversationId, runId, asked, tools, abort: { signal } }: Asking,
  step: (work: () => Promise<ToolOutcome>) => Promise<ToolOutcome>,
): Promise<ProposedWrite> {
  let approvalId: ApprovalId | undefined;
  const result = await step(async () => {
    const tool = toolOf(call.name, tools);
    if (tool?.kind !== "write") return unknownTool(call.name, tools);
    const wanted = await tool.wish(call.args, room, signal);
    if (!("wish" in wanted)) return wanted;
    const { wish } = wanted;
    const proposed = await caller.propose({
      conversationId,
      runId,
      callId: call.id,
      wish,
      by: { provenance: room.provenance, asked },
    });
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
  denied: "denied",
  expired: "expired",
  cancelled: "cancelled",
  drifted: "drifted",
  failed: "failed",
  undelivered: "undelivered",
  refused: "failed",
};

/** For the model, in the words of its tools. */
const DONE: Readonly<Record<DeedKind, string>> = {
  "email.send": "sent",
  "event.create": "scheduled",
  "event.update": "changed",
  "event.cancel": "event_cancelled",
  "mail.label": "moved",
  "mail.trash": "moved_to_bin",
  "mail.untrash": "taken_out_of_bin",
};

interface ItemResult {
  draft_id?: string;
  event_id?: string;
  mails?: number;
  outcome: string;
  message_id?: string;
}

interface WriteResult extends Omit<ItemResult, "mails" | "draft_id"> {
  detail: string;
  /** Of a bundle, in order. */
  mails?: ItemResult[] | number;
}

function itemResult(item: ApprovalItem): ItemResult {
  const outcome = item.outcome?.state ?? "not_tried";
  if (item.kind === "email.send") {
    const sent = item.outcome?.state === "sent" ? { message_id: item.outcome.messageId } : {};
    return { draft_id: item.draftId, outcome, ...sent };
  }
  if ("eventId" in item) return { event_id: item.eventId, outcome };
  return { mails: item.messages.length, outcome };
}

export function approvalResult(approval: ApprovalView): WriteResult {
  const [first, ...more] = approval.items;
  const detail = approval.ending ?? endingOf(approval.state);
  const outcome =
    approval.state === "executed"
      ? DONE[first?.kind ?? "email.send"]
      : (OUTCOMES[approval.state] ?? "unknown");
  if (first === undefined) return { outcome, detail };
  if (more.length > 0) return { outcome, detail, mails: approval.items.map(itemResult) };
  const { draft_id: _, outcome: __, ...rest } = itemResult(first);
  return { outcome, detail, ...rest };
}
