/** Access and ID tokens of the grants that this stand-in handles itself (refresh, CIBA), by oidc-provider's own models. */
import type { Provider, TokenEndpointGrantContext } from "oidc-provider";

import type { TenantApi } from "./tenant-rows.ts";

export interface Issue {
  sub: string;
  profile: Record<string, unknown>;
  grantId: string;
  gty: "refresh_token" | "ciba";
  api: TenantApi;
  /** OIDC and API scopes together, as Auth0 lists them. */
  scopes: readonly string[];
  seconds: number;
  details?: { type: string };
  /** Of the ID token, beside the profile. */
  claims?: Record<string, unknown>;
}

export interface Issued {
  access_token: string;
  id_token?: string;
  expires_in: number;
  scope: string;
  token_type: "Bearer";
}

export function resourceServerOf(api: TenantApi, scopes: readonly string[]) {
  return {
    scope: scopes.join(" "),
    audience: api.identifier,
    accessTokenFormat: "jwt",
    accessTokenTTL: api.token_lifetime,
    jwt: { sign: { alg: "RS256" } },
  } as const;
}

export async function issueTokens(
  provider: Provider,
  ctx: TokenEndpointGrantContext,
  issue: Issue,
): Promise<Issued> {
  const scope = issue.scopes.join(" ");
  const access = new provider.AccessToken({
    client: ctx.oidc.client,
    accountId: issue.sub,
    grantId: issue.grantId,
    gty: issue.gty,
    expiresIn: issue.seconds,
    scope,
    resourceServer: new provider.ResourceServer(
      issue.api.identifier,
      resourceServerOf(issue.api, issue.scopes),
    ),
    ...(issue.details === undefined ? {} : { rar: [issue.details] }),
  });
  const reply: Issued = {
    access_token: await access.save(),
    expires_in: issue.seconds,
    scope,
    token_type: "Bearer",
  };
  if (!issue.scopes.includes("openid")) return reply;
  const token = new provider.IdToken(issue.profile, { ctx });
  // The mask of claims: a property that the types leave out.
  Object.assign(token, { scope });
  for (const [claim, value] of Object.entries(issue.claims ?? {})) token.set(claim, value);
  reply.id_token = await token.issue({ use: "idtoken" });
  return reply;
}
