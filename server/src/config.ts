/** The environment, parsed once: a frozen `Config`, or a list of every bad key. Never prints a value. */
import { z } from "zod";

import { type ModelConfig, readModelConfig } from "./model-config.ts";
import type { StorePlace } from "./store/open.ts";

const Domain = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, "must be a host name without https://");
const BaseUrl = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  EXTENSION_ID: z.string().regex(/^[a-p]{32}$/, "must be the extension's 32 letters a-p"),
  AUTH0_DOMAIN: Domain,
  AUTH0_AUDIENCE: z.url(),
  AUTH0_EXTENSION_CLIENT_ID: z.string().min(1),
  AUTH0_VAULT_CLIENT_ID: z.string().min(1),
  AUTH0_VAULT_CLIENT_SECRET: z.string().min(16, "must have at least 16 characters"),
  AUTH0_APPROVALS_CLIENT_ID: z.string().min(1),
  AUTH0_APPROVALS_CLIENT_SECRET: z.string().min(16, "must have at least 16 characters"),
  GMAIL_ROOT_URL: BaseUrl.default("https://gmail.googleapis.com/"),
  CALENDAR_ROOT_URL: BaseUrl.default("https://www.googleapis.com/"),
  GOOGLE_REVOKE_URL: z
    .url({ protocol: /^https?$/ })
    .default("https://oauth2.googleapis.com/revoke"),
  DATABASE_FILE: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MASTER_KEY: z
    .base64()
    .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64"),
  /** 300 s is Auth0's limit for a push; longer requests would go by e-mail. */
  APPROVAL_SECONDS: z.coerce.number().int().min(5).max(300).default(300),
  /** Pushes and polls a second, of all processes together: below the tenant's rate limit, so that exchanges have room. */
  AUTH0_REQUESTS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(25),
  /** After this long without a sign of life, another process takes over what one has begun. */
  LEASE_SECONDS: z.coerce.number().min(1).max(600).default(30),
});

const ONE_STORE = "set DATABASE_FILE for one process, or DATABASE_URL for several, not both";

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly extensionOrigin: string;
  readonly auth0: {
    readonly domain: string;
    readonly issuer: string;
    readonly audience: string;
    readonly extensionClientId: string;
    readonly vault: { readonly clientId: string; readonly clientSecret: string };
    readonly approvals: { readonly clientId: string; readonly clientSecret: string };
  };
  readonly gmailRootUrl: string;
  readonly calendarRootUrl: string;
  readonly googleRevokeUrl: string;
  readonly model: ModelConfig;
  readonly store: StorePlace;
  readonly masterKey: Uint8Array;
  readonly approvalSeconds: number;
  readonly auth0RequestsPerSecond: number;
  readonly leaseMs: number;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

function storeOf(e: {
  DATABASE_FILE?: string | undefined;
  DATABASE_URL?: string | undefined;
}): StorePlace | undefined {
  if (e.DATABASE_URL === undefined) {
    return e.DATABASE_FILE === undefined ? undefined : { file: e.DATABASE_FILE };
  }
  return e.DATABASE_FILE === undefined ? { url: e.DATABASE_URL } : undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** LangChain reads these by itself, and would send every prompt to its maker's servers, or print it. */
const TELLTALE = [
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_TRACING",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_VERBOSE",
];

function telltales(env: Env): string[] {
  return TELLTALE.filter((key) => (env[key] ?? "") !== "").map(
    (key) => `${key} would let mail text out of this server: unset it`,
  );
}

function problemsOf(error: z.ZodError, env: Env): string[] {
  return error.issues.map((issue) => {
    const key = issue.path.join(".");
    return env[key] === undefined ? `${key} is missing` : `${key}: ${issue.message}`;
  });
}

/** Reads a set of environment variables. */
export function readConfig(env: Env): ConfigResult {
  const parsed = Environment.safeParse(env);
  const model = readModelConfig(env);
  const told = telltales(env);
  if (!parsed.success || !model.ok || told.length > 0) {
    const errors = [...(parsed.success ? [] : [parsed.error]), ...(model.ok ? [] : [model.error])];
    return { ok: false, problems: [...errors.flatMap((error) => problemsOf(error, env)), ...told] };
  }
  const e = parsed.data;
  const store = storeOf(e);
  if (store === undefined) return { ok: false, problems: [ONE_STORE] };
  const config: Config = {
    host: e.HOST,
    port: e.PORT,
    extensionOrigin: `chrome-extension://${e.EXTENSION_ID}`,
    auth0: {
      domain: e.AUTH0_DOMAIN,
      issuer: `https://${e.AUTH0_DOMAIN}/`,
      audience: e.AUTH0_AUDIENCE,
      extensionClientId: e.AUTH0_EXTENSION_CLIENT_ID,
      vault: { clientId: e.AUTH0_VAULT_CLIENT_ID, clientSecret: e.AUTH0_VAULT_CLIENT_SECRET },
      approvals: {
        clientId: e.AUTH0_APPROVALS_CLIENT_ID,
        clientSecret: e.AUTH0_APPROVALS_CLIENT_SECRET,
      },
    },
    gmailRootUrl: e.GMAIL_ROOT_URL,
    calendarRootUrl: e.CALENDAR_ROOT_URL,
    googleRevokeUrl: e.GOOGLE_REVOKE_URL,
    model: model.model,
    store,
    masterKey: Buffer.from(e.MASTER_KEY, "base64"),
    approvalSeconds: e.APPROVAL_SECONDS,
    auth0RequestsPerSecond: e.AUTH0_REQUESTS_PER_SECOND,
    leaseMs: e.LEASE_SECONDS * 1000,
  };
  return { ok: true, config: Object.freeze(config) };
}

/** Reads only what opens the store, for commands that run beside the server. */
export function readStoreConfig(
  env: Env,
): { ok: true; config: Pick<Config, "store" | "masterKey"> } | { ok: false; problems: string[] } {
  const keys = { DATABASE_FILE: true, DATABASE_URL: true, MASTER_KEY: true } as const;
  const parsed = Environment.pick(keys).safeParse(env);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, env) };
  const store = storeOf(parsed.data);
  if (store === undefined) return { ok: false, problems: [ONE_STORE] };
  return { ok: true, config: { store, masterKey: Buffer.from(parsed.data.MASTER_KEY, "base64") } };
}
