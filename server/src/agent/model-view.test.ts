import { expect, test } from "vitest";

import type { ModelConfig } from "../model-config.ts";
import { modelView } from "./model-view.ts";

const limits = { contextTokens: 300_000, runTokens: 600_000, retryMs: 500 };
const bedrock = (model: string, endpoint?: string): ModelConfig => ({
  provider: "bedrock",
  region: "eu-central-1",
  model,
  apiKey: "secret-key",
  ...(endpoint === undefined ? {} : { endpoint }),
  ...limits,
});
const ollama = (url: string, model = "qwen3:8b"): ModelConfig => ({
  provider: "ollama",
  url,
  model,
  ...limits,
});

const SENT = "is sent your question and the mail that tools read for it.";

test.each([
  [
    bedrock("amazon.nova-lite-v1:0"),
    `Amazon Bedrock, model amazon.nova-lite-v1:0, region eu-central-1: ${SENT}`,
  ],
  [
    bedrock("eu.amazon.nova-lite-v1:0"),
    `Amazon Bedrock, model eu.amazon.nova-lite-v1:0, region eu-central-1 or another of eu: ${SENT}`,
  ],
  [
    bedrock("global.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    `Amazon Bedrock, model global.anthropic.claude-sonnet-4-5-20250929-v1:0, region eu-central-1 or any other: ${SENT}`,
  ],
  [
    bedrock("amazon.nova-lite-v1:0", "https://vpce-1.example"),
    `Amazon Bedrock, model amazon.nova-lite-v1:0, region eu-central-1, through vpce-1.example: ${SENT}`,
  ],
  [
    ollama("http://127.0.0.1:11434"),
    "On this server, model qwen3:8b: no question and no mail leaves it.",
  ],
  [
    ollama("http://[::1]:11434"),
    "On this server, model qwen3:8b: no question and no mail leaves it.",
  ],
  [
    ollama("http://gpu.internal.example:11434"),
    `Ollama at gpu.internal.example:11434, model qwen3:8b: ${SENT}`,
  ],
  [
    ollama("http://127.0.0.1:11434", "gpt-oss:120b-cloud"),
    `Ollama's cloud, through 127.0.0.1:11434, model gpt-oss:120b-cloud: ${SENT}`,
  ],
  [ollama("http://127.evil.example"), `Ollama at 127.evil.example, model qwen3:8b: ${SENT}`],
])("%# where mail text goes", (config, words) => {
  expect(modelView(config).words).toBe(words);
  expect(JSON.stringify(modelView(config))).not.toContain("secret-key");
});
