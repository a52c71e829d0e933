import { ConversationEvent } from "@vaultdesk/shared/event.ts";
import { RunId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { howDone, timed, type Timelines } from "./timeline.ts";

const runId = RunId.parse("run_0123456789abcdef0123456789abcdef");

/** Events at these milliseconds. */
function after(...rows: (readonly [ms: number, body: Record<string, unknown>])[]) {
  const events = rows.map(([ms, body], index) =>
    ConversationEvent.parse({
      seq: index + 1,
      at: new Date(ms).toISOString(),
      body: { runId, ...body },
    }),
  );
  const timelines = events.reduce<Timelines>(timed, new Map());
  return howDone(timelines.get(runId) ?? []);
}

const started = { type: "run.started", text: "Send it" };
const step = (stepId: string) => ({ type: "step.started", stepId, title: `Step ${stepId}` });
const stepEnded = (stepId: string, ok = true) => ({
  type: "step.ended",
  stepId,
  ok,
  summary: "",
  details: [],
});
const waiting = { type: "run.waiting", approvalIds: [] };
const ended = { type: "run.ended", outcome: "answered" };
const brief = ({ rows }: ReturnType<typeof howDone>) =>
  rows.map(({ what, title, ms }) => [what, title, ms]);

test("the model, its tools and the phone each have their time; the wait is no work", () => {
  const done = after(
    [0, started],
    [400, step("a")],
    [600, stepEnded("a")],
    [1000, waiting],
    [41_000, { type: "run.resumed" }],
    [42_000, ended],
  );
  expect(brief(done)).toEqual([
    ["model", "", 400],
    ["tool", "Step a", 200],
    ["model", "", 400],
    ["phone", "", 40_000],
    ["model", "", 1000],
  ]);
  expect(done).toMatchObject({ workedMs: 2000, waitedMs: 40_000 });
  expect(done.rows.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.2],
    [0.2, 0.1],
    [0.3, 0.2],
    [0.5, 0],
    [0.5, 0.5],
  ]);
});

test("steps side by side overlap, and the model goes on when the last has ended", () => {
  const done = after(
    [0, started],
    [100, step("a")],
    [100, step("b")],
    [200, stepEnded("a", false)],
    [500, stepEnded("b")],
    [1000, ended],
  );
  expect(brief(done)).toEqual([
    ["model", "", 100],
    ["tool", "Step a", 100],
    ["tool", "Step b", 400],
    ["model", "", 500],
  ]);
  expect(done.rows[1]?.ok).toBe(false);
});

test("a step that was begun twice counts once, and what goes on yet is not told", () => {
  const done = after([0, started], [100, step("a")], [5000, step("a")], [5300, stepEnded("a")]);
  expect(brief(done)).toEqual([
    ["model", "", 100],
    ["tool", "Step a", 300],
  ]);
});

test("of a run that is not known nothing is told", () => {
  expect(howDone([])).toEqual({ rows: [], workedMs: 0, waitedMs: 0 });
});
