/**
 * START -> model -> read tools in parallel -> propose writes -> wait (one interrupt for the step) -> model -> ... -> END. An answer about
 * mail that cites none of it is asked for its citations once.
 * `wait` does nothing but wait: what stands before an interrupt runs again on resume. Sending is outside the graph.
 */
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import {
  Annotation,
  type BaseCheckpointSaver,
  END,
  interrupt,
  MessagesAnnotation,
  START,
  StateGraph,
} from "@langchain/langgraph";
import type { ApprovalId } from "@vaultdesk/shared/id.ts";
import pMap from "p-map";

import type { Verb } from "../actions/policy.ts";
import type { Provenance } from "../actions/standing.ts";
import { askedFor } from "./asked.ts";
import { type Budget, BudgetReached } from "./budget.ts";
import type { Cited } from "./cite.ts";
import { bounded, fitted } from "./compact.ts";
import { fence } from "./prompt.ts";
import { tokensIn } from "./tokens.ts";
import { type ToolCall, toolOf } from "./tools/all.ts";
import type { ToolOutcome } from "./tools/outcome.ts";
import { provenanceIn, type Seen, seenIn } from "./tools/provenance.ts";
import { callIdsIn, callsOf } from "./turn-calls.ts";
import type { Turn } from "./turn.ts";
import { lacksCitation } from "./uncited.ts";

/** Tools of one step that work side by side. */
const AT_ONCE = 8;

/** What a write became: an approval that waits, or the result that the model gets at once. */
export type ProposedWrite = { approvalId: ApprovalId } | { result: ToolOutcome };

/** What a tool call is judged and read by. */
export interface Facts {
  timeZone: string;
  seen: Seen;
  /** By whom the conversation names what it names, and what was read in it. */
  provenance: Provenance;
  /** What the user's words of this turn ask for. */
  asked: (verb: Verb) => boolean;
}

export interface GraphPorts {
  /** Streams one model turn; text has been shown as it came. */
  turn(asked: BaseMessage[], known: readonly BaseMessage[]): Promise<Turn>;
  /** Sources for an answer that names none; `asked` is undefined where the budget is spent. */
  cite(asked: BaseMessage[] | undefined, known: readonly BaseMessage[]): Promise<Cited>;
  tool(call: ToolCall, facts: Facts): Promise<ToolOutcome>;
  propose(call: ToolCall, facts: Facts): Promise<ProposedWrite>;
  /** Random, for this run's fence. */
  marker: string;
  budget: Budget;
  checkpointer: BaseCheckpointSaver;
}

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  modelCalls: Annotation<number>({ reducer: (a, b) => a + b, default: () => 0 }),
  toolCalls: Annotation<number>({ reducer: (a, b) => a + b, default: () => 0 }),
  tokens: Annotation<number>({ reducer: (a, b) => a + b, default: () => 0 }),
  /** The user's zone, which outlives the process that began the run. */
  timeZone: Annotation<string>({ reducer: (_, b) => b, default: () => "UTC" }),
  /** Tool call id -> approval id, for the writes of the last step. */
  waiting: Annotation<Record<string, string>>({ reducer: (_, b) => b, default: () => ({}) }),
});

type Values = typeof State.State;

function lastCalls(state: Values): ToolCall[] {
  const last = state.messages.at(-1);
  const messages =
    last instanceof AIMessage ? [last] : state.messages.filter((m) => m instanceof AIMessage);
  const ai = messages.at(-1);
  if (ai === undefined) return [];
  return (ai.tool_calls ?? []).map((call, index) => ({
    id: call.id ?? `call-${index}`,
    name: call.name,
    args: call.args,
  }));
}

function resultOf(
  call: ToolCall,
  outcome: ToolOutcome,
  { marker, budget }: Pick<GraphPorts, "marker" | "budget">,
): ToolMessage {
  const json = JSON.stringify(outcome.json);
  const message = new ToolMessage({
    tool_call_id: call.id,
    name: call.name,
    status: outcome.ok ? "success" : "error",
    content: outcome.untrusted ? fence(json, marker) : json,
  });
  return bounded(message, budget.result);
}

