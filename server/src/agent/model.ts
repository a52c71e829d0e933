/**
 * The model behind its port. Which one is configuration: any model of Bedrock's Converse, or a local one of
 * Ollama. Temperature 0. A call that fails before its first word is tried again, a few times.
 */
import type { ModelConfig } from "../model-config.ts";
import { bedrock } from "./bedrock.ts";
import type { Model } from "./model-port.ts";
import { steady } from "./model-retry.ts";
import { ollama } from "./ollama.ts";

export function createModel(config: ModelConfig): Model {
  const once = config.provider === "bedrock" ? bedrock(config) : ollama(config);
  const { contextTokens, runTokens } = config;
  return {
    limits: { contextTokens, runTokens },
    stream: (messages, signal) =>
      Promise.resolve(
        steady(() => once.stream(messages, signal), { signal, baseMs: config.retryMs }),
      ),
  };
}
