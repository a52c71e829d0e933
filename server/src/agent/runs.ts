/**
 * Runs: one turn of the assistant from a question to an answer. A run goes on when the panel closes, waits for a phone without a thread
 * of execution, and ends with one event that says how. A process that dies leaves its runs to the others, or to itself when it is back:
 * those that waited go on, those in the middle of an answer end in words. Holds no token: the caller's grant lives in memory only.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

import { type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { BaseCheckpointSaver } from "@langchain/langgraph";
import type { StartRun } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId, DraftId, RunId, ThreadId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Rewrite } from "../actions/edit-draft.ts";
import type { SavedDraft } from "../actions/mailroom.ts";
import type { By, Proposed } from "../actions/propose.ts";
import type { Redrafted } from "../actions/redraft.ts";
import type { Provenance } from "../actions/standing.ts";
import type { Wish } from "../actions/wish.ts";
import type { Conversations } from "../conversations/record.ts";
import type { RunRecord, RunRow } from "../conversations/runs-record.ts";
import { factsOf, type Log } from "../observe/log.ts";
import { firstToken } from "../observe/metrics.ts";
import { carried } from "../observe/request.ts";
import { observed, type Work } from "../observe/work.ts";
import { type Budget, BudgetReached, MODEL_CALLS, TOOL_CALLS, WALL_MS } from "./budget.ts";
import { askCitations, type Cited } from "./cite.ts";
import { compact } from "./compact.ts";
import type { createGraph, Facts, GraphPorts } from "./graph.ts";
import { modelProblem } from "./model-failure.ts";
import { ANSWER_TOKENS, type Model } from "./model-port.ts";
import { localTime, systemPrompt } from "./prompt.ts";
import { approvalResult, proposeWrite } from "./proposals.ts";
import { createStarts } from "./starts.ts";
import { tokensOf } from "./tokens.ts";
import { TOOL_DEFINITIONS, type ToolCall, toolOf, unknownTool } from "./tools/all.ts";
import { refused, type ToolOutcome } from "./tools/outcome.ts";
import type { Room, Trackers } from "./tools/tool.ts";
import { keep, pendingAnswered, restore } from "./transcript.ts";
import { createTruth } from "./truth.ts";
import { takeTurn, type Turn } from "./turn.ts";
import { createVoice, type Voice } from "./voice.ts";

/** The caller, as far as a run needs to know them. */
export interface Caller extends Pick<Room, "mail" | "diary" | "files" | "settings"> {
  sub: string;
  /** The same mailbox; `heard` is told of each message that is read in it, by its RFC Message-ID. */
  hearing(heard: (messageId: string) => void): Pick<Room, "mail" | "files">;
  /** One approval for all that is wished. The same call of a run is proposed once. */
  propose(input: {
    conversationId: ConversationId;
    runId: RunId;
    callId: string;
    wish: Wish;
    by: By;
  }): Promise<Proposed>;
  redraft(
    wanted: {
      conversationId: ConversationId;
      draftId: DraftId;
      version: string;
      change: Rewrite;
      provenance: Provenance;
    },
    signal: AbortSignal,
  ): Promise<Redrafted<SavedDraft>>;
}

/** Deal rooms, as far as a run needs to know them. */
export interface RunRooms {
  /** The conversation is in the rooms of the open thread from now on. The problem where that can't be known: then nothing is asked of a model. */
  enter(
    caller: Caller,
    conversationId: ConversationId,
    threadId: ThreadId,
    signal: AbortSignal,
  ): Promise<Problem | undefined>;
  /** The tools that the person's role leaves, as of now; `undefined` for all. */
  toolsIn(sub: string, conversationId: ConversationId): Promise<readonly ToolName[] | undefined>;
  /** A model called a tool that the role lacks, and nothing came of it: for the record. */
  lacked(sub: string, conversationId: ConversationId, tool: ToolName): Promise<void>;
  trackers(sub: string, conversationId: ConversationId): Trackers;
}

export interface Runs {
  start(
    caller: Caller,
    input: StartRun,
  ): Promise<{ conversationId: ConversationId; runId: RunId } | undefined>;
  /** Stops it at its next await, in whichever process it runs. What waits for a phone goes on waiting. */
  cancel(sub: string, runId: string): Promise<boolean>;
  /** An approval ended: the run that waited for it goes on once all of its approvals have ended. */
  resume(approval: ApprovalView): void;
  /** Keeps the leases of the runs here, and takes over those of processes that died, now and from time to time. */
  watch(): void;
  /** No run is taken on any more; ends when those that are here have come to rest. */
  rest(): Promise<void>;
  /** What has not come to rest is left where it is, for another process to take at once. */
  stop(): Promise<void>;
}

