/** Sign-in, tokens, rotation and logout, driven by openid-client. */
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Auth0 } from "./start.ts";
import { CALLBACK, createBrowser, MAYA, MAYA_MAIL, signIn, startTenant } from "./testing.ts";

const API = "https://api.vaultdesk.app";
const SCOPE = "openid profile email offline_access agent:use";

let auth0: Auth0;
let pass: (ms: number) => void;
let config: client.Configuration;

beforeAll(async () => {
  ({ auth0, pass } = await startTenant());
  config = await client.discovery(
    new URL(auth0.issuer),
    auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    undefined,
    client.None(),
  );
});
afterAll(() => auth0.close());

async function login(
  change: Record<string, string> = {},
  browser = createBrowser(auth0.origin),
  at = config,
): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(at, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    audience: API,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    ...change,
  });
  const back = await signIn(browser, url.href, MAYA);
  return client.authorizationCodeGrant(at, new URL(back), {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
}

const refresh = (token: string | undefined, more: Record<string, string> = {}) =>
  client.refreshTokenGrant(config, token ?? "", more);

test("code and PKCE give a token in Auth0's dialect", async () => {
  const tokens = await login();
  expect(tokens).toMatchObject({ scope: SCOPE, expires_in: 3600, token_type: "bearer" });
  expect(tokens.claims()).toMatchObject({ sub: MAYA, email: MAYA_MAIL, name: "Maya Field" });
  const jwks = createRemoteJWKSet(new URL(`${auth0.issuer}.well-known/jwks.json`));
  const { payload } = await jwtVerify(tokens.access_token, jwks, {
    issuer: auth0.issuer,
    audience: API,
    algorithms: ["RS256"],
  });
  expect(payload).toMatchObject({
    sub: MAYA,
    azp: auth0.env["AUTH0_EXTENSION_CLIENT_ID"],
    aud: [API, `${auth0.issuer}userinfo`],
    scope: SCOPE,
  });
  expect(payload).not.toHaveProperty("client_id");
  expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: "JWT", alg: "RS256" });
});

test("the profile is told for the access token", async () => {
  const tokens = await login();
  const profile = await client.fetchUserInfo(config, tokens.access_token, MAYA);
  expect(profile).toMatchObject({ sub: MAYA, email: MAYA_MAIL, email_verified: true });
  expect((await fetch(`${auth0.issuer}userinfo`)).status).toBe(401);
});

test("without offline_access there is no refresh token, and an unknown scope is dropped", async () => {
  const tokens = await login({ scope: "openid agent:use nonsense" });
  expect(tokens.refresh_token).toBeUndefined();
  expect(tokens.scope).toBe("openid agent:use");
});

test("an unknown audience is refused at the callback", async () => {
  await expect(login({ audience: "https://other.example" })).rejects.toMatchObject({
    error: "access_denied",
    error_description: "Service not found: https://other.example",
  });
});

test("a session answers prompt=none, logout ends it, and only a known address gets the browser back", async () => {
  const browser = createBrowser(auth0.origin);
  await expect(login({ prompt: "none" }, browser)).rejects.toMatchObject({
    error: "login_required",
  });
  await login({}, browser);
  expect((await login({ prompt: "none" }, browser)).access_token).toBeDefined();
  const logout = (to: string) =>
    `/v2/logout?${new URLSearchParams({ client_id: auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "", returnTo: to }).toString()}`;
  expect((await browser.open(logout("https://evil.example/"))).status).toBe(400);
  expect((await login({ prompt: "none" }, browser)).access_token).toBeDefined();
  expect((await browser.open(logout(CALLBACK))).url).toBe(CALLBACK);
  await expect(login({ prompt: "none" }, browser)).rejects.toMatchObject({
    error: "login_required",
  });
});

test("logout as OpenID Connect has it goes back without a question", async () => {
  const browser = createBrowser(auth0.origin);
  const tokens = await login({}, browser);
  const end = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token ?? "",
    post_logout_redirect_uri: CALLBACK,
  });
  const page = await browser.open(end.href);
  const [, action = ""] = /action="([^"]+)"/.exec(page.text) ?? [];
  const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
  const back = await browser.open(action, new URLSearchParams({ xsrf, logout: "yes" }));
  expect(back.url).toBe(CALLBACK);
  await expect(login({ prompt: "none" }, browser)).rejects.toMatchObject({
    error: "login_required",
  });
  expect((await refresh(tokens.refresh_token)).access_token).toBeDefined();
});

