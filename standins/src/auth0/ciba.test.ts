/** CIBA, driven by Auth0's own SDK and by openid-client; the phone answers through its API. */
import { AuthClient } from "@auth0/auth0-auth-js";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";

import type { Auth0 } from "./start.ts";
import { ANA, MAYA, startTenant } from "./testing.ts";

const API = "https://api.vaultdesk.app";
const details = {
  type: "urn:auth0:schemas:authorization-details:v1:vaultdesk-write",
  instruction: "Approve sending this mail",
  properties: {
    subject: { display: true, name: "Subject", display_order: 2, value: "<b>Re: LOI</b>" },
    to: { display: true, name: "To", display_order: 1, value: "ana@helio.example" },
    digest: { display: false, value: "sha256-1" },
  },
};

let auth0: Auth0;
let pass: (ms: number) => void;
let sdk: AuthClient;

beforeEach(async () => {
  ({ auth0, pass } = await startTenant({ intervalSeconds: 5 }));
  sdk = new AuthClient({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    clientSecret: auth0.env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
  });
});
afterEach(() => auth0.close());

const start = (sub = MAYA, requestedExpiry = 300) =>
  sdk.initiateBackchannelAuthentication({
    loginHint: { sub },
    bindingMessage: "Send-this-mail:K7Q-204",
    requestedExpiry,
    authorizationDetails: [details],
    authorizationParams: { scope: "openid write:approve", audience: API },
  });

const poll = (authReqId: string) => sdk.backchannelAuthenticationGrant({ authReqId });

const Told = z.object({ error: z.string(), error_description: z.string() });

