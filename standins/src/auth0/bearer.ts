/** Checks the tenant's own access tokens: signature, issuer, expiry, audience. */
import { type CryptoKey, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";

const Claims = z.object({
  sub: z.string(),
  azp: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  scope: z.string().default(""),
});

export interface Claim {
  sub: string;
  azp: string;
  audiences: string[];
  scopes: string[];
}

export type CheckToken = (token: string) => Promise<Claim | undefined>;

export function createTokenCheck(key: CryptoKey, issuer: string): CheckToken {
  return async (token) => {
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, key, { issuer, algorithms: ["RS256"], typ: "JWT" }));
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
    const claims = Claims.safeParse(payload);
    if (!claims.success) return undefined;
    const { sub, azp, aud, scope } = claims.data;
    return { sub, azp, audiences: [aud].flat(), scopes: scope.split(" ").filter(Boolean) };
  };
}

/** The token of an Authorization header. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(header ?? "")?.[1];
}
