/** A model, as a run knows it. */
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

type Stream = (
  messages: BaseMessage[],
  signal: AbortSignal,
  /** Those that the model is told of; all without. */
  tools?: readonly ToolName[],
) => Promise<AsyncIterable<AIMessageChunk>>;

/** One attempt. */
export interface Attempt {
  stream: Stream;
}

export interface Model extends Attempt {
  limits: {
    /** What it takes in one call, the answer included. */
    contextTokens: number;
    /** What one run may cost, over all its calls. */
    runTokens: number;
  };
}

/** The most tokens of one answer. */
export const ANSWER_TOKENS = 4096;