test("a refresh rotates, keeps scope and audience, and brings an ID token", async () => {
  const first = await login();
  const second = await refresh(first.refresh_token);
  expect(second).toMatchObject({ scope: SCOPE, expires_in: 3600 });
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(second.claims()).toMatchObject({ sub: MAYA });
});

test("the previous token may be used again within the leeway only", async () => {
  const first = await login();
  await refresh(first.refresh_token);
  const again = await refresh(first.refresh_token);
  pass(31_000);
  await expect(refresh(first.refresh_token)).rejects.toMatchObject({
    error: "invalid_grant",
    error_description: "Unknown or invalid refresh token.",
    status: 403,
  });
  await expect(refresh(again.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("without a leeway the first reuse kills the family", async () => {
  const strict = (await startTenant({ leewaySeconds: 0 })).auth0;
  const at = await client.discovery(
    new URL(strict.issuer),
    strict.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    undefined,
    client.None(),
  );
  const first = await login({}, createBrowser(strict.origin), at);
  const use = (token: string | undefined) => client.refreshTokenGrant(at, token ?? "");
  const second = await use(first.refresh_token);
  await expect(use(first.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
  await expect(use(second.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
  await strict.close();
});

test("the token before the previous one kills the family at once", async () => {
  const first = await login();
  const second = await refresh(first.refresh_token);
  const third = await refresh(second.refresh_token);
  await expect(refresh(first.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
  await expect(refresh(third.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
  expect((await refresh((await login()).refresh_token)).access_token).toBeDefined();
});

test("one refresh token serves My Account too, an audience without a policy is ignored", async () => {
  const first = await login();
  const me = `${auth0.issuer}me/`;
  const second = await refresh(first.refresh_token, {
    audience: me,
    scope: "openid create:me:connected_accounts agent:use",
  });
  expect(second.scope).toBe("openid create:me:connected_accounts");
  const third = await refresh(second.refresh_token, { audience: `${auth0.issuer}api/v2/` });
  expect(third.scope).toBe(SCOPE);
});

test("a revoked refresh token is dead, with its family", async () => {
  const first = await login();
  const second = await refresh(first.refresh_token);
  await client.tokenRevocation(config, second.refresh_token ?? "");
  await expect(refresh(second.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("a code is good once, and only with its verifier", async () => {
  const browser = createBrowser(auth0.origin);
  const verifier = client.randomPKCECodeVerifier();
  const ask = async () =>
    client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: SCOPE,
      audience: API,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
  const back = new URL(await signIn(browser, (await ask()).href, MAYA));
  const redeem = (pkceCodeVerifier: string) =>
    client.authorizationCodeGrant(config, back, { pkceCodeVerifier });
  await expect(redeem(client.randomPKCECodeVerifier())).rejects.toMatchObject({
    error: "invalid_grant",
    status: 403,
  });
  await redeem(verifier);
  await expect(redeem(verifier)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("a redirect address that is not registered gets nothing, and the page escapes what it shows", async () => {
  const page = await createBrowser(auth0.origin).open(
    `/authorize?${new URLSearchParams({
      client_id: auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
      response_type: "code",
      redirect_uri: "https://evil.example/<script>",
      scope: "openid",
    }).toString()}`,
  );
  expect(page.status).toBe(400);
  expect(page.url).toContain(auth0.origin);
  expect(page.text).not.toContain("<script>");
});

function callFrom(
  origin: string,
  path: string,
  init: { method: string; headers?: Record<string, string>; body?: URLSearchParams },
) {
  return fetch(`${auth0.origin}${path}`, { ...init, headers: { origin, ...init.headers } });
}

test("the extension's origin may call, a stranger's may not", async () => {
  const extension = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
  const preflight = await callFrom(extension, "/me/v1/connected-accounts/connect", {
    method: "OPTIONS",
    headers: { "access-control-request-headers": "authorization,content-type" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
  const token = await callFrom(extension, "/oauth/token", { method: "POST" });
  expect(token.headers.get("access-control-allow-origin")).toBe(extension);
  for (const path of [
    "/userinfo",
    "/me/v1/connected-accounts/accounts",
    "/.well-known/jwks.json",
    "/.well-known/openid-configuration",
  ]) {
    const { headers } = await callFrom(extension, path, { method: "GET" });
    expect(headers.get("access-control-allow-origin")).toBe(extension);
  }
  const stranger = await callFrom("https://evil.example", "/oauth/token", {
    method: "POST",
    body: new URLSearchParams({ client_id: "vaultdesk-extension", grant_type: "refresh_token" }),
  });
  expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
});
