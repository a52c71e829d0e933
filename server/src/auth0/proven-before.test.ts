import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, test } from "vitest";

import { createProver } from "./proven-before.ts";

const auth0 = {
  domain: "tenant.example",
  issuer: "https://tenant.example/",
  audience: "https://api.vaultdesk.app",
  extensionClientId: "extension",
  vault: { clientId: "vault", clientSecret: "" },
  approvals: { clientId: "approvals", clientSecret: "" },
};
const { privateKey, publicKey } = await generateKeyPair("RS256");
const keys = createLocalJWKSet({
  keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" }],
});

/** A prover by a clock that only the test moves, with how often it looked for the tenant's key. */
function watched() {
  const start = Date.now();
  const seen = { now: start, looked: 0 };
  const prove = createProver(
    { auth0 },
    (...given) => {
      seen.looked += 1;
      return keys(...given);
    },
    () => seen.now,
  );
  return { prove, seen, start };
}

async function bearer(seconds: number): Promise<string> {
  const jwt = await new SignJWT({ azp: "extension", scope: "agent:use" })
    .setProtectedHeader({ alg: "RS256", kid: "k1" })
    .setSubject("google-oauth2|1001")
    .setIssuer(auth0.issuer)
    .setAudience(auth0.audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(privateKey);
  return `Bearer ${jwt}`;
}

test("a bearer is proven once a minute, and each time it is whose it was", async () => {
  const { prove, seen, start } = watched();
  const asked = await bearer(600);
  const first = await prove(asked);
  expect(first).toMatchObject({ ok: true, principal: { bearer: asked.slice(7) } });
  expect(await prove(asked)).toEqual(first);
  expect(seen.looked).toBe(1);
  seen.now = start + 60_000;
  expect(await prove(asked)).toEqual(first);
  expect(seen.looked).toBe(2);
});

test("one that is over is not believed for having been proven", async () => {
  const { prove, seen, start } = watched();
  const asked = await bearer(30);
  expect((await prove(asked)).ok).toBe(true);
  seen.now = start + 30_000;
  await prove(asked);
  expect(seen.looked).toBe(2);
});

test("what was refused is looked at again, and a letter more or less is another bearer", async () => {
  const { prove, seen } = watched();
  const asked = await bearer(600);
  await prove(asked);
  for (const other of [`${asked.slice(0, -4)}AAAA`, `${asked.slice(0, -4)}AAAA`]) {
    expect(await prove(other)).toEqual({ ok: false, reason: "bad_token" });
  }
  expect(seen.looked).toBe(3);
  for (const other of [undefined, "", asked.toLowerCase(), `${asked} `, asked.slice(7)]) {
    expect((await prove(other)).ok).toBe(false);
  }
});
