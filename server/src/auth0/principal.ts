/**
 * Bearer token -> Principal, or a reason. Checks signature (RS256 by the tenant's JWKS), issuer, audience, expiry, `azp` and scope:
 * without `azp` any first-party application's token for the API would pass, and so would a CIBA token.
 * Sources: RFC 9068 section 4, auth0.com/docs/secure/tokens/access-tokens/validate-access-tokens.
 */
import { API_SCOPE } from "@vaultdesk/shared/api.ts";
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

import type { Config } from "../config.ts";

export interface Principal {
  readonly sub: string;
  /** The bearer itself: subject token of the vault exchange. Lives as long as the request or the run that it started. */
  readonly bearer: string;
  /** Seconds since the epoch, as tokens say it: of the bearer, or of the sign-in where the extension names an earlier one. */
  readonly issuedAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export type PrincipalResult =
  | { ok: true; principal: Principal }
  | {
      ok: false;
      reason: "no_token" | "bad_token" | "wrong_client" | "no_scope" | "keys_unreachable";
    };

const Claims = z.object({
  sub: z.string().min(1),
  azp: z.string(),
  scope: z.string(),
  iat: z.number(),
  exp: z.number(),
});

/** The tenant's public keys, cached by jose (10 min, 30 s cooldown on an unknown key id). */
export function tenantKeys(config: Pick<Config, "auth0">): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(".well-known/jwks.json", config.auth0.issuer));
}

export async function principalOf(
  authorization: string | undefined,
  config: Pick<Config, "auth0">,
  keys: JWTVerifyGetKey,
): Promise<PrincipalResult> {
  const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? "")?.[1];
  if (bearer === undefined) return { ok: false, reason: "no_token" };
  let payload: unknown;
  try {
    ({ payload } = await jwtVerify(bearer, keys, {
      issuer: config.auth0.issuer,
      audience: config.auth0.audience,
      algorithms: ["RS256"],
      clockTolerance: 5,
      requiredClaims: ["sub", "iat", "exp", "scope", "azp"],
    }));
  } catch (error) {
    const ours = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
    return { ok: false, reason: ours ? "bad_token" : "keys_unreachable" };
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) return { ok: false, reason: "bad_token" };
  if (claims.data.azp !== config.auth0.extensionClientId)
    return { ok: false, reason: "wrong_client" };
  if (!claims.data.scope.split(" ").includes(API_SCOPE)) return { ok: false, reason: "no_scope" };
  const { sub, iat, exp } = claims.data;
  return { ok: true, principal: { sub, bearer, issuedAt: iat, expiresAt: exp * 1000 } };
}
