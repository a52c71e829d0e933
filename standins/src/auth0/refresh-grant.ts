/**
 * Auth0's refresh grant: each use rotates; a token used again kills its family, but for the previous one within the leeway.
 * The lifetime does not grow with rotation. With multi-resource policies one refresh token serves several audiences: an audience that no
 * policy names is ignored, scopes that are not granted are dropped in silence.
 * Sources: auth0.com/docs/secure/tokens/refresh-tokens/{refresh-token-rotation,multi-resource-refresh-token}, RFC 9700 4.14.2.
 */
import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import { z } from "zod";

import { issueTokens } from "./issue.ts";
import { oauthError } from "./oauth-error.ts";
import type { State } from "./state.ts";
import { accessOf, apiOf, clientOf, type Tenant } from "./tenant.ts";
import { type Directory, profileOf } from "./users.ts";

const Family = z.object({
  /** Rotations of its youngest token. */
  newest: z.number(),
  /** When each token was first used. */
  spent: z.record(z.string(), z.number()),
});

const Params = z.object({
  refresh_token: z.string(),
  audience: z.string().optional(),
  scope: z.string().optional(),
});

const SKIPS_CONSENT = "skip_consent_for_verifiable_first_party_clients";

const refused = () => oauthError(403, "invalid_grant", "Unknown or invalid refresh token.");

function words(text: string | undefined): string[] {
  return (text ?? "").split(" ").filter(Boolean);
}

export function registerRefreshGrant(deps: {
  provider: Provider;
  tenant: Tenant;
  directory: Directory;
  state: State;
  now(): number;
}): void {
  const { provider, tenant } = deps;
  const families = deps.state.collection("refresh-family", Family);

  /** Compare-and-set in one turn of the event loop: two uses at once cannot both be the first. */
  function spend(family: string, id: string, rotations: number, leewayMs: number): boolean {
    const known = families.get(family) ?? { newest: 0, spent: {} };
    const first = known.spent[id];
    if (first !== undefined) {
      const previous = rotations + 1 === known.newest;
      if (!previous || deps.now() - first >= leewayMs) return false;
    }
    families.put(family, {
      newest: Math.max(known.newest, rotations + 1),
      spent: { ...known.spent, [id]: first ?? deps.now() },
    });
    return true;
  }

  async function handle(ctx: TokenEndpointGrantContext): Promise<void> {
    const { client } = ctx.oidc;
    const params = Params.safeParse({ ...ctx.oidc.params });
    if (!params.success) {
      throw oauthError(400, "invalid_request", "Missing required parameter: refresh_token");
    }
    const token = await provider.RefreshToken.find(params.data.refresh_token);
    const policy = clientOf(tenant, client.clientId)?.refresh_token;
    if (
      token?.grantId === undefined ||
      token.exp === undefined ||
      token.clientId !== client.clientId ||
      policy === undefined
    ) {
      throw refused();
    }
    const grant = await provider.Grant.find(token.grantId);
    const user = deps.directory.find(token.accountId);
    if (grant === undefined || user === undefined) throw refused();
    const rotations = token.rotations ?? 0;
    if (!spend(token.grantId, token.jti, rotations, (policy.leeway ?? 0) * 1000)) {
      await provider.RefreshToken.revokeByGrantId(token.grantId);
      await grant.destroy();
      throw refused();
    }

    const login = [token.resource ?? []].flat()[0] ?? "";
    const wanted = params.data.audience ?? login;
    // Another API is for clients that may skip its consent.
    const known = wanted === login || apiOf(tenant, wanted)?.[SKIPS_CONSENT] === true;
    const other = known ? policy.policies?.find((one) => one.audience === wanted) : undefined;
    const audience = wanted === login || other !== undefined ? wanted : login;
    const access = accessOf(tenant, client.clientId, audience, "user");
    if ("refused" in access) throw oauthError(403, "access_denied", access.refused);
    const apiScopes =
      audience === login
        ? [...words(grant.getResourceScope(login)), ...(other?.scope ?? [])]
        : (other?.scope ?? []);
    const granted = new Set([
      ...words(grant.getOIDCScope()),
      ...apiScopes.filter((scope) => access.scopes.includes(scope)),
    ]);
    const asked = words(params.data.scope);
    const scopes = [...granted].filter((scope) => asked.length === 0 || asked.includes(scope));

    const next = new provider.RefreshToken({
      client,
      accountId: token.accountId,
      grantId: token.grantId,
      gty: token.gty ?? "authorization_code",
      scope: token.scope ?? "",
      resource: token.resource,
      rotations: rotations + 1,
      iiat: token.iiat,
      authTime: token.authTime,
      expiresIn: Math.max(1, token.exp - Math.floor(Date.now() / 1000)),
    });
    const issued = await issueTokens(provider, ctx, {
      sub: user.sub,
      profile: profileOf(user),
      grantId: token.grantId,
      gty: "refresh_token",
      api: access.api,
      scopes,
      seconds: access.api.token_lifetime,
      claims: { auth_time: token.authTime },
    });
    ctx.body = { ...issued, refresh_token: await next.save() };
  }

  provider.registerGrantType("refresh_token", handle, ["refresh_token", "audience", "scope"]);
}
