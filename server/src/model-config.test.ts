import { expect, test } from "vitest";

import { readModelConfig } from "./model-config.ts";

const BEDROCK = { BEDROCK_REGION: "eu-central-1", BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0" };
const OLLAMA = { MODEL_PROVIDER: "ollama", OLLAMA_MODEL: "qwen3:8b" };

test("Bedrock is the default, with Nova Lite's window", () => {
  expect(readModelConfig(BEDROCK)).toEqual({
    ok: true,
    model: {
      provider: "bedrock",
      region: "eu-central-1",
      model: "amazon.nova-lite-v1:0",
      contextTokens: 300_000,
      runTokens: 600_000,
      retryMs: 500,
    },
  });
});

test("an API key of Bedrock is taken, and any model of Converse", () => {
  const read = readModelConfig({
    ...BEDROCK,
    BEDROCK_MODEL_ID: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    AWS_BEARER_TOKEN_BEDROCK: "key",
  });
  expect(read).toMatchObject({
    model: { apiKey: "key", model: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0" },
  });
});

test("a local model needs its name alone, and nothing of AWS", () => {
  expect(readModelConfig(OLLAMA)).toMatchObject({
    ok: true,
    model: { provider: "ollama", url: "http://127.0.0.1:11434", contextTokens: 32_768 },
  });
});

test.each([
  ["a provider that there is not", { ...BEDROCK, MODEL_PROVIDER: "openai" }, "MODEL_PROVIDER"],
  ["no region", { BEDROCK_MODEL_ID: "m" }, "BEDROCK_REGION"],
  ["no local model", { MODEL_PROVIDER: "ollama" }, "OLLAMA_MODEL"],
  ["a window that holds nothing", { ...OLLAMA, MODEL_CONTEXT_TOKENS: "100" }, "MODEL_CONTEXT"],
  ["an address that is no URL", { ...OLLAMA, OLLAMA_URL: "ollama:11434" }, "OLLAMA_URL"],
])("%s is named", (_, env, key) => {
  const read = readModelConfig(env);
  const paths = read.ok ? [] : read.error.issues.map((issue) => issue.path.join("."));
  expect(paths.join()).toContain(key);
});
