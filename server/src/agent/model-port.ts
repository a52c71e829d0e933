/** A model, as a run knows it. */
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";

type Stream = (
  messages: BaseMessage[],
  signal: AbortSignal,
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
