/**
 * Numbered facts of a conversation that the panel replays. `seq` starts at 1 in each conversation and has no gaps;
 * reading from event 0 rebuilds the whole view. Text deltas are appended in order.
 */
import { z } from "zod";

import { ApprovalView } from "./approval.ts";
import { Claimed, Found } from "./claim.ts";
import { DraftView } from "./draft.ts";
import { ApprovalId, RoomId, RunId, ThreadId } from "./id.ts";
import { Problem } from "./problem.ts";
import { ToolName } from "./scope.ts";
import { CurrentTerms } from "./term.ts";

export const RunOutcome = z.enum(["answered", "cancelled", "failed", "budget"]);

export const EventBody = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run.started"),
    runId: RunId,
    text: z.string(),
    threadId: ThreadId.optional(),
  }),
  z.object({ type: z.literal("text.delta"), runId: RunId, text: z.string() }),
  /** Of the text that follows: only these addresses become links, since they stood in what was read. */
  z.object({ type: z.literal("links.known"), runId: RunId, urls: z.array(z.string()) }),
  /** Stands in the answer where a sentence was left out. */
  z.object({
    type: z.literal("claim.withheld"),
    runId: RunId,
    claimed: Claimed,
    found: Found,
  }),
  /** The answer says what the mail says, and names no message for it. */
  z.object({ type: z.literal("citation.missing"), runId: RunId }),
  z.object({
    type: z.literal("step.started"),
    runId: RunId,
    stepId: z.string(),
    /** Absent for a call of a tool that there is not. */
    tool: ToolName.optional(),
    title: z.string(),
  }),
  z.object({
    type: z.literal("step.ended"),
    runId: RunId,
    stepId: z.string(),
    ok: z.boolean(),
    summary: z.string(),
    /** Lines to show when the step is opened. */
    details: z.array(z.string()),
    /** Scopes that it needed and did not have. */
    missing: z.array(z.string()).optional(),
    /** The deal room on whose tracker it proposed something. */
    board: RoomId.optional(),
  }),
  /** Of one run and thread, the last one counts. */
  z.object({ type: z.literal("terms.shown"), runId: RunId, terms: CurrentTerms }),
  z.object({ type: z.literal("draft.saved"), runId: RunId.optional(), draft: DraftView }),
  z.object({ type: z.literal("approval.changed"), approval: ApprovalView }),
  z.object({ type: z.literal("run.waiting"), runId: RunId, approvalIds: z.array(ApprovalId) }),
  z.object({ type: z.literal("run.resumed"), runId: RunId }),
  z.object({
    type: z.literal("run.ended"),
    runId: RunId,
    outcome: RunOutcome,
    problem: Problem.optional(),
  }),
]);
export type EventBody = z.infer<typeof EventBody>;

export const ConversationEvent = z.object({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  body: EventBody,
});
export type ConversationEvent = z.infer<typeof ConversationEvent>;
