/**
 * The grant that a phone's yes became: is it for exactly this approval? Pure but for the signature check; `jti` is spent by the caller.
 * The tenant checks only that the details' type is allowed: everything else is checked here.
 */
import { isDeepStrictEqual } from "node:util";

import { APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";
import { jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

import type { Config } from "../config.ts";

export interface Expected {
  approver: string;
  /** The one object that was sent. */
  details: Readonly<Record<string, unknown>>;
  digest: string;
}

type GrantRefusal =
  | "bad_token"
  | "wrong_client"
  | "wrong_user"
  | "wrong_scope"
  | "wrong_details"
  | "wrong_digest";

export type GrantResult = { ok: true; jti: string } | { ok: false; reason: GrantRefusal };

const Claims = z.object({
  sub: z.string(),
  azp: z.string(),
  jti: z.string().min(8),
  scope: z.string(),
  authorization_details: z.array(z.unknown()),
});

const Carried = z.object({ properties: z.object({ digest: z.object({ value: z.string() }) }) });

/** Signature, issuer, audience and expiry by jose; then one check a line. */
export async function checkGrant(
  accessToken: string,
  expected: Expected,
  config: Pick<Config, "auth0">,
  keys: JWTVerifyGetKey,
): Promise<GrantResult> {
  let payload: unknown;
  try {
    ({ payload } = await jwtVerify(accessToken, keys, {
      issuer: config.auth0.issuer,
      audience: config.auth0.audience,
      algorithms: ["RS256"],
      clockTolerance: 5,
      requiredClaims: ["sub", "exp", "iat", "jti", "azp"],
    }));
  } catch {
    return { ok: false, reason: "bad_token" };
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) return { ok: false, reason: "bad_token" };
  return checkClaims(claims.data, expected, config.auth0.approvals.clientId);
}

export function checkClaims(
  claims: z.infer<typeof Claims>,
  expected: Expected,
  approvalsClientId: string,
): GrantResult {
  if (claims.azp !== approvalsClientId) return { ok: false, reason: "wrong_client" };
  if (claims.sub !== expected.approver) return { ok: false, reason: "wrong_user" };
  if (!claims.scope.split(" ").includes(APPROVE_SCOPE)) return { ok: false, reason: "wrong_scope" };
  const [first, ...more] = claims.authorization_details;
  if (more.length > 0 || !isDeepStrictEqual(first, expected.details)) {
    return { ok: false, reason: "wrong_details" };
  }
  const carried = Carried.safeParse(first);
  if (!carried.success || carried.data.properties.digest.value !== expected.digest) {
    return { ok: false, reason: "wrong_digest" };
  }
  return { ok: true, jti: claims.jti };
}
