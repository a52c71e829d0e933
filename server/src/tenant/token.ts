/** The token that set-up works with: given, or got with the credentials of a machine-to-machine application. Never from the command line. */
import { parseJson } from "@vaultdesk/shared/json.ts";
import { decodeJwt } from "jose";
import { z } from "zod";

import { READ_SCOPES } from "./read.ts";

/** `delete:*` is needed only where something of ours can't be changed and is made anew. */
export const SETUP_SCOPES: readonly string[] = [
  ...READ_SCOPES,
  "read:client_keys",
  ...["clients", "resource_servers", "client_grants", "connections"].flatMap((what) => [
    `create:${what}`,
    `update:${what}`,
  ]),
  "update:guardian_factors",
];

export type Credentials = { token: string } | { clientId: string; clientSecret: string };
export type TokenResult = { ok: true; token: string } | { ok: false; problem: string };

const Reply = z.object({ access_token: z.string().optional(), error: z.string().optional() });

export async function managementToken(
  domain: string,
  credentials: Credentials,
  send: typeof fetch,
): Promise<TokenResult> {
  if ("token" in credentials) return { ok: true, token: credentials.token };
  let reply: z.infer<typeof Reply>;
  try {
    const response = await send(`https://${domain}/oauth/token`, {
      method: "POST",
      redirect: "error",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        audience: `https://${domain}/api/v2/`,
      }),
      signal: AbortSignal.timeout(15_000),
    });
    reply = Reply.parse(parseJson(await response.text()));
  } catch {
    return { ok: false, problem: `${domain} did not answer as an Auth0 tenant does` };
  }
  return reply.access_token === undefined
    ? {
        ok: false,
        problem: `Auth0 gave no token to AUTH0_MANAGEMENT_CLIENT_ID (${reply.error ?? "no reason"}): it must be a machine-to-machine application of this tenant, authorised for the Management API`,
      }
    : { ok: true, token: reply.access_token };
}

/** Those of `needed` that the token says it lacks. A token that can't be read says nothing: Auth0 will. */
export function missingScopes(token: string, needed: readonly string[]): string[] {
  let scope: unknown;
  try {
    ({ scope } = decodeJwt(token));
  } catch {
    return [];
  }
  if (typeof scope !== "string") return [];
  const held = new Set(scope.split(" "));
  return needed.filter((one) => !held.has(one));
}
