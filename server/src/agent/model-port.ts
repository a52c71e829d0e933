/** A model, as a run knows it. */
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";

export interface Model {
  stream(messages: BaseMessage[], signal: AbortSignal): Promise<AsyncIterable<AIMessageChunk>>;
}

/** The most tokens of one answer. */
export const ANSWER_TOKENS = 4096;
