/** Which model answers, and what one run may cost: the part of the environment that is about the model. Never prints a value. */
import { z } from "zod";

const BaseUrl = z.url({ protocol: /^https?$/ });
const Tokens = z.coerce.number().int().min(8000).max(10_000_000);

const common = {
  /** All tokens of one run, in and out, over all its calls of the model. */
  RUN_TOKENS: Tokens.default(600_000),
  /** Before the second try of a call that failed; the third waits longer. Milliseconds. */
  MODEL_RETRY_MS: z.coerce.number().int().min(0).max(10_000).default(500),
};

const Bedrock = z.object({
  ...common,
  MODEL_PROVIDER: z.literal("bedrock"),
  BEDROCK_REGION: z.string().regex(/^[a-z0-9-]+$/),
  /** A model's id, or an inference profile's id or ARN. */
  BEDROCK_MODEL_ID: z.string().min(1),
  BEDROCK_ENDPOINT: BaseUrl.optional(),
  /** An API key of Bedrock; without one, AWS's own chain of credentials. */
  AWS_BEARER_TOKEN_BEDROCK: z.string().min(1).optional(),
  /** Nova Lite's. */
  MODEL_CONTEXT_TOKENS: Tokens.default(300_000),
});

const Ollama = z.object({
  ...common,
  MODEL_PROVIDER: z.literal("ollama"),
  OLLAMA_URL: BaseUrl.default("http://127.0.0.1:11434"),
  OLLAMA_MODEL: z.string().min(1),
  /** Ollama is told it with each call: left to itself it cuts long questions in silence. */
  MODEL_CONTEXT_TOKENS: Tokens.default(32_768),
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
