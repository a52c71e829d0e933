/** The extension's own client, auth0-spa-js, set up as the extension sets it up; only the window around it is ours. */
import { Auth0Client } from "@auth0/auth0-spa-js";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Auth0 } from "./start.ts";
import {
  ANA,
  type Browser,
  CALLBACK,
  createBrowser,
  MAYA,
  MAYA_MAIL,
  signIn,
  startTenant,
} from "./testing.ts";

const API = "https://api.vaultdesk.app";
const BASE = "openid profile email offline_access";
const READ = "https://www.googleapis.com/auth/gmail.readonly";
const COMPOSE = "https://www.googleapis.com/auth/gmail.compose";

/** Own keys are the entries, as in a browser: spa-js lists them with Object.keys. */
function memoryStorage() {
  const entries: Record<string, string> = {};
  const methods = {
    getItem: (name: string) => (Object.hasOwn(entries, name) ? entries[name] : null),
    setItem: (name: string, value: string) => Reflect.set(entries, name, value),
    removeItem: (name: string) => Reflect.deleteProperty(entries, name),
  };
  Object.setPrototypeOf(entries, methods);
  return entries;
}

let auth0: Auth0;
let pass: (ms: number) => void;
let me: string;
let browser: Browser;
let spa: Auth0Client;

beforeEach(async () => {
  ({ auth0, pass } = await startTenant());
  me = `${auth0.issuer}me/`;
  browser = createBrowser(auth0.origin);
  const localStorage = memoryStorage();
  const sessionStorage = memoryStorage();
  const { origin } = new URL(CALLBACK);
  const location = { origin, href: CALLBACK, search: "", protocol: "https:", assign() {} };
  const listening = { addEventListener() {}, removeEventListener() {} };
  const { crypto, btoa, atob, fetch } = globalThis;
  const window = {
    crypto,
    btoa,
    atob,
    fetch,
    localStorage,
    sessionStorage,
    location,
    ...listening,
  };
  for (const [name, value] of Object.entries({ window, localStorage, sessionStorage })) {
    vi.stubGlobal(name, value);
  }
  vi.stubGlobal("document", { cookie: "" });
  spa = new Auth0Client({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    useRefreshTokens: true,
    useMrrt: true,
    cacheLocation: "localstorage",
    authorizationParams: {
      audience: API,
      redirect_uri: CALLBACK,
      scope: {
        [API]: `${BASE} agent:use`,
        [me]: `${BASE} create:me:connected_accounts read:me:connected_accounts delete:me:connected_accounts`,
      },
    },
  });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await auth0.close();
});

type Open = { openUrl: (url: string) => Promise<void> };

async function round(begin: (open: Open) => Promise<void>, walk: (url: string) => Promise<string>) {
  let address = "";
  await begin({
    openUrl: async (url) => {
      address = url;
    },
  });
  return spa.handleRedirectCallback(await walk(address));
}

const login = () =>
  round(
    (open) => spa.loginWithRedirect({ authorizationParams: { audience: API }, ...open }),
    (url) => signIn(browser, url, MAYA),
  );

const connect = (form: [string, string][]) =>
  round(
    (open) =>
      spa.connectAccountWithRedirect({
        connection: "google-oauth2",
        scopes: ["openid", "profile", "email", READ, COMPOSE],
        redirectUri: CALLBACK,
        ...open,
      }),
    async (url) => {
      const page = await browser.open(url);
      return (await browser.open(page.url, new URLSearchParams(form))).url;
    },
  );

const fresh = async (audience = API) =>
  (await spa.getTokenSilently({ cacheMode: "off", authorizationParams: { audience } })) ?? "";

test("signs in, keeps its token, rotates, and knows the person", async () => {
  await login();
  const token = (await spa.getTokenSilently()) ?? "";
  expect(decodeJwt(token)).toMatchObject({ sub: MAYA, scope: `${BASE} agent:use` });
  expect(await spa.getTokenSilently()).toBe(token);
  expect(await fresh()).not.toBe(token);
  expect(await spa.getUser()).toMatchObject({ sub: MAYA, email: MAYA_MAIL, name: "Maya Field" });
});

test("connects Google with what was ticked", async () => {
  await login();
  const done = await connect([
    ["account", MAYA_MAIL],
    ["action", "continue"],
    ["scope", READ],
  ]);
  expect(done).toMatchObject({
    connection: "google-oauth2",
    scopes: ["openid", "profile", "email", READ],
  });
  expect(auth0.vault.accounts(MAYA)).toMatchObject([{ email: MAYA_MAIL }]);
  expect(auth0.vault.accounts(ANA)).toEqual([]);
});

test("Cancel at Google is access_denied", async () => {
  await login();
  await expect(connect([["action", "cancel"]])).rejects.toMatchObject({ error: "access_denied" });
});

test("two audiences that refresh at once survive by the leeway", async () => {
  await login();
  const [api, mine] = await Promise.all([fresh(), fresh(me)]);
  expect(decodeJwt(api).aud).toContain(API);
  expect(decodeJwt(mine).aud).toContain(me);
  expect(decodeJwt(await fresh()).sub).toBe(MAYA);
});

test("a reused refresh token ends the session, and signing in again begins another", async () => {
  await login();
  const [before] = cachedTokens();
  await fresh();
  pass(31_000);
  await stealAndUse(before);
  await expect(fresh()).rejects.toMatchObject({
    error: "invalid_grant",
    error_description: "Unknown or invalid refresh token.",
  });
  await login();
  expect(decodeJwt(await fresh()).sub).toBe(MAYA);
});

test("signing out revokes and leaves no session behind", async () => {
  await login();
  const [stolen] = cachedTokens();
  await spa.revokeRefreshToken();
  let address = "";
  await spa.logout({
    logoutParams: { returnTo: CALLBACK },
    openUrl: (url) => {
      address = url;
    },
  });
  expect((await browser.open(address)).url).toBe(CALLBACK);
  expect((await stealAndUse(stolen)).status).toBe(403);
});

function cachedTokens(): string[] {
  const text = Object.values(localStorage).join("");
  return [...text.matchAll(/"refresh_token":"([^"]+)"/g)].map((match) => match[1] ?? "");
}

async function stealAndUse(refreshToken: string | undefined): Promise<Response> {
  return fetch(`${auth0.issuer}oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "refresh_token",
      client_id: auth0.env["AUTH0_EXTENSION_CLIENT_ID"],
      refresh_token: refreshToken,
    }),
  });
}
