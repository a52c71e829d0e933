/** One turn of the model: streamed, checked as it is said, counted, and ended where no honest one goes on. */
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import { countTokens } from "../observe/metrics.ts";
import { BudgetReached, TOOL_CALLS } from "./budget.ts";
import { EmptyTurn, StreamCut } from "./model-failure.ts";
import { ANSWER_TOKENS, type Model } from "./model-port.ts";
import { tokensIn, tokensUsed, usageOf } from "./tokens.ts";
import type { Truth } from "./truth.ts";
import { countOf } from "./turn-calls.ts";

/** An answer of the most tokens that it may have is shorter. */
const MOST_CHARACTERS = 10 * ANSWER_TOKENS;

export interface Turn {
  said: AIMessageChunk;
  /** In and out. */
  tokens: number;
}

export async function takeTurn(
  model: Model,
  messages: BaseMessage[],
  told: {
    truth: Truth;
    hadText: () => void;
    tools: readonly ToolName[] | undefined;
    signal: AbortSignal;
  },
): Promise<Turn> {
  const { truth, tools, signal } = told;
  let whole: AIMessageChunk | undefined;
  let length = 0;
  try {
    for await (const chunk of await model.stream(messages, signal, tools)) {
      if (chunk.text !== "") told.hadText();
      length += chunk.text.length;
      if (length > MOST_CHARACTERS) throw new StreamCut("the model's answer has no end");
      await truth.say(chunk.text);
      whole = whole === undefined ? chunk : whole.concat(chunk);
      if (countOf(whole) > TOOL_CALLS) throw new BudgetReached("tool calls");
    }
  } finally {
    await truth.end();
  }
  signal.throwIfAborted();
  if (whole === undefined) throw new EmptyTurn("the model answered with nothing");
  countTokens(usageOf(whole, "input_tokens"), usageOf(whole, "output_tokens"));
  const tokens = tokensUsed(whole) ?? tokensIn([...messages, whole]);
  return { said: truth.shown(whole), tokens };
}
