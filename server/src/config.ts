/** The environment, parsed once: a frozen `Config`, or a list of every bad key. Never prints a value. */
import { z } from "zod";

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
  BEDROCK_REGION: z.string().regex(/^[a-z0-9-]+$/),
  BEDROCK_MODEL_ID: z.string().min(1),
  BEDROCK_ENDPOINT: BaseUrl.optional(),
  DATABASE_FILE: z.string().min(1),
  MASTER_KEY: z
    .base64()
    .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64"),
  /** 300 s is Auth0's limit for a push; longer requests would go by e-mail. */
  APPROVAL_SECONDS: z.coerce.number().int().min(5).max(300).default(300),
});

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
  readonly bedrock: { readonly region: string; readonly model: string; readonly endpoint?: string };
  readonly databaseFile: string;
  readonly masterKey: Uint8Array;
  readonly approvalSeconds: number;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

type Env = Readonly<Record<string, string | undefined>>;

function problemsOf(error: z.ZodError, env: Env): string[] {
  return error.issues.map((issue) => {
    const key = issue.path.join(".");
    return env[key] === undefined ? `${key} is missing` : `${key}: ${issue.message}`;
  });
}

/** Reads a set of environment variables. */
export function readConfig(env: Env): ConfigResult {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, env) };
  const e = parsed.data;
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
    bedrock: {
      region: e.BEDROCK_REGION,
      model: e.BEDROCK_MODEL_ID,
      ...(e.BEDROCK_ENDPOINT === undefined ? {} : { endpoint: e.BEDROCK_ENDPOINT }),
    },
    databaseFile: e.DATABASE_FILE,
    masterKey: Buffer.from(e.MASTER_KEY, "base64"),
    approvalSeconds: e.APPROVAL_SECONDS,
  };
  return { ok: true, config: Object.freeze(config) };
}

/** Reads only what opens the store, for commands that run beside the server. */
export function readStoreConfig(
  env: Env,
):
  | { ok: true; config: Pick<Config, "databaseFile" | "masterKey"> }
  | { ok: false; problems: string[] } {
  const parsed = Environment.pick({ DATABASE_FILE: true, MASTER_KEY: true }).safeParse(env);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, env) };
  const { DATABASE_FILE: databaseFile, MASTER_KEY: masterKey } = parsed.data;
  return { ok: true, config: { databaseFile, masterKey: Buffer.from(masterKey, "base64") } };
}
