/**
 * Runs: one turn of the assistant from a question to an answer. A run goes on when the panel closes, waits for a phone without a thread
 * of execution, and ends with one event that says how. Holds the panel's token only while it runs or waits, in memory.
 */
import { randomBytes } from "node:crypto";

import {
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
} from "@langchain/core/messages";
import { type BaseCheckpointSaver, Command, isInterrupted } from "@langchain/langgraph";
import type { StartRun } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId, RunId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Proposed } from "../actions/propose.ts";
import type { Conversations } from "../conversations/record.ts";
import { factsOf, type Log } from "../observe/log.ts";
import { BudgetReached, createGraph, type GraphPorts } from "./graph.ts";
import { type Model, modelProblem } from "./model.ts";
import { systemPrompt } from "./prompt.ts";
import { approvalResult, proposeWrite } from "./proposals.ts";
import { titleOf, type ToolCall } from "./tool-definitions.ts";
import { runTool, type ToolOutcome } from "./tools.ts";
import { keep, pendingAnswered, restore } from "./transcript.ts";
import { createVoice, type Voice } from "./voice.ts";

/** The caller, as far as a run needs to know them. */
export interface Caller {
  sub: string;
  mail: Mailroom;
  propose(input: {
    conversationId: ConversationId;
    runId: RunId;
    draftId: string;
  }): Promise<Proposed>;
}

export interface Runs {
  start(
    caller: Caller,
    input: StartRun,
  ): Promise<{ conversationId: ConversationId; runId: RunId } | undefined>;
  /** Stops it at its next await. What waits for a phone goes on waiting. */
  cancel(sub: string, runId: string): Promise<boolean>;
  /** An approval ended: the run that waited for it goes on once all of its approvals have ended. */
  resume(approval: ApprovalView): void;
  /** After a crash: runs that were in the middle are ended in words; those that waited and may go on, do. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

interface Live {
  runId: RunId;
  sub: string;
  conversationId: ConversationId;
  caller: Caller;
  abort: AbortController;
  voice: Voice;
  /** What the tools met: shown as the action to take when the run ends. */
  problem: Problem | undefined;
  hadText: boolean;
}

type GraphInput = Parameters<ReturnType<typeof createGraph>["invoke"]>[0];

const BUDGET = { modelCalls: 12, toolCalls: 40 };
const WALL_MS = 180_000;
const HISTORY_RUNS = 8;
const HISTORY_CHARACTERS = 150_000;