interface Live {
  row: RunRow;
  runId: RunId;
  sub: string;
  conversationId: ConversationId;
  caller: Caller;
  abort: AbortController;
  /** Aborted when this process is done with it. */
  done: AbortController;
  voice: Voice;
  /** Message-IDs of what was read and is not yet kept with the conversation. */
  heard: Set<string>;
  /** What the tools met: shown as the action to take when the run ends. */
  problem: Problem | undefined;
  hadText: boolean;
  /** When it was asked, until its first word: of the process's clock, milliseconds. */
  askedAt: number | undefined;
}

/** This process leaves: the run is not over, another takes it. */
class Leaving extends Error {
  override readonly name = "Leaving";
}

type Ended = Extract<EventBody, { type: "run.ended" }>;
interface Opening {
  messages: BaseMessage[];
  timeZone: string;
}
type GraphInput = Parameters<ReturnType<typeof createGraph>["invoke"]>[0];

/** LangGraph comes with the first run: a server that starts, or only waits for phones, does without its time and memory. */
const langgraph = () => import("@langchain/langgraph");

/** Before its first write a run is not taken up again (`recover`): no step of it is kept before it gets there, or ends. */
const UNTIL_WRITE = { durability: "exit", interruptBefore: ["propose"] } as const;

const HISTORY_RUNS = 60;
/** Turns that a later question gets whole, and the tokens of all of them; less where the model's window is small. */
const HISTORY = { whole: 3, tokens: 27_000 };
/** The tools are described with each call. */
const TOOLS_TOKENS = tokensOf(JSON.stringify(TOOL_DEFINITIONS));

/** A window's shares: a quarter of it for earlier turns, and at most a third for one result. */
function budgetOf({ contextTokens, runTokens }: Model["limits"]): Budget {
  const room = contextTokens - ANSWER_TOKENS - TOOLS_TOKENS;
  return {
    modelCalls: MODEL_CALLS,
    toolCalls: TOOL_CALLS,
    tokens: runTokens,
    room,
    result: Math.floor(room / 3),
  };
}

