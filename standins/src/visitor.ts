/** For tests without a browser: a person who signs in at the stand-in tenant and connects Google, through the same pages and routes. */
import { createHash, randomBytes } from "node:crypto";

import * as client from "openid-client";
import { z } from "zod";

import type { Auth0 } from "./auth0/start.ts";
import { createBrowser, signIn } from "./auth0/testing.ts";

const CONNECTED = ["create", "read", "delete"].map((verb) => `${verb}:me:connected_accounts`);

export interface Visitor {
  /** Access token of the panel for VaultDesk's API. */
  api: string;
  refreshToken: string;
  /** Connects the account with these scopes ticked on Google's page. */
  connect(email: string, asked: readonly string[], ticked?: readonly string[]): Promise<void>;
}

const Begun = z.object({
  auth_session: z.string(),
  connect_uri: z.string(),
  connect_params: z.object({ ticket: z.string() }),
});

export async function visit(auth0: Auth0, extensionId: string, sub: string): Promise<Visitor> {
  const callback = `https://${extensionId}.chromiumapp.org/`;
  const extension = await client.discovery(
    new URL(auth0.issuer),
    auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    undefined,
    client.None(),
  );
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(extension, {
    redirect_uri: callback,
    scope: "openid profile email offline_access agent:use",
    audience: auth0.env["AUTH0_AUDIENCE"] ?? "",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const browser = createBrowser(auth0.origin);
  const back = new URL(await signIn(browser, url.href, sub));
  const tokens = await client.authorizationCodeGrant(extension, back, {
    pkceCodeVerifier: verifier,
  });
  const refreshToken = tokens.refresh_token ?? "";

  async function post(token: string, path: string, body: object): Promise<unknown> {
    const response = await fetch(`${auth0.issuer}me/v1/connected-accounts${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  }

  return {
    api: tokens.access_token,
    refreshToken,
    async connect(email, asked, ticked = asked) {
      const mine = await client.refreshTokenGrant(extension, refreshToken, {
        audience: `${auth0.issuer}me/`,
        scope: `openid ${CONNECTED.join(" ")}`,
      });
      const code = randomBytes(32).toString("base64url");
      const begun = Begun.parse(
        await post(mine.access_token, "/connect", {
          connection: "google-oauth2",
          redirect_uri: callback,
          state: "visitor",
          code_challenge: createHash("sha256").update(code).digest("base64url"),
          code_challenge_method: "S256",
          scopes: asked,
        }),
      );
      const page = await browser.open(`${begun.connect_uri}?ticket=${begun.connect_params.ticket}`);
      const form = new URLSearchParams({ account: email, action: "continue" });
      for (const scope of ticked) form.append("scope", scope);
      const done = new URL((await browser.open(page.url, form)).url);
      await post(mine.access_token, "/complete", {
        auth_session: begun.auth_session,
        connect_code: done.searchParams.get("connect_code") ?? "",
        redirect_uri: callback,
        code_verifier: code,
      });
    },
  };
}
