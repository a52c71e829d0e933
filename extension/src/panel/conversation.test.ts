import { ConversationEvent, type EventBody } from "@vaultdesk/shared/event.ts";
import { describe, expect, test } from "vitest";
import type { z } from "zod";

import {
  advance,
  emptyConversation,
  replay,
  skip,
  withApproval,
  withDraft,
} from "./conversation.ts";
import { isThinking } from "./questions.ts";

const hex = "0123456789abcdef0123456789abcdef";
const run = `run_${hex}`;
const content = {
  from: "Maya Field <maya@northgate.example>",
  to: ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
  cc: [],
  bcc: [],
  subject: "Re: NDA",
  text: "Hi Ana,",
  attachments: [],
  threadId: "189af729deca2ec0",
};
const draft = { draftId: "r-1", messageId: "19d847db53731d30", content };
const sent = { state: "sent", messageId: "19d847db53731d31", threadId: "189af729deca2ec0" };
const approval = (state: string, last = "1") => ({
  id: `apr_${hex.slice(0, -1)}${last}`,
  conversationId: `con_${hex}`,
  state,
  code: "7F3K-Q0ZD",
  digest: "a".repeat(64),
  items: [{ draftId: "r-1", content, ...(state === "executed" ? { outcome: sent } : {}) }],
  requestedAt: "2026-11-23T14:00:00.000Z",
  expiresAt: "2026-11-23T14:05:00.000Z",
});

const shown = (runId: string, name: string) => ({
  type: "terms.shown",
  runId,
  terms: { threadId: "189af729deca2ec0", terms: [], leftOut: [name], notRead: 0 },
});

/** Events numbered from 1, parsed as the stream parses them. */
function events(
  ...bodies: z.input<typeof EventBody>[] | Record<string, unknown>[]
): ConversationEvent[] {
  return bodies.map((body, index) =>
    ConversationEvent.parse({ seq: index + 1, at: "2026-11-23T14:00:00.000Z", body }),
  );
}

const whole = events(
  { type: "run.started", runId: run, text: "What is open?", threadId: "189af729deca2ec0" },
  { type: "step.started", runId: run, stepId: "s1", tool: "read_email_thread", title: "Reading" },
  { type: "step.ended", runId: run, stepId: "s1", ok: true, summary: "Read 4", details: ["one"] },
  { type: "text.delta", runId: run, text: "Two " },
  { type: "text.delta", runId: run, text: "points." },
  { type: "draft.saved", runId: run, draft },
  { type: "approval.changed", approval: approval("waiting") },
  { type: "run.waiting", runId: run, approvalIds: [approval("waiting").id] },
  { type: "approval.changed", approval: approval("executed") },
  { type: "run.resumed", runId: run },
  { type: "text.delta", runId: run, text: "Sent." },
  { type: "run.ended", runId: run, outcome: "answered" },
);

describe("events become what the panel shows", () => {
  test("the items stand in order, deltas joined, a step and an approval in one place each", () => {
    expect(replay(whole).items.map((item) => item.kind)).toEqual([
      "user",
      "step",
      "answer",
      "draft",
      "approval",
      "answer",
    ]);
    expect(replay(whole).items[2]).toMatchObject({ text: "Two points." });
    expect(replay(whole).items[4]).toMatchObject({ approval: { state: "executed" } });
  });

  test("replaying from the start equals taking them one by one, at each length", () => {
    let state = emptyConversation;
    for (const [index, event] of whole.entries()) {
      state = advance(state, event);
      expect(replay(whole.slice(0, index + 1))).toEqual(state);
    }
  });

  test("an event that came before changes nothing, not even the identity", () => {
    const state = replay(whole);
    for (const event of whole) expect(advance(state, event)).toBe(state);
  });

  test("a table of terms that was mended in its run stands once, another run's stays", () => {
    const other = `run_${hex.slice(0, -1)}0`;
    const { items } = replay(
      events(shown(run, "Price"), shown(run, "Escrow"), shown(other, "Cap")),
    );
    expect(items).toMatchObject([
      { kind: "terms", terms: { leftOut: ["Escrow"] } },
      { kind: "terms", terms: { leftOut: ["Cap"] } },
    ]);
  });

  test("a missing event is a gap, and what follows waits until it came", () => {
    const [first, , third, ...rest] = whole;
    const state = [first, third, ...rest].reduce(
      (before, event) => (event === undefined ? before : advance(before, event)),
      emptyConversation,
    );
    expect(state).toMatchObject({ gap: true, lastSeq: 1 });
    expect(whole.reduce(advance, state)).toEqual(replay(whole));
  });

  test("an event of a newer server is counted and not shown", () => {
    const state = replay(whole.slice(0, 3));
    expect(skip(state, 4)).toEqual({ ...state, lastSeq: 4 });
    expect(skip(state, 9)).toBe(state);
  });
});

describe("a run's ends", () => {
  const started = whole.slice(0, 2);
  test("while nothing moves it is thinking, while a step runs it is not", () => {
    expect(isThinking(replay(whole.slice(0, 1)))).toBe(true);
    expect(isThinking(replay(started))).toBe(false);
    expect(isThinking(replay(whole.slice(0, 3)))).toBe(true);
    expect(isThinking(replay(whole.slice(0, 8)))).toBe(false);
  });
  test("a step that was cut stops running", () => {
    const [, , ended] = events(
      { type: "run.started", runId: run, text: "x" },
      { type: "step.started", runId: run, stepId: "s1", tool: "search_gmail", title: "Searching" },
      { type: "run.ended", runId: run, outcome: "cancelled" },
    );
    if (ended === undefined) throw new Error("three events were made");
    const state = advance(replay(started), ended);
    expect(state.run).toBeUndefined();
    expect(state.items[1]).toMatchObject({ kind: "step", state: "failed" });
    expect(state.items[2]).toMatchObject({ kind: "end", outcome: "cancelled" });
  });
});

describe("drafts and approvals", () => {
  const drafted = replay(whole.slice(0, 6));
  const parsed = whole[5]?.body;
  const asked = whole[6]?.body;
  if (parsed?.type !== "draft.saved" || asked?.type !== "approval.changed") {
    throw new Error("the baseline has a draft and an approval");
  }
  const saved = parsed.draft;
  const request = asked.approval;

  test("an edit leaves the card where it is", () => {
    const edited = withDraft(drafted, { ...saved, content: { ...saved.content, text: "New" } });
    expect(edited.items).toHaveLength(drafted.items.length);
    expect(edited.items[3]).toMatchObject({ draft: { content: { text: "New" } } });
  });
  test("the answer of a route and its event show one card", () => {
    const twice = withApproval(replay(whole.slice(0, 7)), { ...request, state: "approved" });
    expect(twice.items.filter((item) => item.kind === "approval")).toHaveLength(1);
  });
  test("a sentence that was left out has its note, and a step that begins again is one step", () => {
    const state = replay(
      events(
        { type: "run.started", runId: run, text: "x" },
        { type: "step.started", runId: run, stepId: "s1", tool: "search_gmail", title: "Search" },
        { type: "step.started", runId: run, stepId: "s1", tool: "search_gmail", title: "Search" },
        { type: "claim.withheld", runId: run, claimed: "sent", found: "nothing" },
      ),
    );
    expect(state.items.map((item) => item.kind)).toEqual(["user", "step", "note"]);
  });
  test("an answer that its end has overtaken changes nothing", () => {
    const ended = replay(whole);
    expect(withApproval(ended, request)).toBe(ended);
  });
});
