/**
 * The model behind its port. Which one is configuration: any model of Bedrock's Converse, or a local one of
 * Ollama. Temperature 0. A call that fails before its first word is tried again, a few times.
 */
import type { ModelConfig } from "../model-config.ts";
import type { Attempt, Model } from "./model-port.ts";
import { steady } from "./model-retry.ts";

/** The one library that is used, with the first question. */
async function attemptOf(config: ModelConfig): Promise<Attempt> {
  return config.provider === "bedrock"
    ? (await import("./bedrock.ts")).bedrock(config)
    : (await import("./ollama.ts")).ollama(config);
}

export function createModel(config: ModelConfig): Model {
  let attempt: Promise<Attempt> | undefined;
  const { contextTokens, runTokens } = config;
  return {
    limits: { contextTokens, runTokens },
    async stream(messages, signal, tools) {
      const once = await (attempt ??= attemptOf(config));
      return steady(() => once.stream(messages, signal, tools), { signal, baseMs: config.retryMs });
    },
  };
}
