/** Token Vault and connected accounts: auth0-auth-js exchanges, auth0-spa-js's steps are in spa.test.ts. */
import { createHash, randomBytes } from "node:crypto";

import { AuthClient } from "@auth0/auth0-auth-js";
import * as client from "openid-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";

import type { Auth0 } from "./start.ts";
import {
  CALLBACK,
  createBrowser,
  type fakeGoogle,
  MAYA,
  MAYA_MAIL,
  signIn,
  startTenant,
} from "./testing.ts";

const API = "https://api.vaultdesk.app";
const READ = "https://www.googleapis.com/auth/gmail.readonly";
const COMPOSE = "https://www.googleapis.com/auth/gmail.compose";
const CONNECTED =
  "create:me:connected_accounts read:me:connected_accounts delete:me:connected_accounts";

let auth0: Auth0;
let google: ReturnType<typeof fakeGoogle>;
let pass: (ms: number) => void;
let api: string;
let me: string;
let sdk: AuthClient;

beforeEach(async () => {
  ({ auth0, google, pass } = await startTenant());
  const extension = await client.discovery(
    new URL(auth0.issuer),
    auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    undefined,
    client.None(),
  );
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(extension, {
    redirect_uri: CALLBACK,
    scope: "openid offline_access agent:use",
    audience: API,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const back = new URL(await signIn(createBrowser(auth0.origin), url.href, MAYA));
  const first = await client.authorizationCodeGrant(extension, back, {
    pkceCodeVerifier: verifier,
  });
  api = first.access_token;
  const account = { audience: `${auth0.issuer}me/`, scope: `openid ${CONNECTED}` };
  me = (await client.refreshTokenGrant(extension, first.refresh_token ?? "", account)).access_token;
  sdk = new AuthClient({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_VAULT_CLIENT_ID"] ?? "",
    clientSecret: auth0.env["AUTH0_VAULT_CLIENT_SECRET"] ?? "",
  });
});
afterEach(() => auth0.close());

const exchange = (accessToken = api, more: { loginHint?: string } = {}) =>
  sdk.getTokenForConnection({ connection: "google-oauth2", accessToken, ...more });

async function mine(method: string, path: string, body?: object, token = me) {
  const response = await fetch(`${auth0.issuer}me/v1/connected-accounts${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, body: json };
}

const Begun = z.object({
  auth_session: z.string(),
  connect_uri: z.string(),
  connect_params: z.object({ ticket: z.string() }),
});

/** Up to the consent page. */
async function begin(scopes = ["openid", "email", "profile", READ, COMPOSE]) {
  const verifier = randomBytes(32).toString("base64url");
  const reply = await mine("POST", "/connect", {
    connection: "google-oauth2",
    redirect_uri: CALLBACK,
    state: "st-1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    scopes,
  });
  expect(reply.status).toBe(201);
  const begun = Begun.parse(reply.body);
  const ticket = `${begun.connect_uri}?ticket=${begun.connect_params.ticket}`;
  const browser = createBrowser(auth0.origin);
  return {
    verifier,
    session: begun.auth_session,
    ticket,
    browser,
    page: await browser.open(ticket),
  };
}

async function connect(granted = [READ, COMPOSE], account = MAYA_MAIL) {
  const run = await begin();
  const form = new URLSearchParams({ account, action: "continue" });
  for (const scope of granted) form.append("scope", scope);
  const back = new URL((await run.browser.open(run.page.url, form)).url);
  const complete = (change: Record<string, string | undefined> = {}) =>
    mine("POST", "/complete", {
      auth_session: run.session,
      connect_code: back.searchParams.get("connect_code") ?? "",
      redirect_uri: CALLBACK,
      code_verifier: run.verifier,
      ...change,
    });
  return { ...run, back, complete };
}

test("a login does not fill the vault, Connect does, and the token is Google's with what was granted", async () => {
  await expect(exchange()).rejects.toMatchObject({
    statusCode: 401,
    cause: {
      error: "federated_connection_refresh_token_not_found",
      error_description: "Federated connection Refresh Token not found.",
    },
  });
  const { complete, back } = await connect();
  expect(back.searchParams.get("state")).toBe("st-1");
  expect(await complete()).toMatchObject({
    status: 201,
    body: {
      connection: "google-oauth2",
      access_type: "offline",
      scopes: ["openid", "email", "profile", READ, COMPOSE],
    },
  });
  const token = await exchange();
  expect(token.accessToken).toBe(google.issued[0]?.accessToken);
  expect(token.scope?.split(" ")).toEqual(expect.arrayContaining(["openid", READ, COMPOSE]));
});

test("the stored token is handed out until it nearly expires", async () => {
  await (await connect()).complete();
  await exchange();
  pass(3_400_000);
  await exchange();
  expect(google.issued).toHaveLength(1);
  pass(150_000);
  await exchange();
  expect(google.issued).toHaveLength(2);
});

test("the page shows what is asked in words, and an unticked scope is missing from the token", async () => {
  const { page } = await begin();
  expect(page.text).toContain("View your email messages and settings");
  expect(page.text).toContain("Manage drafts and send emails");
  expect(page.text.match(/type="checkbox"/g)).toHaveLength(2);
  await (await connect([READ])).complete();
  const { scope } = await exchange();
  expect(scope).toContain(READ);
  expect(scope).not.toContain(COMPOSE);
});

test("a scope that was not asked cannot be granted", async () => {
  await (await connect([READ, "https://mail.google.com/"])).complete();
  expect((await exchange()).scope).not.toContain("https://mail.google.com/");
});

test("Cancel goes back with access_denied and fills nothing", async () => {
  const run = await begin();
  const form = new URLSearchParams({ account: MAYA_MAIL, action: "cancel" });
  const back = new URL((await run.browser.open(run.page.url, form)).url);
  expect(`${back.origin}/`).toBe(CALLBACK);
  expect(back.searchParams.get("error")).toBe("access_denied");
  expect(back.searchParams.get("state")).toBe("st-1");
  expect((await run.browser.open(run.page.url, form)).status).toBe(400);
  expect(auth0.vault.accounts(MAYA)).toEqual([]);
});

test("ticket and code are good once", async () => {
  const run = await connect();
  expect((await run.browser.open(run.ticket)).status).toBe(400);
  expect((await run.complete()).status).toBe(201);
  expect(await run.complete()).toMatchObject({ status: 400, body: { title: "Bad Request" } });
});

test.each([
  ["another verifier", { code_verifier: "v".repeat(43) }],
  ["no verifier", { code_verifier: undefined }],
  ["another redirect address", { redirect_uri: "https://evil.example/" }],
  ["another session", { auth_session: "s".repeat(32) }],
  ["a stray key", { extra: "1" }],
])("complete is refused with %s", async (_, change) => {
  const run = await connect();
  expect((await run.complete(change)).status).toBe(400);
  expect(auth0.vault.accounts(MAYA)).toEqual([]);
});

test("a connect run is over after five minutes", async () => {
  const run = await connect();
  pass(301_000);
  expect((await run.complete()).status).toBe(400);
});

test.each([
  ["an unregistered redirect address", { redirect_uri: "https://evil.example/" }, 400],
  ["an unknown connection", { connection: "github" }, 404],
  ["a stray key", { audience: API }, 400],
  ["an empty scope list", { scopes: [] }, 400],
])("connect is refused with %s", async (_, change, status) => {
  const body = { connection: "google-oauth2", redirect_uri: CALLBACK, ...change };
  expect(await mine("POST", "/connect", body)).toMatchObject({ status, body: { status } });
});

test("accounts are listed page by page and deleted; another API's token is refused", async () => {
  await (await connect()).complete();
  await (await connect([READ], "other@northgate.example")).complete();
  const first = await mine("GET", "/accounts?take=1");
  const { accounts, next } = z
    .object({ accounts: z.array(z.object({ id: z.string() })), next: z.string() })
    .parse(first.body);
  expect(accounts).toHaveLength(1);
  const rest = await mine("GET", `/accounts?take=1&from=${next}`);
  expect(rest.body).toMatchObject({ accounts: [{ id: next }] });
  expect(rest.body).not.toHaveProperty("next");
  expect((await mine("DELETE", `/accounts/${next}`)).status).toBe(204);
  expect((await mine("DELETE", `/accounts/${next}`)).status).toBe(404);
  expect(auth0.vault.accounts(MAYA)).toHaveLength(1);
  expect(await mine("GET", "/accounts", undefined, api)).toMatchObject({
    status: 401,
    body: { title: "Unauthorized", detail: "Invalid Token" },
  });
  expect(await mine("GET", "/connections")).toMatchObject({
    body: { connections: [{ name: "google-oauth2" }] },
  });
});

test("a hint chooses among accounts, the wrong one finds nobody", async () => {
  await (await connect()).complete();
  await (await connect([READ], "other@northgate.example")).complete();
  expect((await exchange(api, { loginHint: MAYA_MAIL })).accessToken).toContain(MAYA_MAIL);
  await expect(exchange(api, { loginHint: "nobody" })).rejects.toMatchObject({
    cause: { error: "user_not_found" },
  });
});

test("revoked at Google means reconnect, and a new consent repairs it", async () => {
  await (await connect()).complete();
  await exchange();
  auth0.vault.revokeAtGoogle(MAYA);
  expect(google.revoked).toEqual([MAYA_MAIL]);
  await expect(exchange()).rejects.toMatchObject({
    statusCode: 401,
    cause: { error: "federated_connection_refresh_token_flow_failed" },
  });
  await (await connect()).complete();
  expect((await exchange()).accessToken).toContain(MAYA_MAIL);
});

test("revoked at Google, the stored token may still be handed out until its end", async () => {
  await (await connect()).complete();
  const before = await exchange();
  auth0.vault.revokeAtGoogle(MAYA, "stored");
  expect((await exchange()).accessToken).toBe(before.accessToken);
  pass(3_600_000);
  await expect(exchange()).rejects.toMatchObject({
    cause: { error: "federated_connection_refresh_token_flow_failed" },
  });
});

test("throttled and disconnected are told apart", async () => {
  await (await connect()).complete();
  auth0.vault.throttle();
  await expect(exchange()).rejects.toMatchObject({
    statusCode: 429,
    cause: { error: "too_many_requests" },
  });
  auth0.vault.disconnect(MAYA);
  await expect(exchange()).rejects.toMatchObject({
    cause: { error: "federated_connection_refresh_token_not_found" },
  });
});

test("only the Custom API Client exchanges, and only tokens for its API", async () => {
  await (await connect()).complete();
  await expect(exchange(me)).rejects.toMatchObject({ statusCode: 403 });
  await expect(exchange(`${api.slice(0, -4)}AAAA`)).rejects.toMatchObject({ statusCode: 401 });
  const approvals = new AuthClient({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    clientSecret: auth0.env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
  });
  await expect(
    approvals.getTokenForConnection({ connection: "google-oauth2", accessToken: api }),
  ).rejects.toMatchObject({ statusCode: 403, cause: { error: "unauthorized_client" } });
});

test("faults come by path, in order, and pass", async () => {
  await (await connect()).complete();
  auth0.faults.next("/oauth/token", "down");
  auth0.faults.next("/oauth/token", "throttle");
  await expect(exchange()).rejects.toMatchObject({ statusCode: 503 });
  await expect(exchange()).rejects.toMatchObject({ statusCode: 429 });
  expect((await exchange()).accessToken).toContain("ya29.");
  auth0.faults.next("/me/v1", "throttle");
  expect(await mine("GET", "/accounts")).toMatchObject({ status: 429, body: { status: 429 } });
  auth0.faults.next("/me/v1", "timeout");
  const hung = fetch(`${auth0.issuer}me/v1/connected-accounts/accounts`, {
    signal: AbortSignal.timeout(200),
  });
  await expect(hung).rejects.toThrow("timeout");
  expect((await mine("GET", "/accounts")).status).toBe(200);
});