function factsOf({ messages, timeZone }: Values): Facts {
  return {
    timeZone,
    seen: seenIn(messages),
    provenance: provenanceIn(messages),
    asked: askedFor(messages),
  };
}

/** What the model may be asked next, or the limit that is reached. */
function affordable(
  { messages, modelCalls, tokens }: Values,
  budget: Budget,
): BaseMessage[] | "model calls" | "room" | "tokens" {
  if (modelCalls >= budget.modelCalls) return "model calls";
  const asked = fitted(messages, budget.room);
  if (asked === undefined) return "room";
  return tokens + tokensIn(asked) > budget.tokens ? "tokens" : asked;
}

const isWrite = (call: ToolCall) => toolOf(call.name)?.kind === "write";

export function createGraph(ports: GraphPorts) {
  return new StateGraph(State)
    .addNode("model", async (state) => {
      const { budget } = ports;
      const asked = affordable(state, budget);
      if (typeof asked === "string") throw new BudgetReached(asked);
      const { said, tokens } = await ports.turn(asked, state.messages);
      const calls = callsOf(said, callIdsIn(state.messages));
      if (state.toolCalls + calls.length > budget.toolCalls) throw new BudgetReached("tool calls");
      // Bedrock refuses a text of spaces alone.
      const content = said.text.trim() === "" ? "" : said.content;
      const message = new AIMessage({ content, tool_calls: calls });
      return { messages: [message], modelCalls: 1, toolCalls: calls.length, tokens };
    })
    .addNode("read", async (state) => {
      const calls = lastCalls(state).filter((call) => !isWrite(call));
      const facts = factsOf(state);
      const messages = await pMap(
        calls,
        async (call) => resultOf(call, await ports.tool(call, facts), ports),
        { concurrency: AT_ONCE },
      );
      return { messages };
    })
    .addNode("propose", async (state) => {
      const waiting: Record<string, string> = {};
      const messages: ToolMessage[] = [];
      const facts = factsOf(state);
      for (const call of lastCalls(state).filter(isWrite)) {
        const proposed = await ports.propose(call, facts);
        if ("approvalId" in proposed) waiting[call.id] = proposed.approvalId;
        else messages.push(resultOf(call, proposed.result, ports));
      }
      return { messages, waiting };
    })
    .addNode("wait", (state) => {
      const results = interrupt<string[], Record<string, string>>(Object.values(state.waiting));
      return {
        messages: Object.entries(state.waiting).map(
          ([callId, approvalId]) =>
            new ToolMessage({
              tool_call_id: callId,
              content: results[approvalId] ?? JSON.stringify({ outcome: "unknown" }),
            }),
        ),
        waiting: {},
      };
    })
    .addNode("cite", async (state) => {
      const asked = affordable(state, ports.budget);
      const { marks, tokens } = await ports.cite(
        typeof asked === "string" ? undefined : asked,
        state.messages,
      );
      const answer = state.messages.at(-1);
      if (answer?.id === undefined || marks === "") return { modelCalls: 1, tokens };
      const cited = new AIMessage({ id: answer.id, content: `${answer.text}${marks}` });
      return { messages: [cited], modelCalls: 1, tokens };
    })
    .addEdge(START, "model")
    .addConditionalEdges(
      "model",
      (state) => {
        const calls = lastCalls(state);
        if (calls.length === 0) {
          return lacksCitation(state.messages, factsOf(state).seen) ? "cite" : END;
        }
        return calls.some((call) => !isWrite(call)) ? "read" : "propose";
      },
      ["read", "propose", "cite", END],
    )
    .addEdge("cite", END)
    .addConditionalEdges(
      "read",
      (state) => (lastCalls(state).some(isWrite) ? "propose" : "model"),
      ["propose", "model"],
    )
    .addConditionalEdges(
      "propose",
      (state) => (Object.keys(state.waiting).length > 0 ? "wait" : "model"),
      ["wait", "model"],
    )
    .addEdge("wait", "model")
    .compile({ checkpointer: ports.checkpointer });
}
