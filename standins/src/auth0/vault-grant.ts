/**
 * Token Vault's access-token exchange. Only the Custom API Client of the API in the subject token's `aud` may do it.
 * Source: auth0.com/docs/secure/call-apis-on-users-behalf/token-vault/access-token-exchange-with-token-vault. The documented answers are
 * status codes; the error strings are those that tenants were seen to give.
 */
import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import { z } from "zod";

import type { CheckToken } from "./bearer.ts";
import { oauthError, tooManyRequests } from "./oauth-error.ts";
import { VAULT_GRANT } from "./tenant-rows.ts";
import { clientOf, connectionOf, type Tenant } from "./tenant.ts";
import type { LendResult, Vault } from "./vault.ts";

const ISSUED = "http://auth0.com/oauth/token-type/federated-connection-access-token";
const TOKEN_TYPE = "urn:ietf:params:oauth:token-type:";
const RETRY_SECONDS = 5;

const Params = z.object({
  connection: z.string().optional(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  requested_token_type: z.string().optional(),
  login_hint: z.string().optional(),
});

const TEXTS: Readonly<Record<(LendResult & { ok: false })["error"], string>> = {
  user_not_found: "Identity User not found.",
  federated_connection_refresh_token_not_found: "Federated connection Refresh Token not found.",
  federated_connection_refresh_token_flow_failed:
    "Refresh Token flow for the Federated Connection failed",
};

const NOTHING_KEPT = { ok: false, error: "federated_connection_refresh_token_not_found" } as const;

/** Google gives a refresh token to a connection that asks for one, with keys of its own. */
function keeps(tenant: Tenant, name: string): boolean {
  const connection = connectionOf(tenant, name);
  const { client_id: key, offline_access: offline } = connection?.options ?? {};
  return connection?.connected_accounts.active === true && offline === true && key !== undefined;
}

const missing = (name: string) => oauthError(400, "invalid_request", `${name} is required`);

export function registerVaultGrant(deps: {
  provider: Provider;
  tenant: Tenant;
  vault: Vault;
  checkToken: CheckToken;
  now(): number;
}): void {
  async function handle(ctx: TokenEndpointGrantContext): Promise<void> {
    const params = Params.parse({ ...ctx.oidc.params });
    if (deps.vault.takeThrottle()) throw tooManyRequests(ctx, RETRY_SECONDS);
    if (params.requested_token_type === undefined) throw missing("requested_token_type");
    if (params.requested_token_type !== ISSUED) {
      throw oauthError(400, "invalid_request", "requested_token_type is not supported");
    }
    if (params.connection === undefined) throw missing("connection");
    if (params.subject_token === undefined) throw missing("subject_token");
    if (params.subject_token_type === `${TOKEN_TYPE}refresh_token`) {
      throw oauthError(400, "invalid_request", "Rotating refresh token not supported");
    }
    if (params.subject_token_type !== `${TOKEN_TYPE}access_token`) {
      throw oauthError(400, "invalid_request", "subject_token_type is not supported");
    }
    const client = clientOf(deps.tenant, ctx.oidc.client.clientId);
    const identifier = client?.resource_server_identifier;
    if (identifier === undefined) {
      throw oauthError(
        403,
        "unauthorized_client",
        "This client is not a resource server and cannot exchange access tokens",
      );
    }
    const claim = await deps.checkToken(params.subject_token);
    if (claim === undefined) {
      throw oauthError(401, "invalid_grant", "Invalid or expired subject token");
    }
    if (!claim.audiences.includes(identifier)) {
      throw oauthError(403, "access_denied", "The subject token is for another API");
    }
    if (deps.tenant.guardian.policies.includes("all-applications")) {
      throw oauthError(403, "mfa_required", "Multifactor authentication required");
    }
    const lent = keeps(deps.tenant, params.connection)
      ? deps.vault.lend(claim.sub, params.connection, params.login_hint)
      : NOTHING_KEPT;
    if (!lent.ok) throw oauthError(401, lent.error, TEXTS[lent.error]);
    ctx.body = {
      access_token: lent.token.accessToken,
      scope: lent.token.scopes.join(" "),
      expires_in: Math.max(1, Math.floor((lent.token.expiresAt - deps.now()) / 1000)),
      issued_token_type: ISSUED,
      token_type: "Bearer",
    };
  }

  deps.provider.registerGrantType(VAULT_GRANT, handle, Object.keys(Params.shape));
}
