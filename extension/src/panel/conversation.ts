/**
 * Events of one conversation -> what the panel shows. Pure: replaying from event 1 gives what came in one by one.
 * An event already seen changes nothing; a missing one is a `gap`, and nothing after it is taken until it came.
 */
import { type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import { UNCITED, withheldWords } from "@vaultdesk/shared/claim.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationEvent, EventBody } from "@vaultdesk/shared/event.ts";
import type { RunId } from "@vaultdesk/shared/id.ts";

import type { Item } from "./item.ts";
import { timed, type Timelines } from "./timeline.ts";

export interface Conversation {
  lastSeq: number;
  gap: boolean;
  items: readonly Item[];
  /** Addresses that stood in what was read: an answer links to no other. */
  links: readonly string[];
  /** What of each run took how long. */
  timelines: Timelines;
  /** The run that goes on, and whether it waits for a phone. */
  run: { id: RunId; waiting: boolean } | undefined;
}

export const emptyConversation: Conversation = {
  lastSeq: 0,
  gap: false,
  items: [],
  links: [],
  timelines: new Map(),
  run: undefined,
};

export function advance(state: Conversation, event: ConversationEvent): Conversation {
  if (event.seq <= state.lastSeq) return state;
  if (event.seq > state.lastSeq + 1) return state.gap ? state : { ...state, gap: true };
  const next = apply(state, event.body, event.seq);
  const timelines = timed(state.timelines, event);
  return { ...next, timelines, lastSeq: event.seq, gap: false };
}

/** An event that this panel can't read: its number is taken, nothing is shown. */
export function skip(state: Conversation, seq: number): Conversation {
  return seq === state.lastSeq + 1 ? { ...state, lastSeq: seq, gap: false } : state;
}

export function replay(events: readonly ConversationEvent[]): Conversation {
  return events.reduce(advance, emptyConversation);
}

/** A draft that the server answered directly, ahead of its event. */
export function withDraft(state: Conversation, draft: DraftView): Conversation {
  return { ...state, items: putDraft(state.items, draft, undefined) };
}

/** The same for an approval. An answer that was overtaken by the event of its end changes nothing: an end is final. */
export function withApproval(state: Conversation, approval: ApprovalView): Conversation {
  const held = state.items.find((item) => item.key === `approval:${approval.id}`);
  if (held?.kind === "approval" && !isOpen(held.approval.state)) return state;
  return { ...state, items: putApproval(state.items, approval) };
}

const BEGUN = { state: "running", summary: "", details: [], missing: [] } as const;

function apply(state: Conversation, body: EventBody, seq: number): Conversation {
  switch (body.type) {
    case "run.started": {
      const { runId, text, threadId } = body;
      const item: Item = { kind: "user", key: `user:${runId}`, runId, text, threadId };
      return { ...state, items: [...state.items, item], run: { id: runId, waiting: false } };
    }
    case "claim.withheld":
      return withNote(state, body.runId, seq, withheldWords(body.claimed, body.found));
    case "citation.missing":
      return withNote(state, body.runId, seq, UNCITED);
    case "text.delta":
      return { ...state, items: appendText(state.items, body.runId, body.text, seq) };
    case "links.known":
      return { ...state, links: [...new Set([...state.links, ...body.urls])] };
    case "step.started": {
      const { runId, stepId, tool, title } = body;
      const item: Item = { kind: "step", key: `step:${stepId}`, runId, tool, title, ...BEGUN };
      // A server that came back after a crash may begin the same step again.
      const others = state.items.filter((held) => held.key !== item.key);
      return { ...state, items: [...others, item] };
    }
    case "step.ended":
      return { ...state, items: endStep(state.items, body) };
    case "terms.shown": {
      const { runId, terms } = body;
      const item: Item = { kind: "terms", key: `terms:${runId}:${terms.threadId}`, runId, terms };
      // A table that was mended stands where the mended one ends.
      const others = state.items.filter((held) => held.key !== item.key);
      return { ...state, items: [...others, item] };
    }
    case "draft.saved":
      return { ...state, items: putDraft(state.items, body.draft, body.runId) };
    case "approval.changed":
      return { ...state, items: putApproval(state.items, body.approval) };
    case "run.waiting":
      return { ...state, run: { id: body.runId, waiting: true } };
    case "run.resumed":
      return { ...state, run: { id: body.runId, waiting: false } };
    case "run.ended":
      return endRun(state, body);
  }
}

function withNote(state: Conversation, runId: RunId, seq: number, text: string): Conversation {
  return { ...state, items: [...state.items, { kind: "note", key: `note:${seq}`, runId, text }] };
}

function appendText(items: readonly Item[], runId: RunId, text: string, seq: number): Item[] {
  const last = items.at(-1);
  if (last?.kind === "answer" && last.runId === runId) {
    return [...items.slice(0, -1), { ...last, text: last.text + text }];
  }
  return [...items, { kind: "answer", key: `answer:${seq}`, runId, text }];
}

function endStep(
  items: readonly Item[],
  ended: Extract<EventBody, { type: "step.ended" }>,
): Item[] {
  return items.map((item) =>
    item.kind === "step" && item.key === `step:${ended.stepId}`
      ? {
          ...item,
          state: ended.ok ? "ok" : "failed",
          summary: ended.summary,
          details: ended.details,
          missing: ended.missing ?? [],
          board: ended.board,
        }
      : item,
  );
}

/** One card a draft. A new run that writes it anew brings it to the end; an edit leaves it where it is. */
function putDraft(
  items: readonly Item[],
  draft: DraftView,
  runId: RunId | undefined,
): readonly Item[] {
  const key = `draft:${draft.draftId}`;
  const held = items.find((item) => item.key === key);
  if (held?.kind === "draft" && (runId === undefined || held.runId === runId)) {
    return items.map((item) => (item === held ? { ...held, draft } : item));
  }
  return [...items.filter((item) => item !== held), { kind: "draft", key, runId, draft }];
}

function putApproval(items: readonly Item[], approval: ApprovalView): readonly Item[] {
  const key = `approval:${approval.id}`;
  const item: Item = { kind: "approval", key, approval };
  return items.some((held) => held.key === key)
    ? items.map((held) => (held.key === key ? item : held))
    : [...items, item];
}

function endRun(
  state: Conversation,
  body: Extract<EventBody, { type: "run.ended" }>,
): Conversation {
  const { runId, outcome, problem } = body;
  const run = state.run?.id === runId ? undefined : state.run;
  // A step that was cut short does not go on running on the screen.
  const items = state.items.map((item): Item =>
    item.kind === "step" && item.runId === runId && item.state === "running"
      ? { ...item, state: "failed", summary: "Stopped." }
      : item,
  );
  if (outcome === "answered" && problem === undefined) return { ...state, run, items };
  const end: Item = {
    kind: "end",
    key: `end:${runId}`,
    runId,
    outcome: outcome === "answered" ? "failed" : outcome,
    problem,
  };
  return { ...state, run, items: [...items, end] };
}
