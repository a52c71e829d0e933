/** Which model answers, and what one run may cost: the part of the environment that is about the model. Never prints a value. */
import { z } from "zod";

import { SECRET } from "./config-schema.ts";

const BaseUrl = z.url({ protocol: /^https?$/ });
const Tokens = z.coerce.number().int().min(8000).max(10_000_000);

const common = {
  RUN_TOKENS: Tokens.default(600_000).describe(
    "All tokens of one run, in and out, over all its calls of the model.",
  ),
  MODEL_RETRY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(500)
    .describe("Before the second try of a call that failed; the third waits longer. Milliseconds."),
};
const CONTEXT = "Tokens that the model takes in one call, the answer included";

export const Bedrock = z.object({
  MODEL_PROVIDER: z.literal("bedrock").describe("`bedrock` (the default) or `ollama`."),
  BEDROCK_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be a region such as eu-central-1")
    .describe("AWS region of the model."),
  BEDROCK_MODEL_ID: z
    .string()
    .min(1)
    .describe("A model's id, or an inference profile's id or ARN."),
  BEDROCK_ENDPOINT: BaseUrl.optional().describe("Another endpoint than the region's own."),
  AWS_BEARER_TOKEN_BEDROCK: z
    .string()
    .min(1)
    .optional()
    .describe("An API key of Bedrock. Without one, AWS's own chain of credentials.")
    .meta(SECRET),
  MODEL_CONTEXT_TOKENS: Tokens.default(300_000).describe(`${CONTEXT}: Nova Lite's.`),
  ...common,
});

export const Ollama = z.object({
  MODEL_PROVIDER: z.literal("ollama"),
  OLLAMA_URL: BaseUrl.default("http://127.0.0.1:11434").describe("Where Ollama listens."),
  OLLAMA_MODEL: z.string().min(1).describe("A model that was pulled, as `ollama list` names it."),
  MODEL_CONTEXT_TOKENS: Tokens.default(32_768).describe(
    `${CONTEXT}. Ollama is told it with each call: left to itself it cuts long questions in silence.`,
  ),
  ...common,
});

const Environment = z.discriminatedUnion("MODEL_PROVIDER", [Bedrock, Ollama], {
  error: "must be bedrock or ollama",
});

interface Limits {
  /** What the model takes in one call, the answer included. */
  readonly contextTokens: number;
  readonly runTokens: number;
  readonly retryMs: number;
}

export interface BedrockConfig extends Limits {
  readonly provider: "bedrock";
  readonly region: string;
  readonly model: string;
  readonly endpoint?: string;
  readonly apiKey?: string;
}

export interface OllamaConfig extends Limits {
  readonly provider: "ollama";
  readonly url: string;
  readonly model: string;
}

export type ModelConfig = BedrockConfig | OllamaConfig;

type Env = Readonly<Record<string, string | undefined>>;

export function readModelConfig(
  env: Env,
): { ok: true; model: ModelConfig } | { ok: false; error: z.ZodError } {
  const parsed = Environment.safeParse({
    ...env,
    MODEL_PROVIDER: env["MODEL_PROVIDER"] ?? "bedrock",
  });
  if (!parsed.success) return { ok: false, error: parsed.error };
  const e = parsed.data;
  const limits: Limits = {
    contextTokens: e.MODEL_CONTEXT_TOKENS,
    runTokens: e.RUN_TOKENS,
    retryMs: e.MODEL_RETRY_MS,
  };
  if (e.MODEL_PROVIDER === "ollama") {
    const { OLLAMA_URL: url, OLLAMA_MODEL: model } = e;
    return { ok: true, model: { provider: "ollama", url, model, ...limits } };
  }
  return {
    ok: true,
    model: {
      provider: "bedrock",
      region: e.BEDROCK_REGION,
      model: e.BEDROCK_MODEL_ID,
      ...(e.BEDROCK_ENDPOINT === undefined ? {} : { endpoint: e.BEDROCK_ENDPOINT }),
      ...(e.AWS_BEARER_TOKEN_BEDROCK === undefined ? {} : { apiKey: e.AWS_BEARER_TOKEN_BEDROCK }),
      ...limits,
    },
  };
}
