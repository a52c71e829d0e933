/** Amazon Bedrock's Converse, one attempt: with an API key, or with what AWS's chain of credentials finds. */
import { ChatBedrockConverse } from "@langchain/aws";
import type { AIMessageChunk } from "@langchain/core/messages";

import type { BedrockConfig } from "../model-config.ts";
import { bedrockClient } from "./bedrock-client.ts";
import { StreamCut } from "./model-failure.ts";
import { ANSWER_TOKENS, type Attempt } from "./model-port.ts";
import { definitionsOf } from "./tools/all.ts";

const IDLE_MS = 45_000;

export function bedrock(config: BedrockConfig): Attempt {
  const { region, model } = config;
  const client = bedrockClient(config);
  const chat = new ChatBedrockConverse({
    client,
    model,
    region,
    temperature: 0,
    maxTokens: ANSWER_TOKENS,
    maxRetries: 0,
    streamIdleTimeout: IDLE_MS,
  });
  return {
    stream: async (messages, signal, tools) =>
      whole(await chat.bindTools(definitionsOf(tools)).stream(messages, { signal })),
  };
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