export function createRuns(deps: {
  model: Model;
  conversations: Conversations;
  record: RunRecord;
  /** Told when the person stops this run, in whichever process they did. */
  onCancel(runId: RunId, heard: () => void, signal: AbortSignal): void;
  leaseMs: number;
  append(conversationId: ConversationId, sub: string, ...bodies: EventBody[]): Promise<void>;
  approvalsOf(runId: string): Promise<ApprovalView[]>;
  approvalsIn(conversationId: string): Promise<ApprovalView[]>;
  checkpointer(sub: string): Promise<BaseCheckpointSaver>;
  rooms: RunRooms;
  /** The person as their newest panel here knows them, with or without a token: for a run that goes on. */
  callerOf(sub: string): Caller;
  log: Log;
  now(): Date;
}): Runs {
  const { conversations, record } = deps;
  const budget = budgetOf(deps.model.limits);
  // A run that proposes wakes the watcher, and the watcher ends the approval: in the first run's context LangGraph would take the run that
  // goes on for a part of that one, and do nothing.
  const outside = AsyncLocalStorage.snapshot();
  const starts = createStarts(() => performance.now());
  const live = new Map<RunId, Live>();
  const working = new Set<Promise<void>>();

  async function step(
    run: Live,
    call: ToolCall,
    work: () => Promise<ToolOutcome>,
  ): Promise<ToolOutcome> {
    const tool = toolOf(call.name);
    const { runId } = run;
    const title = tool?.title ?? "A tool that there is not";
    const named = tool === undefined ? {} : { tool: tool.name };
    run.voice.tell({ type: "step.started", runId, stepId: call.id, ...named, title });
    const seen = { tool: tool?.name ?? "none", result: "broke" } as const;
    const outcome = await observed("tool", seen, async (learn) => {
      const done = await work();
      // Before anything of it is shown or said: a wall that is set meanwhile closes it.
      await conversations.holds(run.conversationId, [...run.heard]);
      run.heard.clear();
      learn({ result: done.ok ? "ok" : "refused" });
      return done;
    }).catch((error: unknown) => {
      run.abort.signal.throwIfAborted();
      // A tool that breaks is our mistake, not the model's: it is told, and the answer goes on.
      deps.log.error("run: a tool broke", { runId, tool: tool?.name ?? "none", ...factsOf(error) });
      return refused(problem("internal"));
    });
    const { ok, summary, details, board } = outcome;
    const missing = outcome.problem?.scopes;
    run.voice.tell({
      type: "step.ended",
      runId,
      stepId: call.id,
      ok,
      summary,
      details,
      ...(missing === undefined ? {} : { missing }),
      ...(board === undefined ? {} : { board }),
    });
    if (outcome.problem !== undefined) run.problem = outcome.problem;
    if (outcome.terms !== undefined) {
      run.voice.tell({ type: "terms.shown", runId, terms: outcome.terms });
    }
    if (outcome.draft !== undefined) {
      const { draftId } = outcome.draft;
      await conversations.addDraft(run.sub, run.conversationId, draftId, outcome.dossier);
      run.voice.tell({ type: "draft.saved", runId, draft: outcome.draft });
    }
    return outcome;
  }

  async function turn(
    run: Live,
    asked: BaseMessage[],
    known: readonly BaseMessage[],
  ): Promise<Turn> {
    const { signal } = run.abort;
    run.hadText = false;
    const truth = createTruth(
      run.runId,
      run.voice,
      {
        ofRun: () => deps.approvalsOf(run.runId),
        ofConversation: () => deps.approvalsIn(run.conversationId),
      },
      known,
    );
    const hadText = () => {
      run.hadText = true;
      if (run.askedAt !== undefined) firstToken((performance.now() - run.askedAt) / 1000);
      run.askedAt = undefined;
    };
    const tools = await toolsOf(run);
    const taken = await observed("model", { result: "broke" }, async (learn) => {
      const said = await takeTurn(deps.model, asked, { truth, hadText, tools, signal });
      learn({ result: "ok" });
      return said;
    });
    await run.voice.flush();
    return taken;
  }

  async function cite(
    run: Live,
    asked: BaseMessage[] | undefined,
    known: readonly BaseMessage[],
  ): Promise<Cited> {
    const { signal } = run.abort;
    let cited: Cited = { marks: "", tokens: 0 };
    try {
      if (asked !== undefined) {
        cited = await askCitations(deps.model, asked, known, await toolsOf(run), signal);
      }
    } catch (error) {
      signal.throwIfAborted();
      // The answer stands as it is: it is only said that nothing is cited for it.
      deps.log.warn("run: no citations came", { runId: run.runId, ...factsOf(error) });
    }
    if (cited.marks === "") run.voice.tell({ type: "citation.missing", runId: run.runId });
    else run.voice.text(cited.marks);
    await run.voice.flush();
    return cited;
  }

  function roomOf({ caller, conversationId }: Live, facts: Facts): Room {
    const { provenance } = facts;
    const trackers = deps.rooms.trackers(caller.sub, conversationId);
    return {
      ...caller,
      ...facts,
      trackers,
      now: deps.now(),
      redraft: (wanted, signal) =>
        caller.redraft({ ...wanted, conversationId, provenance }, signal),
    };
  }

  /** What the person's role leaves. Of what is no longer theirs, by a removal or at a wall, nothing goes to a model. */
  async function toolsOf({ sub, conversationId, abort }: Live) {
    if (!(await conversations.owns(sub, conversationId))) abort.abort(new Error("closed"));
    abort.signal.throwIfAborted();
    return deps.rooms.toolsIn(sub, conversationId);
  }

  /** The same, at a call: one that the role does not leave gets its row. */
  async function toolsAt(run: Live, { name }: ToolCall) {
    const tools = await toolsOf(run);
    const there = toolOf(name)?.name;
    if (there !== undefined && tools?.includes(there) === false) {
      await deps.rooms.lacked(run.sub, run.conversationId, there);
    }
    return tools;
  }

  async function read(run: Live, call: ToolCall, facts: Facts): Promise<ToolOutcome> {
    const tools = await toolsAt(run, call);
    const tool = toolOf(call.name, tools);
    return tool?.kind === "read"
      ? tool.run(call.args, roomOf(run, facts), run.abort.signal)
      : unknownTool(call.name, tools);
  }

  async function graphOf(run: Live) {
    const ports: GraphPorts = {
      turn: (asked, known) => turn(run, asked, known),
      cite: (asked, known) => cite(run, asked, known),
      tool: (call, facts) => step(run, call, () => read(run, call, facts)),
      propose: async (call, facts) => {
        const asking = { ...run, asked: facts.asked, tools: await toolsAt(run, call) };
        return proposeWrite(call, roomOf(run, facts), asking, (work) => step(run, call, work));
      },
      marker: randomBytes(8).toString("hex"),
      budget,
      checkpointer: await deps.checkpointer(run.sub),
    };
    const { createGraph: compiled } = await import("./graph.ts");
    return compiled(ports);
  }

  async function history(sub: string, id: ConversationId): Promise<BaseMessage[]> {
    const texts = await conversations.transcripts(sub, id, HISTORY_RUNS);
    return compact(texts.map(restore), {
      whole: HISTORY.whole,
      tokens: Math.min(HISTORY.tokens, Math.floor(budget.room / 4)),
    });
  }

  /** What the model is asked first, or how the run ends without asking it. */
  async function opening(run: Live, input: StartRun): Promise<Opening | Ended> {
    const { runId, sub, caller, conversationId } = run;
    const { signal } = run.abort;
    const [past, refusal, owner, zone, settings] = await Promise.all([
      history(sub, conversationId),
      input.threadId === undefined
        ? undefined
        : deps.rooms.enter(caller, conversationId, input.threadId, signal),
      caller.mail.owner(signal).catch(() => undefined),
      caller.diary.zone(signal).catch(() => undefined),
      caller.settings?.().catch(() => undefined),
    ]);
    if (refusal !== undefined) {
      return { type: "run.ended", runId, outcome: "failed", problem: refusal };
    }
    if (owner?.ok === false) run.problem = owner.problem;
    const { timeZone } = localTime(deps.now(), zone ?? input.timeZone);
    const system = systemPrompt({
      now: deps.now(),
      timeZone,
      owner: owner?.ok === true ? owner.value : undefined,
      threadId: input.threadId,
      messageId: input.messageId,
      voice: settings?.voice === true,
    });
    return {
      messages: [new SystemMessage(system), ...past, new HumanMessage(input.text)],
      timeZone,
    };
  }

  async function begin(run: Live, input: StartRun): Promise<void> {
    await starts.answer();
    const came = await opening(run, input).catch((error: unknown) => {
      if (run.abort.signal.reason instanceof Leaving) throw error;
      return ended(run, error);
    });
    if ("messages" in came) {
      await drive(run, came);
      return;
    }
    await record.rest(run.row, "ended", came);
    close(run);
  }

  async function drive(run: Live, input: GraphInput): Promise<void> {
    const { row, runId } = run;
    const outcome = await observed("run", { run: runId, outcome: "broke" }, async (learn) => {
      const came = await driven(run, input);
      learn({ outcome: came });
      return came;
    });
    // The phone may have answered before the graph came to rest.
    if (outcome === "waiting") await resumeIfEnded(row);
  }

  async function driven(run: Live, input: GraphInput): Promise<Work["run"]["outcome"]> {
    const { row, runId } = run;
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
      const here = carried();
      const invoke = (given: GraphInput, how: object = {}) =>
        outside(() => here(() => graph.invoke(given, { ...config, ...how })));
      const fresh = input !== null && "messages" in input;
      const { INTERRUPT, isInterrupted } = await langgraph();
      const came = await invoke(input, fresh ? UNTIL_WRITE : {});
      const atWrite = isInterrupted(came) && came[INTERRUPT].length === 0;
      const result = atWrite ? await invoke(null) : came;
      const asked = result.messages.findLastIndex((message) => message instanceof HumanMessage);
      const transcript = result.messages.slice(asked);
      await run.voice.flush();
      if (isInterrupted(result)) {
        const approvals = await deps.approvalsOf(runId);
        const approvalIds = approvals.filter((a) => a.endedAt === undefined).map((a) => a.id);
        const told: EventBody = { type: "run.waiting", runId, approvalIds };
        await record.rest(row, "waiting", told, keep(pendingAnswered(transcript)));
        return "waiting";
      }
      const { problem: met } = run;
      const told: Ended = {
        type: "run.ended",
        runId,
        outcome: "answered",
        ...(met === undefined ? {} : { problem: met }),
      };
      await record.rest(row, "ended", told, keep(transcript));
      await forget(run);
      return told.outcome;
    } catch (error) {
      await run.voice.flush();
      if (run.abort.signal.reason instanceof Leaving) return "left";
      const told = ended(run, error);
      await record.rest(row, "ended", told);
      await forget(run);
      return told.outcome;
    } finally {
      wall.removeEventListener("abort", stopAtWall);
      close(run);
    }
  }

  /** An ended run is never resumed; its checkpoints hold samples of the person's own mail, which its transcript does not. */
  async function forget({ sub, runId }: Live): Promise<void> {
    try {
      await (await deps.checkpointer(sub)).deleteThread(runId);
    } catch (error) {
      deps.log.error("run: its checkpoints could not be deleted", { runId, ...factsOf(error) });
    }
  }

  function ended(run: Live, error: unknown): Ended {
    const { runId } = run;
    const { signal } = run.abort;
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (reason instanceof BudgetReached) {
      return { type: "run.ended", runId, outcome: "budget", problem: reason.problem };
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

  function open(row: RunRow, caller: Caller): Live {
    const { id: runId, sub, conversationId } = row;
    const heard = new Set<string>();
    const run: Live = {
      row,
      runId,
      sub,
      conversationId,
      caller: { ...caller, ...caller.hearing((messageId) => heard.add(messageId)) },
      heard,
      abort: new AbortController(),
      done: new AbortController(),
      voice: createVoice(runId, (bodies) => deps.append(conversationId, sub, ...bodies)),
      problem: undefined,
      hadText: false,
      askedAt: undefined,
    };
    live.set(runId, run);
    const stop = () => {
      run.abort.abort(new Error("cancelled"));
    };
    deps.onCancel(runId, stop, run.done.signal);
    return run;
  }

  function close(run: Live): void {
    run.done.abort();
    if (live.get(run.runId) === run) live.delete(run.runId);
  }

  async function resumeIfEnded(row: RunRow): Promise<void> {
    const approvals = await deps.approvalsOf(row.id);
    if (approvals.some((approval) => approval.endedAt === undefined)) return;
    // The end of an approval, the run coming to rest and another process may all get here: one of them goes on.
    if (!(await record.claim(row, "running", { type: "run.resumed", runId: row.id }))) return;
    const results = Object.fromEntries(
      approvals.map((a) => [a.id, JSON.stringify(approvalResult(a))]),
    );
    const { Command } = await langgraph();
    await drive(open(row, deps.callerOf(row.sub)), new Command({ resume: results }));
  }

  async function resumeRun(runId: RunId): Promise<void> {
    const row = await record.find(runId);
    if (row !== undefined) await resumeIfEnded(row);
  }

  /** A run whose process died: what only waits, or had only to ask the phone, goes on; a half answer is not said twice. */
  async function recover(row: RunRow): Promise<void> {
    const run = open(row, deps.callerOf(row.sub));
    try {
      const graph = await graphOf(run);
      const { next } = await graph.getState({ configurable: { thread_id: row.id } });
      if (next.some((node) => ["propose", "wait"].includes(node))) {
        await drive(run, null);
        return;
      }
      await record.rest(row, "ended", {
        type: "run.ended",
        runId: row.id,
        outcome: "failed",
        problem: problem("interrupted"),
      });
    } finally {
      // One that can't be read now is let go: its lease ends, and it is tried again.
      close(run);
    }
  }

  async function sweep(): Promise<void> {
    await record.keep([...live.keys()]);
    if (leaving) return;
    for (const row of await record.takeStranded()) {
      if (!live.has(row.id)) track(recover(row));
    }
    for (const row of await record.ready()) track(resumeIfEnded(row));
  }

  let timer: NodeJS.Timeout | undefined;
  let leaving = false;
  const stopped = new AbortController();

  async function tick(): Promise<void> {
    try {
      await sweep();
    } catch (error) {
      deps.log.error("run: the leases could not be kept", factsOf(error));
    }
    if (!stopped.signal.aborted) timer = setTimeout(() => track(tick()), deps.leaseMs / 3);
  }

  return {
    async start(caller, input) {
      const { sub } = caller;
      await starts.question();
      if (
        input.conversationId !== undefined &&
        !(await conversations.owns(sub, input.conversationId))
      ) {
        return undefined;
      }
      const conversationId =
        input.conversationId ??
        (await conversations.create(sub, input.text.slice(0, 80), input.threadId));
      const row = await record.start(sub, conversationId, input, (runId) => ({
        type: "run.started",
        runId,
        text: input.text,
        ...(input.threadId === undefined ? {} : { threadId: input.threadId }),
      }));
      const run = open(row, caller);
      run.askedAt = performance.now();
      track(begin(run, input));
      return { conversationId, runId: row.id };
    },

    cancel: (sub, runId) => record.stop(sub, runId),

    resume(approval) {
      const { runId } = approval;
      // One that leaves would only begin what another has to end.
      if (runId !== undefined && !leaving) track(resumeRun(runId));
    },

    watch() {
      const look = () => {
        track(sweep());
      };
      record.onReleased(look, stopped.signal);
      track(tick());
    },

    async rest() {
      leaving = true;
      await Promise.all(working);
    },

    async stop() {
      leaving = true;
      stopped.abort();
      clearTimeout(timer);
      const left = [...live.values()];
      for (const run of left) run.abort.abort(new Leaving("this process leaves"));
      await Promise.all(working);
      await record.release(left.map(({ runId }) => runId));
    },
  };
}
