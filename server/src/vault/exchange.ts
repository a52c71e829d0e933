/**
 * Token Vault access-token exchange as a pair: ask, then judge.
 * Source: auth0.com/docs/secure/call-apis-on-users-behalf/token-vault/access-token-exchange-with-token-vault.
 * A missing scope is not an error of the exchange: the granted ones come back in `scope`.
 */
import type { AuthClient } from "@auth0/auth0-auth-js";

import { type Auth0Failure, failureOf } from "../auth0/clients.ts";
import { observed } from "../observe/work.ts";

const CONNECTION = "google-oauth2";

export interface VaultToken {
  accessToken: string;
  /** Granted scopes. */
  scopes: string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export type VaultRefusal =
  | { reason: "not_connected" }
  | { reason: "reconnect"; error: string | undefined }
  | { reason: "throttled"; retryAfter: number | undefined }
  | { reason: "misconfigured"; error: string | undefined }
  | { reason: "down" };

export type VaultResult = { ok: true; token: VaultToken } | ({ ok: false } & VaultRefusal);

/** Exchanges an Auth0 access token for the user's Google token. */
export function exchange(
  client: AuthClient,
  subjectToken: string,
  signal?: AbortSignal,
): Promise<VaultResult> {
  return observed("vault", { result: "broke" }, async (learn) => {
    const result = await ask(client, subjectToken, signal);
    learn({ result: result.ok ? "ok" : result.reason });
    return result;
  });
}

async function ask(
  client: AuthClient,
  subjectToken: string,
  signal?: AbortSignal,
): Promise<VaultResult> {
  try {
    const reply = await client.exchangeToken(
      { connection: CONNECTION, subjectToken },
      signal === undefined ? {} : { signal },
    );
    return {
      ok: true,
      token: {
        accessToken: reply.accessToken,
        scopes: (reply.scope ?? "").split(" ").filter(Boolean),
        expiresAt: reply.expiresAt * 1000,
      },
    };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { ok: false, ...judge(failureOf(error)) };
  }
}

/** Auth0 does not document the error strings: two are known, any other 401 means "reconnect or sign in again". */
export function judge(failure: Auth0Failure): VaultRefusal {
  if (failure.status === 429) return { reason: "throttled", retryAfter: failure.retryAfter };
  if (failure.error === "federated_connection_refresh_token_not_found") {
    return { reason: "not_connected" };
  }
  if (failure.error === "invalid_client" || failure.error === "unauthorized_client") {
    return { reason: "misconfigured", error: failure.error };
  }
  if (failure.status === 401 || failure.error === "invalid_grant") {
    return { reason: "reconnect", error: failure.error };
  }
  if (failure.status === undefined || failure.status >= 500) return { reason: "down" };
  return { reason: "misconfigured", error: failure.error };
}