export function createRuns(deps: {
  model: Model;
  conversations: Conversations;
  append(conversationId: ConversationId, sub: string, ...bodies: EventBody[]): Promise<void>;
  approvalsOf(runId: string): Promise<ApprovalView[]>;
  checkpointer(sub: string): Promise<BaseCheckpointSaver>;
  /** A caller without a token, for a run that goes on after a restart. */
  absent(sub: string): Caller;
  log: Log;
  now(): Date;
}): Runs {
  const { conversations } = deps;
  const live = new Map<RunId, Live>();
  const working = new Set<Promise<void>>();

  async function step(
    run: Live,
    call: ToolCall,
    work: () => Promise<ToolOutcome>,
  ): Promise<ToolOutcome> {
    const tool = ToolName.safeParse(call.name);
    const { runId } = run;
    if (tool.success) {
      run.voice.tell({
        type: "step.started",
        runId,
        stepId: call.id,
        tool: tool.data,
        title: titleOf(call),
      });
    }
    const outcome = await work();
    if (tool.success) {
      const { ok, summary, details } = outcome;
      run.voice.tell({ type: "step.ended", runId, stepId: call.id, ok, summary, details });
    }
    if (outcome.problem !== undefined) run.problem = outcome.problem;
    if (outcome.draft !== undefined) {
      await conversations.addDraft(run.sub, run.conversationId, outcome.draft.draftId);
      run.voice.tell({ type: "draft.saved", runId, draft: outcome.draft });
    }
    return outcome;
  }

  async function turn(run: Live, messages: BaseMessage[]): Promise<AIMessageChunk> {
    const { signal } = run.abort;
    run.hadText = false;
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await deps.model.stream(messages, signal)) {
      const text = chunk.text;
      if (text !== "") run.hadText = true;
      run.voice.text(text);
      whole = whole === undefined ? chunk : whole.concat(chunk);
    }
    signal.throwIfAborted();
    await run.voice.flush();
    if (whole === undefined || (whole.text === "" && calls(whole) === 0)) {
      throw new Error("the model answered with nothing");
    }
    return whole;
  }

  async function graphOf(run: Live) {
    const ports: GraphPorts = {
      turn: (messages) => turn(run, messages),
      tool: (call) => step(run, call, () => runTool(call, run.caller.mail, run.abort.signal)),
      propose: (call) => proposeWrite(call, run, (work) => step(run, call, work)),
      marker: randomBytes(8).toString("hex"),
      budget: BUDGET,
      checkpointer: await deps.checkpointer(run.sub),
    };
    return createGraph(ports);
  }

  async function history(sub: string, id: ConversationId): Promise<BaseMessage[]> {
    const texts = await conversations.transcripts(sub, id, HISTORY_RUNS);
    let left = HISTORY_CHARACTERS;
    const kept = texts.toReversed().filter((text) => (left -= text.length) >= 0);
    return kept.toReversed().flatMap((text) => restore(text));
  }

  async function drive(run: Live, input: GraphInput): Promise<void> {
    const { runId, sub, conversationId } = run;
    const wall = AbortSignal.timeout(WALL_MS);
    const stopAtWall = () => {
      run.abort.abort(new BudgetReached("time"));
    };
    wall.addEventListener("abort", stopAtWall);
    try {
      const graph = await graphOf(run);
      const config = {
        configurable: { thread_id: runId },
        recursionLimit: 60,
        signal: run.abort.signal,
      };
      const result = await graph.invoke(input, config);
      const asked = result.messages.findLastIndex((message) => message instanceof HumanMessage);
      const transcript = result.messages.slice(asked);
      if (isInterrupted(result)) {
        const ids = (await deps.approvalsOf(runId))
          .filter((a) => a.endedAt === undefined)
          .map((a) => a.id);
        await conversations.setRun(sub, runId, "waiting", keep(pendingAnswered(transcript)));
        run.voice.tell({ type: "run.waiting", runId, approvalIds: ids });
        await run.voice.flush();
        // The phone may have answered before the graph came to rest.
        await resumeIfEnded(run);
        return;
      }
      await conversations.setRun(sub, runId, "ended", keep(transcript));
      live.delete(runId);
      run.voice.tell({
        type: "run.ended",
        runId,
        outcome: "answered",
        ...(run.problem === undefined ? {} : { problem: run.problem }),
      });
      await run.voice.flush();
    } catch (error) {
      live.delete(runId);
      await run.voice.flush();
      await conversations.setRun(sub, runId, "ended");
      await deps.append(conversationId, sub, ended(run, error));
    } finally {
      wall.removeEventListener("abort", stopAtWall);
    }
  }

  function ended(run: Live, error: unknown): EventBody {
    const { runId } = run;
    const { signal } = run.abort;
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (reason instanceof BudgetReached) {
      return { type: "run.ended", runId, outcome: "budget", problem: problem("budget") };
    }
    if (signal.aborted) return { type: "run.ended", runId, outcome: "cancelled" };
    deps.log.warn("run: ended by an error", { runId, ...factsOf(error) });
    return {
      type: "run.ended",
      runId,
      outcome: "failed",
      problem: modelProblem(error, run.hadText),
    };
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        deps.log.error("run: could not be recorded", factsOf(error));
      })
      .finally(() => working.delete(tracked));
    working.add(tracked);
  }

  function open(runId: RunId, conversationId: ConversationId, caller: Caller): Live {
    const run: Live = {
      runId,
      sub: caller.sub,
      conversationId,
      caller,
      abort: new AbortController(),
      voice: createVoice(runId, (bodies) => deps.append(conversationId, caller.sub, ...bodies)),
      problem: undefined,
      hadText: false,
    };
    live.set(runId, run);
    return run;
  }

  async function resumeIfEnded(run: Live): Promise<void> {
    const approvals = await deps.approvalsOf(run.runId);
    if (approvals.length === 0 || approvals.some((approval) => approval.endedAt === undefined))
      return;
    // The end of an approval and the run coming to rest may both get here: one of them goes on.
    if (!(await conversations.claimRun(run.runId, "waiting", "running"))) return;
    run.voice.tell({ type: "run.resumed", runId: run.runId });
    const results = Object.fromEntries(
      approvals.map((a) => [a.id, JSON.stringify(approvalResult(a))]),
    );
    await drive(run, new Command({ resume: results }));
  }

  async function resumeRun(runId: RunId): Promise<void> {
    const state = await conversations.run(runId);
    if (state?.state !== "waiting") return;
    await resumeIfEnded(
      live.get(runId) ?? open(runId, state.conversationId, deps.absent(state.sub)),
    );
  }

  return {
    async start(caller, input) {
      const { sub } = caller;
      if (
        input.conversationId !== undefined &&
        !(await conversations.owns(sub, input.conversationId))
      ) {
        return undefined;
      }
      const conversationId =
        input.conversationId ??
        (await conversations.create(sub, input.text.slice(0, 80), input.threadId));
      const past = await history(sub, conversationId);
      const runId = await conversations.startRun(sub, conversationId, input);
      await deps.append(conversationId, sub, {
        type: "run.started",
        runId,
        text: input.text,
        ...(input.threadId === undefined ? {} : { threadId: input.threadId }),
      });
      const run = open(runId, conversationId, caller);
      const begin = async () => {
        const owner = await caller.mail.owner(run.abort.signal).catch(() => undefined);
        if (owner?.ok === false) run.problem = owner.problem;
        const system = systemPrompt({
          now: deps.now(),
          timeZone: input.timeZone,
          owner: owner?.ok === true ? owner.value : undefined,
          threadId: input.threadId,
          messageId: input.messageId,
        });
        await drive(run, {
          messages: [new SystemMessage(system), ...past, new HumanMessage(input.text)],
        });
      };
      track(begin());
      return { conversationId, runId };
    },

    async cancel(sub, runId) {
      if (!(await conversations.ownsRun(sub, runId))) return false;
      const run = [...live.values()].find((one) => one.runId === runId);
      if (run === undefined) return false;
      run.abort.abort(new Error("cancelled"));
      return true;
    },

    resume(approval) {
      const { runId } = approval;
      if (runId !== undefined) track(resumeRun(runId));
    },

    async recover() {
      for (const runId of await conversations.runsIn("running")) {
        const state = await conversations.run(runId);
        if (state === undefined) continue;
        await conversations.setRun(state.sub, runId, "ended");
        await deps.append(state.conversationId, state.sub, {
          type: "run.ended",
          runId,
          outcome: "failed",
          problem: problem("model_cut"),
        });
      }
      for (const runId of await conversations.runsIn("waiting")) track(resumeRun(runId));
    },

    async stop() {
      for (const run of live.values()) run.abort.abort(new Error("stopping"));
      await Promise.all(working);
    },
  };
}

function calls(chunk: AIMessageChunk): number {
  return (chunk.tool_calls ?? []).length + (chunk.invalid_tool_calls ?? []).length;
}
