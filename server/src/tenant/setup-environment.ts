/** What `setup auth0` is told by its environment, secrets by file too. Never prints a value. */
import { z } from "zod";

import { Environment } from "../config-schema.ts";
import { withSecretFiles } from "../secret-files.ts";
import type { Installation } from "./installation.ts";
import type { Credentials } from "./token.ts";

type Env = Readonly<Record<string, string | undefined>>;

const SETUP_SECRETS = [
  "AUTH0_MANAGEMENT_TOKEN",
  "AUTH0_MANAGEMENT_CLIENT_SECRET",
  "GOOGLE_CLIENT_SECRET",
] as const;

const { shape } = Environment;
const SetupEnvironment = z.object({
  AUTH0_DOMAIN: shape.AUTH0_DOMAIN,
  EXTENSION_ID: shape.EXTENSION_ID,
  AUTH0_AUDIENCE: shape.AUTH0_AUDIENCE.default("https://api.vaultdesk.app"),
  AUTH0_EXTENSION_CLIENT_ID: shape.AUTH0_EXTENSION_CLIENT_ID.optional(),
  AUTH0_VAULT_CLIENT_ID: shape.AUTH0_VAULT_CLIENT_ID.optional(),
  AUTH0_APPROVALS_CLIENT_ID: shape.AUTH0_APPROVALS_CLIENT_ID.optional(),
  AUTH0_MANAGEMENT_TOKEN: z.string().optional(),
  AUTH0_MANAGEMENT_CLIENT_ID: z.string().optional(),
  AUTH0_MANAGEMENT_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
});
type SetupEnvironment = z.infer<typeof SetupEnvironment>;

export type SetupEnvironmentResult =
  | { ok: true; installation: Installation; credentials: Credentials }
  | { ok: false; problems: string[] };

export function readSetupEnvironment(given: Env): SetupEnvironmentResult {
  const { env, problems: unread } = withSecretFiles(given, SETUP_SECRETS);
  const parsed = SetupEnvironment.safeParse(env);
  const problems = [...unread.values()];
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const key = path.join(".");
      problems.push(env[key] === undefined ? `${key} is missing` : `${key}: ${message}`);
    }
    return { ok: false, problems };
  }
  const e = parsed.data;
  const credentials = credentialsOf(e);
  if (credentials === undefined && unread.size === 0) {
    problems.push(
      "set AUTH0_MANAGEMENT_TOKEN, or AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET (each secret also as NAME_FILE)",
    );
  }
  const { GOOGLE_CLIENT_ID: google, GOOGLE_CLIENT_SECRET: secret } = e;
  if ((google === undefined) !== (secret === undefined) && unread.size === 0) {
    problems.push("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together: set both or none");
  }
  if (problems.length > 0 || credentials === undefined) return { ok: false, problems };
  const installation: Installation = {
    domain: e.AUTH0_DOMAIN,
    audience: e.AUTH0_AUDIENCE,
    extensionId: e.EXTENSION_ID,
    ...(google === undefined || secret === undefined
      ? {}
      : { google: { clientId: google, clientSecret: secret } }),
    clientIds: {
      ...named("extension", e.AUTH0_EXTENSION_CLIENT_ID),
      ...named("vault", e.AUTH0_VAULT_CLIENT_ID),
      ...named("approvals", e.AUTH0_APPROVALS_CLIENT_ID),
    },
  };
  return { ok: true, installation, credentials };
}

const named = (role: keyof Installation["clientIds"], id: string | undefined) =>
  id === undefined ? {} : { [role]: id };

function credentialsOf(e: SetupEnvironment): Credentials | undefined {
  const { AUTH0_MANAGEMENT_TOKEN: token } = e;
  if (token !== undefined) return { token };
  const { AUTH0_MANAGEMENT_CLIENT_ID: clientId, AUTH0_MANAGEMENT_CLIENT_SECRET: clientSecret } = e;
  return clientId === undefined || clientSecret === undefined
    ? undefined
    : { clientId, clientSecret };
}
