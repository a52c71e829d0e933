import { createLocalJWKSet, type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";

import { principalOf } from "./principal.ts";

const config = {
  auth0: {
    domain: "tenant.example",
    issuer: "https://tenant.example/",
    audience: "https://api.vaultdesk.app",
    extensionClientId: "extension",
    vault: { clientId: "vault", clientSecret: "" },
    approvals: { clientId: "approvals", clientSecret: "" },
  },
};

interface Signing {
  payload?: Record<string, unknown>;
  issuer?: string;
  audience?: string | string[];
  expires?: string | number;
  key?: CryptoKey;
  kid?: string;
}

const known = await generateKeyPair("RS256");
const stranger = await generateKeyPair("RS256");
let keys: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  keys = createLocalJWKSet({
    keys: [{ ...(await exportJWK(known.publicKey)), kid: "k1", alg: "RS256", use: "sig" }],
  });
});

async function bearer(change: Signing = {}): Promise<string> {
  const jwt = await new SignJWT({ azp: "extension", scope: "openid agent:use", ...change.payload })
    .setProtectedHeader({ alg: "RS256", kid: change.kid ?? "k1", typ: "JWT" })
    .setSubject("google-oauth2|1001")
    .setIssuer(change.issuer ?? config.auth0.issuer)
    .setAudience(change.audience ?? [config.auth0.audience, "https://tenant.example/userinfo"])
    .setIssuedAt()
    .setExpirationTime(change.expires ?? "10m")
    .sign(change.key ?? known.privateKey);
  return `Bearer ${jwt}`;
}

test("the panel's token is a principal", async () => {
  expect(await principalOf(await bearer(), config, keys)).toMatchObject({
    ok: true,
    principal: { sub: "google-oauth2|1001" },
  });
});

describe("refused", () => {
  const rows: [string, Signing, string][] = [
    ["an expired token", { expires: 1_700_000_000 }, "bad_token"],
    ["another issuer", { issuer: "https://evil.example/" }, "bad_token"],
    ["another audience", { audience: "https://other.example" }, "bad_token"],
    ["a key that is not the tenant's", { key: stranger.privateKey }, "bad_token"],
    ["an unknown key id", { kid: "k2" }, "bad_token"],
    [
      "a CIBA token",
      { payload: { azp: "approvals", scope: "openid write:approve" } },
      "wrong_client",
    ],
    ["another application's token", { payload: { azp: "other" } }, "wrong_client"],
    ["a token without azp", { payload: { azp: undefined } }, "bad_token"],
    ["a token without the API's scope", { payload: { scope: "openid profile" } }, "no_scope"],
  ];

  test.each(rows)("%s", async (_, change, reason) => {
    expect(await principalOf(await bearer(change), config, keys)).toEqual({ ok: false, reason });
  });

  test.each([
    ["no header", undefined],
    ["another scheme", "Basic bWF5YTpwdw=="],
    ["not a JWT", "Bearer abc"],
  ])("%s", async (_, header) => {
    expect(await principalOf(header, config, keys)).toEqual({ ok: false, reason: "no_token" });
  });

  test("alg none", async () => {
    const [, body] = (await bearer()).slice(7).split(".");
    const head = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    for (const signature of ["AA", ""]) {
      expect((await principalOf(`Bearer ${head}.${body}.${signature}`, config, keys)).ok).toBe(
        false,
      );
    }
  });
});
