/**
 * Bearers that were proven a moment ago: who asks again, or too often, costs no signature. Kept by hash, never the bearer itself. Whether
 * its person signed out everywhere is not answered here: that is asked of the store at each request.
 */
import { hash } from "node:crypto";

import type { JWTVerifyGetKey } from "jose";

import type { Config } from "../config.ts";
import { type Principal, principalOf, type PrincipalResult } from "./principal.ts";

/** A key that the tenant took back is believed this much longer than jose keeps the tenant's keys. Milliseconds. */
const BELIEVED_MS = 60_000;
const REMEMBERED = 10_000;

export type Prover = (authorization: string | undefined) => Promise<PrincipalResult>;

export function createProver(
  config: Pick<Config, "auth0">,
  keys: JWTVerifyGetKey,
  now: () => number,
): Prover {
  const proven = new Map<string, Omit<Principal, "bearer"> & { until: number }>();

  return async (authorization = "") => {
    const id = hash("sha256", authorization, "base64url");
    const known = proven.get(id);
    if (known !== undefined && known.until > now()) {
      const { sub, issuedAt, expiresAt } = known;
      const bearer = authorization.slice("Bearer ".length);
      return { ok: true, principal: { sub, bearer, issuedAt, expiresAt } };
    }
    const found = await principalOf(authorization, config, keys);
    if (!found.ok) return found;
    const { sub, issuedAt, expiresAt } = found.principal;
    const until = Math.min(expiresAt, now() + BELIEVED_MS);
    // Put back at the end: the first is the one that was proven longest ago.
    proven.delete(id);
    proven.set(id, { sub, issuedAt, expiresAt, until });
    const [oldest] = proven.keys();
    if (proven.size > REMEMBERED && oldest !== undefined) proven.delete(oldest);
    return found;
  };
}
