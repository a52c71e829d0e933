/** What one run may take before it is ended in words, and those words. */
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

export interface Budget {
  modelCalls: number;
  toolCalls: number;
  /** In and out, of all calls of the model. */
  tokens: number;
  /** Of the messages of one call: the model's window, less its answer and the descriptions of the tools. */
  room: number;
  /** Of one tool's result. */
  result: number;
}

export const MODEL_CALLS = 12;
export const TOOL_CALLS = 40;
export const WALL_MS = 180_000;

type Limit = "model calls" | "tool calls" | "tokens" | "room" | "time";

const WORDS: Readonly<Record<Limit, string>> = {
  "model calls": `It asked the model ${MODEL_CALLS} times without an answer.`,
  "tool calls": `It wanted more than ${TOOL_CALLS} steps.`,
  tokens: "It read more text than one answer may cost.",
  room: "It needs more text at once than the model can take.",
  time: `It took ${WALL_MS / 60_000} minutes.`,
};

export class BudgetReached extends Error {
  override readonly name = "BudgetReached";
  readonly limit: Limit;

  constructor(limit: Limit) {
    super(limit);
    this.limit = limit;
  }

  get problem(): Problem {
    return problem("budget", { detail: WORDS[this.limit] });
  }
}
