/** The environment, parsed once: a frozen `Config`, or a list of every bad key. Never prints a value. */
import type { z } from "zod";

import { Environment } from "./config-schema.ts";
import { Bedrock, type ModelConfig, readModelConfig } from "./model-config.ts";
import type { Level } from "./observe/log.ts";
import type { Seeing } from "./observe/start.ts";
import {
  type LoadedPolicy,
  modelFault,
  NO_POLICY,
  readPolicy,
} from "./organisation/policy-file.ts";
import { withSecretFiles } from "./secret-files.ts";
import type { StorePlace } from "./store/open.ts";

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
  readonly drainMs: number;
  readonly lingerMs: number;
  readonly logLevel: Level;
  readonly seeing: Seeing;
  readonly policy: LoadedPolicy;
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

const OWN_PORT = "METRICS_PORT must not be PORT: the API's port is open to the internet";

/** A base address keeps its path; `name=value,name=value`. */
function seeingOf(e: z.infer<typeof Environment>): Seeing {
  const headers = (e.OTEL_EXPORTER_OTLP_HEADERS ?? "").split(",").filter(Boolean);
  const collector = e.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    collector: collector === undefined || collector.endsWith("/") ? collector : `${collector}/`,
    collectorHeaders: Object.fromEntries(
      headers.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
    ),
    scrape:
      e.METRICS_PORT === undefined ? undefined : { host: e.METRICS_HOST, port: e.METRICS_PORT },
  };
}

/** The policy that `file` holds, and that lets this model answer. */
function policyOf(
  file: string | undefined,
  model: ModelConfig,
): { policy: LoadedPolicy; problems: string[] } {
  const read = file === undefined ? undefined : readPolicy(file);
  const fault = read?.ok === true ? modelFault(read.policy, model) : undefined;
  const problems = read?.ok === false ? read.problems : fault === undefined ? [] : [fault];
  return {
    policy: read?.ok === true ? read.policy : NO_POLICY,
    problems: problems.map((one) => `POLICY_FILE: ${one}`),
  };
}

type Env = Readonly<Record<string, string | undefined>>;

/** Libraries read these by themselves: LangChain would send every prompt to its maker's servers, or print it. */
const TELLTALE = [
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_TRACING",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_VERBOSE",
  "LANGSMITH_OTEL_ENABLED",
  // Google's client prints whole answers.
  "GOOGLE_SDK_NODE_LOGGING",
];

function telltales(env: Env): string[] {
  return TELLTALE.filter((key) => (env[key] ?? "") !== "").map(
    (key) => `${key} would let mail text out of this server: unset it`,
  );
}

/** What may come from a file of its own. */
const SECRETS = Object.entries({ ...Environment.shape, ...Bedrock.shape })
  .filter(([, schema]) => schema.meta()?.["secret"] === true)
  .map(([key]) => key);

function problemsOf(
  errors: readonly z.ZodError[],
  { env, problems }: ReturnType<typeof withSecretFiles>,
): string[] {
  const issues = errors.flatMap((error) => error.issues);
  const told = issues.flatMap((issue) => {
    const key = issue.path.join(".");
    if (problems.has(key)) return [];
    return env[key] === undefined ? `${key} is missing` : `${key}: ${issue.message}`;
  });
  return [...told, ...problems.values()];
}

/** Reads a set of environment variables. */
export function readConfig(given: Env): ConfigResult {
  const filled = withSecretFiles(given, SECRETS);
  const parsed = Environment.safeParse(filled.env);
  const model = readModelConfig(filled.env);
  const told = telltales(filled.env);
  if (!parsed.success || !model.ok || told.length > 0 || filled.problems.size > 0) {
    const errors = [...(parsed.success ? [] : [parsed.error]), ...(model.ok ? [] : [model.error])];
    return { ok: false, problems: [...problemsOf(errors, filled), ...told] };
  }
  const e = parsed.data;
  const store = storeOf(e);
  if (store === undefined) return { ok: false, problems: [ONE_STORE] };
  if (e.METRICS_PORT === e.PORT) return { ok: false, problems: [OWN_PORT] };
  const { policy, problems } = policyOf(e.POLICY_FILE, model.model);
  if (problems.length > 0) return { ok: false, problems };
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
    drainMs: e.DRAIN_SECONDS * 1000,
    lingerMs: e.LINGER_SECONDS * 1000,
    logLevel: e.LOG_LEVEL,
    seeing: seeingOf(e),
    policy,
  };
  return { ok: true, config: Object.freeze(config) };
}

/** Reads only what opens the store, for commands that run beside the server. */
export function readStoreConfig(
  given: Env,
): { ok: true; config: Pick<Config, "store" | "masterKey"> } | { ok: false; problems: string[] } {
  const keys = { DATABASE_FILE: true, DATABASE_URL: true, MASTER_KEY: true } as const;
  const filled = withSecretFiles(given, Object.keys(keys));
  const parsed = Environment.pick(keys).safeParse(filled.env);
  if (!parsed.success || filled.problems.size > 0) {
    return { ok: false, problems: problemsOf(parsed.success ? [] : [parsed.error], filled) };
  }
  const store = storeOf(parsed.data);
  if (store === undefined) return { ok: false, problems: [ONE_STORE] };
  return { ok: true, config: { store, masterKey: Buffer.from(parsed.data.MASTER_KEY, "base64") } };
}
