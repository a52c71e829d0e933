/** The tenant on a state file: what a person has must outlive the process. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { AuthClient } from "@auth0/auth0-auth-js";
import * as client from "openid-client";
import { expect, test } from "vitest";

import type { Auth0 } from "./start.ts";
import { openState } from "./state.ts";
import {
  CALLBACK,
  createBrowser,
  fakeGoogle,
  MAYA,
  MAYA_MAIL,
  signIn,
  startTenant,
} from "./testing.ts";
import { createVault } from "./vault.ts";

const API = "https://api.vaultdesk.app";

function sdkOf(auth0: Auth0) {
  return new AuthClient({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    clientSecret: auth0.env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
  });
}

const start = (sdk: AuthClient) =>
  sdk.initiateBackchannelAuthentication({
    loginHint: { sub: MAYA },
    bindingMessage: "Send-this-mail:K7Q-204",
    authorizationDetails: [
      {
        type: "urn:auth0:schemas:authorization-details:v1:vaultdesk-write",
        instruction: "Approve sending this mail",
        properties: { digest: { display: false, value: "d" } },
      },
    ],
    authorizationParams: { scope: "openid write:approve", audience: API },
  });

test("sessions, refresh tokens, reuse detection, a waiting push, enrolments and keys survive a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "auth0-restart-"));
  const stateFile = join(folder, "state.sqlite");
  const before = (await startTenant({ stateFile, signingKey: undefined })).auth0;
  const browser = createBrowser(before.origin);
  const config = await client.discovery(
    new URL(before.issuer),
    before.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
    undefined,
    client.None(),
  );
  const verifier = client.randomPKCECodeVerifier();
  const ask = async (more: Record<string, string> = {}) =>
    client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: "openid offline_access agent:use",
      audience: API,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...more,
    }).href;
  const back = new URL(await signIn(browser, await ask(), MAYA));
  const first = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier });
  const second = await client.refreshTokenGrant(config, first.refresh_token ?? "");
  const third = await client.refreshTokenGrant(config, second.refresh_token ?? "");
  const started = await start(sdkOf(before));
  before.phone.setEnrolment(MAYA, "pending");
  const keys = await (await fetch(`${before.issuer}.well-known/jwks.json`)).text();
  const port = Number(new URL(before.issuer).port);
  await before.close();
  // Kept connections notice that the other side is gone.
  await delay(20);

  const after = (await startTenant({ stateFile, signingKey: undefined, port })).auth0;
  expect(after.issuer).toBe(before.issuer);
  expect(after.env).toEqual(before.env);
  expect(await (await fetch(`${after.issuer}.well-known/jwks.json`)).text()).toBe(keys);

  const [push] = after.phone.pushes(MAYA);
  expect(push).toMatchObject({ state: "pending", bindingMessage: "Send-this-mail:K7Q-204" });
  expect(after.phone.approve(push?.id ?? "")).toBe(true);
  const reply = await sdkOf(after).backchannelAuthenticationGrant({ authReqId: started.authReqId });
  expect(reply.accessToken).toMatch(/^eyJ/);
  await expect(start(sdkOf(after))).rejects.toMatchObject({ cause: { error: "invalid_request" } });

  const silent = await signIn(browser, await ask({ prompt: "none", scope: "openid" }), MAYA);
  expect(silent).toContain("code=");
  const fourth = await client.refreshTokenGrant(config, third.refresh_token ?? "");
  await expect(client.refreshTokenGrant(config, first.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
  await expect(client.refreshTokenGrant(config, fourth.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
  await after.close();
  await rm(folder, { recursive: true });
});

test("what is in the vault, and the token stored for it, survives a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "auth0-restart-"));
  const google = fakeGoogle();
  const open = () => {
    const state = openState(join(folder, "state.sqlite"));
    return { state, vault: createVault(state, google, Date.now) };
  };
  const before = open();
  const account = { sub: MAYA, connection: "google-oauth2", email: MAYA_MAIL, scopes: ["openid"] };
  before.vault.connect(account);
  const lent = before.vault.lend(MAYA, "google-oauth2");
  before.state.close();
  const after = open();
  expect(after.vault.controls.accounts(MAYA)).toMatchObject([account]);
  expect(after.vault.lend(MAYA, "google-oauth2")).toEqual(lent);
  expect(google.issued).toHaveLength(1);
  after.state.close();
  await rm(folder, { recursive: true });
});
