/** The model behind one narrow port: messages in, chunks out. Bedrock Converse with temperature 0. */
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { ChatBedrockConverse } from "@langchain/aws";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Config } from "../config.ts";
import { TOOL_DEFINITIONS } from "./tools/all.ts";

export interface Model {
  stream(messages: BaseMessage[], signal: AbortSignal): Promise<AsyncIterable<AIMessageChunk>>;
}

const IDLE_MS = 45_000;

export function createModel(config: Config["bedrock"]): Model {
  const client = new BedrockRuntimeClient({
    region: config.region,
    maxAttempts: 2,
    ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
  });
  const chat = new ChatBedrockConverse({
    client,
    model: config.model,
    region: config.region,
    temperature: 0,
    maxTokens: 4096,
    maxRetries: 0,
    streamIdleTimeout: IDLE_MS,
  }).bindTools(TOOL_DEFINITIONS);
  return {
    stream: async (messages, signal) => whole(await chat.stream(messages, { signal })),
  };
}

class StreamCut extends Error {
  override readonly name = "StreamCut";
}

/** A connection that dies in the middle ends the SDK's stream like a finished one: only `messageStop` tells them apart. */
async function* whole(chunks: AsyncIterable<AIMessageChunk>): AsyncGenerator<AIMessageChunk> {
  let stopped = false;
  for await (const chunk of chunks) {
    stopped ||= "messageStop" in chunk.response_metadata;
    yield chunk;
  }
  if (!stopped) throw new StreamCut("the model's stream ended before its message did");
}

function* causes(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    yield current;
    current = current.cause;
  }
}

/** Names of AWS errors: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. */
export function modelProblem(error: unknown, hadText: boolean): Problem {
  const names = [...causes(error)]
    .map((one) => `${one.name} ${one.message.slice(0, 80)}`)
    .join(" ");
  if (hadText || error instanceof StreamCut) return problem("model_cut");
  if (/Throttling|TooManyRequests|429/.test(names)) return problem("model_throttled");
  return problem("model_down");
}
