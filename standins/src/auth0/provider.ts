/** oidc-provider configured as an Auth0 tenant: its paths, its audiences, no consent for first-party clients. */
import type { JWK } from "jose";
import {
  type AdapterFactory,
  type CIBAConfiguration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from "oidc-provider";
import { z } from "zod";

import { customizeJwt } from "./dialect.ts";
import { errorPage, logoutPage } from "./error-page.ts";
import { resourceServerOf } from "./issue.ts";
import { accessOf, apiOf, clientOf, DETAILS_TYPE, type Tenant } from "./tenant.ts";
import { type Directory, profileOf } from "./users.ts";

const Asked = z.object({
  audience: z.string().optional(),
  grant_type: z.string().optional(),
  requested_expiry: z.string().optional(),
});
const asked = (ctx: KoaContextWithOIDC | undefined) => Asked.parse({ ...ctx?.oidc.params });
const DAY = 86_400;

/** prompt=consent passes: first-party clients need none, and oidc-provider drops offline_access without it. */
function policy() {
  const base = interactionPolicy.base();
  base.get("consent")?.checks.clear();
  return base;
}

/** A new grant for each sign-in: the family of refresh tokens that reuse kills. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { client, account, resourceServers } = ctx.oidc;
  if (client === undefined || account === undefined) return undefined;
  const grant = new ctx.oidc.provider.Grant({
    accountId: account.accountId,
    clientId: client.clientId,
  });
  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes]);
  for (const [audience, server] of Object.entries(resourceServers ?? {})) {
    const wanted = [...ctx.oidc.requestParamScopes].filter((scope) => server.scopes.has(scope));
    if (wanted.length > 0) grant.addResourceScope(audience, wanted);
  }
  await grant.save();
  return grant;
}

export function createProvider(options: {
  tenant: Tenant;
  directory: Directory;
  adapter: AdapterFactory;
  jwk: JWK;
  cookieKey: string;
  ciba: CIBAConfiguration;
}): Provider {
  const { tenant, directory } = options;
  const lifetime = (clientId: string | undefined) =>
    clientOf(tenant, clientId)?.refresh_token?.token_lifetime ?? 30 * DAY;

  /** A browser gets a refresh token only if it is to rotate, and only for an API that allows offline access. */
  function offline(clientId: string, audience: string | undefined): boolean {
    const client = clientOf(tenant, clientId);
    const api = apiOf(tenant, audience);
    const rotates = client?.refresh_token?.rotation_type === "rotating";
    return (
      (client?.token_endpoint_auth_method !== "none" || rotates) &&
      (api === undefined || api.allow_offline_access)
    );
  }

  return new Provider(tenant.issuer, {
    adapter: options.adapter,
    jwks: { keys: [options.jwk] },
    cookies: {
      keys: [options.cookieKey],
      long: { sameSite: "lax", signed: true, secure: true, httpOnly: true },
      short: { sameSite: "lax", signed: true, secure: true, httpOnly: true },
    },
    routes: {
      authorization: "/authorize",
      token: "/oauth/token",
      jwks: "/.well-known/jwks.json",
      userinfo: "/userinfo",
      backchannel_authentication: "/bc-authorize",
      revocation: "/oauth/revoke",
      end_session: "/oidc/logout",
    },
    scopes: ["openid", "offline_access", "profile", "email"],
    claims: {
      openid: ["sub"],
      profile: ["name", "nickname", "updated_at"],
      email: ["email", "email_verified"],
    },
    conformIdTokenClaims: false,
    findAccount(_ctx, sub) {
      const user = directory.find(sub);
      if (user === undefined) return undefined;
      return { accountId: sub, claims: () => profileOf(user) };
    },
    loadExistingGrant: grantAll,
    responseTypes: ["code"],
    extraParams: ["audience", "connection", "organization", "screen_hint", "auth0Client"],
    clientBasedCORS: () => false,
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed("refresh_token") &&
      code.scopes.has("offline_access") &&
      offline(client.clientId, [code.resource ?? []].flat()[0]),
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === "none" },
    interactions: {
      policy: policy(),
      url: (_ctx, interaction) => `/u/login?state=${interaction.uid}`,
    },
    async renderError(ctx, out) {
      ctx.type = "html";
      ctx.body = await errorPage(out.error, out.error_description ?? "");
    },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? DAY,
      AuthorizationCode: 60,
      BackchannelAuthenticationRequest: (ctx) => Number(asked(ctx).requested_expiry ?? 300),
      ClientCredentials: DAY,
      Grant: (ctx) => lifetime(ctx.oidc.client?.clientId),
      IdToken: 36_000,
      Interaction: 3600,
      RefreshToken: (_ctx, _token, client) => lifetime(client.clientId),
      Session: 3 * DAY,
    },
    formats: { customizers: { jwt: customizeJwt(`${tenant.issuer}userinfo`) } },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      clientCredentials: { enabled: true },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        async logoutSource(ctx, form) {
          ctx.body = await logoutPage(form);
        },
        async postLogoutSuccessSource(ctx) {
          ctx.body = "OK";
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx, _client, oneOf) => oneOf?.[0] ?? asked(ctx).audience ?? [],
        useGrantedResource: () => true,
        getResourceServerInfo(ctx, audience, client) {
          const machine = asked(ctx).grant_type === "client_credentials";
          const access = accessOf(tenant, client.clientId, audience, machine ? "client" : "user");
          if ("refused" in access) {
            throw Object.assign(new errors.AccessDenied(), { error_description: access.refused });
          }
          return resourceServerOf(access.api, access.scopes);
        },
      },
      richAuthorizationRequests: {
        enabled: true,
        types: { [DETAILS_TYPE]: { validate: () => undefined } },
        authorizationDetailsForGrantSource: () => undefined,
        authorizationDetailsForAccessToken: () => undefined,
        authorizationDetailsForIntrospection: () => undefined,
      },
      ciba: options.ciba,
    },
  });
}