/** A request as written, so that one line of a table can break it. */
async function ask(change: Record<string, string | undefined>) {
  const form = new URLSearchParams({
    client_id: auth0.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    client_secret: auth0.env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
    login_hint: JSON.stringify({ format: "iss_sub", iss: auth0.issuer, sub: MAYA }),
    scope: "openid write:approve",
    audience: API,
    binding_message: "Send-this-mail:K7Q-204",
    authorization_details: JSON.stringify([details]),
  });
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) form.delete(name);
    else form.set(name, value);
  }
  const response = await fetch(`${auth0.issuer}bc-authorize`, { method: "POST", body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

test("an approval becomes one token that carries what was shown", async () => {
  const started = await start();
  expect(started).toMatchObject({ expiresIn: 300, interval: 5 });
  const [push] = auth0.phone.pushes(MAYA);
  expect(push).toMatchObject({
    appName: "VaultDesk Approvals",
    bindingMessage: "Send-this-mail:K7Q-204",
    instruction: "Approve sending this mail",
    properties: [
      { name: "To", value: "ana@helio.example" },
      { name: "Subject", value: "<b>Re: LOI</b>" },
    ],
    state: "pending",
  });
  expect(JSON.stringify(push)).not.toContain(started.authReqId);
  expect(auth0.phone.approve(push?.id ?? "")).toBe(true);
  const reply = await poll(started.authReqId);
  expect(reply.authorizationDetails).toEqual([details]);
  const claims = decodeJwt(reply.accessToken);
  expect(claims).toMatchObject({
    sub: MAYA,
    azp: auth0.env["AUTH0_APPROVALS_CLIENT_ID"],
    aud: [API, `${auth0.issuer}userinfo`],
    scope: "openid write:approve",
    authorization_details: [details],
  });
  expect(claims.jti).toMatch(/^.{16,}$/);
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
  expect(reply.refreshToken).toBeUndefined();
  pass(6000);
  await expect(poll(started.authReqId)).rejects.toMatchObject({
    cause: { error: "invalid_grant" },
  });
});

test("until then it is pending, and a hasty client waits longer each time", async () => {
  const { authReqId } = await start();
  await expect(poll(authReqId)).rejects.toMatchObject({
    cause: {
      error: "authorization_pending",
      error_description: "The end-user authorization is pending",
    },
  });
  for (const wait of [10, 15]) {
    await expect(poll(authReqId)).rejects.toSatisfy((error: unknown) => {
      const headers: unknown = error instanceof Error ? Reflect.get(error, "headers") : undefined;
      return headers instanceof Headers && headers.get("retry-after") === String(wait);
    });
  }
  pass(15_000);
  await expect(poll(authReqId)).rejects.toMatchObject({
    cause: { error: "authorization_pending" },
  });
});

test("a denial and an expiry are told with the same words", async () => {
  const words = {
    cause: {
      error: "access_denied",
      error_description: "The end-user denied the authorization request or it has been expired",
    },
  };
  const denied = await start();
  expect(auth0.phone.deny(auth0.phone.pushes()[0]?.id ?? "")).toBe(true);
  await expect(poll(denied.authReqId)).rejects.toMatchObject(words);
  const late = await start(MAYA, 30);
  expect(late.expiresIn).toBe(30);
  pass(31_000);
  const push = auth0.phone.pushes().at(-1);
  expect(push?.state).toBe("expired");
  expect(auth0.phone.approve(push?.id ?? "")).toBe(false);
  await expect(poll(late.authReqId)).rejects.toMatchObject(words);
});

test("an answer is given once", async () => {
  await start();
  const id = auth0.phone.pushes()[0]?.id ?? "";
  expect(auth0.phone.deny(id)).toBe(true);
  expect(auth0.phone.approve(id)).toBe(false);
  expect(auth0.phone.pushes()[0]?.state).toBe("denied");
});

test.each(["pending", "none"] as const)("an enrolment that is %s gets no push", async (phone) => {
  auth0.phone.setEnrolment(ANA, phone);
  await expect(start(ANA)).rejects.toMatchObject({
    cause: {
      error: "invalid_request",
      error_description:
        "No eligible notification channels were found. guardian-push: User does not have push notifications set up",
    },
  });
  expect(auth0.phone.pushes()).toEqual([]);
});

test("a confirmed enrolment gets pushes again", async () => {
  auth0.phone.setEnrolment(ANA, "confirmed");
  expect((await start(ANA)).authReqId).toBeDefined();
});

test("the sixth push of a minute is refused, the next minute's is not", async () => {
  for (let n = 0; n < 5; n += 1) expect((await ask({})).status).toBe(200);
  pass(20_000);
  const sixth = await ask({});
  expect(sixth).toMatchObject({ status: 429, body: { error: "too_many_requests" } });
  expect(Number(sixth.headers.get("retry-after"))).toBeLessThanOrEqual(40);
  pass(41_000);
  expect((await ask({})).status).toBe(200);
});

const hint = (iss: string, sub: string) => JSON.stringify({ format: "iss_sub", iss, sub });
const property = { display: true, name: "N", display_order: 1, value: "v" };
const shown = (change: object) => JSON.stringify([{ ...details, ...change }]);

test.each<[string, Record<string, string | undefined>, string]>([
  ["without a binding message", { binding_message: undefined }, "invalid_request"],
  ["a space in it", { binding_message: "Send this" }, "invalid_binding_message"],
  ["an address in it", { binding_message: "ana@helio.example" }, "invalid_binding_message"],
  ["65 characters of it", { binding_message: "a".repeat(65) }, "invalid_binding_message"],
  ["a plain login_hint", { login_hint: MAYA }, "invalid_request"],
  ["an unknown user", { login_hint: "user" }, "unknown_user_id"],
  ["another issuer", { login_hint: "issuer" }, "invalid_request"],
  ["an expiry of 301", { requested_expiry: "301" }, "invalid_request"],
  ["an expiry of 0", { requested_expiry: "0" }, "invalid_request"],
  ["no openid", { scope: "write:approve" }, "invalid_request"],
  ["no audience", { audience: undefined }, "invalid_target"],
  ["an unknown audience", { audience: "https://other.example" }, "access_denied"],
  ["no details", { authorization_details: undefined }, "invalid_authorization_details"],
  ["two details", { authorization_details: "two" }, "invalid_authorization_details"],
  [
    "another type",
    { authorization_details: shown({ type: "x" }) },
    "invalid_authorization_details",
  ],
  ["a stray key", { authorization_details: shown({ extra: 1 }) }, "invalid_authorization_details"],
  [
    "no instruction",
    { authorization_details: shown({ instruction: "" }) },
    "invalid_authorization_details",
  ],
  [
    "a value of 256 characters",
    {
      authorization_details: shown({ properties: { a: { ...property, value: "v".repeat(256) } } }),
    },
    "invalid_authorization_details",
  ],
  [
    "a displayed value without order",
    { authorization_details: shown({ properties: { a: { display: true, value: "v" } } }) },
    "invalid_authorization_details",
  ],
  [
    "eleven properties",
    {
      authorization_details: shown({
        properties: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`p${n}`, property])),
      }),
    },
    "invalid_authorization_details",
  ],
  ["the wrong secret", { client_secret: "x".repeat(43) }, "invalid_client"],
])("refused: %s", async (_, change, error) => {
  const filled = { ...change };
  if (change["login_hint"] === "user") filled["login_hint"] = hint(auth0.issuer, "auth0|nobody");
  if (change["login_hint"] === "issuer") filled["login_hint"] = hint("https://evil.example/", MAYA);
  if (change["authorization_details"] === "two") {
    filled["authorization_details"] = JSON.stringify([details, details]);
  }
  const answer = await ask(filled);
  expect(Told.parse(answer.body)).toMatchObject({ error });
  expect(auth0.phone.pushes()).toEqual([]);
});

test("another client may neither ask nor redeem", async () => {
  const vault = {
    client_id: auth0.env["AUTH0_VAULT_CLIENT_ID"],
    client_secret: auth0.env["AUTH0_VAULT_CLIENT_SECRET"],
  };
  expect((await ask(vault)).body).toMatchObject({ error: "unauthorized_client" });
  const { authReqId } = await start();
  const response = await fetch(`${auth0.issuer}oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...vault,
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: authReqId,
    }),
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: "unauthorized_client" });
});

test("openid-client polls at the told interval until the phone says yes", async () => {
  const quick = (await startTenant({ intervalSeconds: 1 })).auth0;
  const config = await client.discovery(
    new URL(quick.issuer),
    quick.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    {},
    client.ClientSecretPost(quick.env["AUTH0_APPROVALS_CLIENT_SECRET"]),
  );
  const started = await client.initiateBackchannelAuthentication(config, {
    login_hint: JSON.stringify({ format: "iss_sub", iss: quick.issuer, sub: MAYA }),
    scope: "openid write:approve",
    audience: API,
    binding_message: "Send-this-mail:K7Q-204",
    authorization_details: JSON.stringify([details]),
  });
  setTimeout(() => quick.phone.approve(quick.phone.pushes()[0]?.id ?? ""), 1200);
  const tokens = await client.pollBackchannelAuthenticationGrant(config, started);
  expect(tokens.claims()).toMatchObject({ sub: MAYA, amr: ["mfa"] });
  await quick.close();
});
