import { randomBytes } from "node:crypto";
import { createServer } from "node:https";
import { inspect } from "node:util";

import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { z } from "zod";

import { consentRoutes } from "../google-consent/routes.ts";
import { createPushes } from "../phone/pushes.ts";
import { type Phone, startPhone } from "../phone/start.ts";
import { createAdapter } from "./adapter.ts";
/**
 * A strict Auth0 tenant on loopback: https://localhost:PORT/, on oidc-provider. Sign-in, rotating refresh tokens, CIBA with a phone,
 * Token Vault, connected accounts, and the Management routes that a set-up writes and a doctor reads. With `stateFile` it survives a restart; the caller
 * gives the same port again, since tokens carry the issuer.
 */
import { authenticationMethodRoutes } from "./authentication-methods.ts";
import { createTokenCheck } from "./bearer.ts";
import { cibaConfiguration, registerCibaGrant } from "./ciba.ts";
import { createConnect } from "./connect.ts";
import { describeTenant } from "./describe-tenant.ts";
import { speakAuth0 } from "./dialect.ts";
import { emptyTenant, myAccountApi } from "./empty-tenant.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createFront } from "./front.ts";
import { listen } from "./listen.ts";
import { loginRoutes, type NodeBindings } from "./login-page.ts";
import type { GrantOdds } from "./management/grants.ts";
import { managementRoutes } from "./management/routes.ts";
import { myAccountRoutes, whereActivated } from "./my-account.ts";
import { createProvider } from "./provider.ts";
import { registerRefreshGrant } from "./refresh-grant.ts";
import { kept, openState } from "./state.ts";
import { TenantRows } from "./tenant-rows.ts";
import { API_AUDIENCE, apiOf, CLIENT, clientOf, providerClient, type Tenant } from "./tenant.ts";
import { type Auth0User, createDirectory } from "./users.ts";
import { registerVaultGrant } from "./vault-grant.ts";
import { createVault, type GoogleAccounts, type VaultControls } from "./vault.ts";

export type { Auth0User } from "./users.ts";

export interface Auth0Options {
  google: GoogleAccounts;
  users: readonly Auth0User[];
  /** node:sqlite; in memory without it. */
  stateFile?: string;
  tls: { key: string; cert: string };
  port?: number;
  extensionId: string;
  /** `ready` for VaultDesk, which is the default, or as Auth0 makes a new one. */
  tenant?: "ready" | "empty";
  /** CIBA's poll interval. */
  intervalSeconds?: number;
  /** A just-rotated refresh token may be used again this long. */
  leewaySeconds?: number;
  /** Life of an access token for VaultDesk's API. */
  tokenSeconds?: number;
  /** Private RSA key; made and kept in the state without it. */
  signingKey?: JWK | undefined;
  /** Milliseconds; of CIBA, the vault and connected accounts. Signatures keep real time. */
  now?: () => number;
}

export interface Auth0 {
  /** https://localhost:PORT/ */
  issuer: string;
  /** localhost:PORT */
  domain: string;
  origin: string;
  env: Record<string, string>;
  /** Machine-to-machine client of a set-up doctor. */
  management: { clientId: string; clientSecret: string };
  /** What only a person can do in Auth0's dashboard, and what was seen to go wrong there. */
  dashboard: { activateMyAccount(): void; odds: GrantOdds };
  /** As it is now; tests plant in it what somebody might have set. */
  tenant: Tenant;
  phone: Phone;
  vault: VaultControls;
  faults: Faults;
  close(): Promise<void>;
}

const Key = z.custom<JWK>((value) => typeof value === "object" && value !== null);

export async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString("hex"), alg: "RS256" };
}

const makeSecret = () => randomBytes(32).toString("base64url");

export async function startAuth0(options: Auth0Options): Promise<Auth0> {
  const now = options.now ?? Date.now;
  const state = openState(options.stateFile);
  const server = createServer(options.tls);
  const listener = await listen(server, options.port);
  const domain = `localhost:${listener.port}`;
  const origin = `https://${domain}`;
  const described =
    options.tenant === "empty"
      ? emptyTenant(`${origin}/`)
      : describeTenant({
          issuer: `${origin}/`,
          extensionId: options.extensionId,
          leewaySeconds: options.leewaySeconds ?? 30,
          tokenSeconds: options.tokenSeconds ?? 3600,
        });
  const rows = state.collection("tenant", TenantRows);
  const tenant: Tenant = { ...described, ...rows.get("rows") };
  const save = () => rows.put("rows", tenant);
  const odds = { storesUserAsClient: false };

  const words = state.collection("secret", z.string());
  const jwk = await kept(
    state.collection("key", Key),
    "signing",
    () => options.signingKey ?? makeKey(),
  );
  const cookieKey = await kept(words, "cookie", () => randomBytes(16).toString("hex"));
  for (const client of tenant.clients) {
    if (client.client_secret !== "") continue;
    client.client_secret = await kept(words, client.client_id, makeSecret);
  }
  const { kty = "RSA", n = "", e = "" } = jwk;
  const key = await importJWK({ kty, n, e }, "RS256");
  if (key instanceof Uint8Array) throw new TypeError("the signing key is not an RSA key");
  const checkToken = createTokenCheck(key, tenant.issuer);

  const directory = createDirectory(options.users);
  const pushes = createPushes(state, now);
  for (const user of options.users) pushes.enrol(user.sub, user.phone);
  const vault = createVault(state, options.google, now);
  const connect = createConnect({ tenant, state, vault, google: options.google, directory, now });
  const faults = createFaults();

  const intervalSeconds = options.intervalSeconds ?? 5;
  const ciba = { tenant, pushes, intervalSeconds };
  const provider = createProvider({
    tenant,
    directory,
    adapter: createAdapter(state.database, (id) => {
      const client = clientOf(tenant, id);
      return client === undefined ? undefined : providerClient(client);
    }),
    jwk,
    cookieKey,
    ciba: cibaConfiguration(ciba),
  });
  speakAuth0(provider);
  registerRefreshGrant({ provider, tenant, directory, state, now });
  registerCibaGrant({ ...ciba, provider, directory, now });
  registerVaultGrant({ provider, tenant, vault, checkToken, now });

  const app = new Hono<NodeBindings>()
    .route("/", loginRoutes({ provider, tenant, directory, checkToken }))
    .use("/me/v1/*", whereActivated(tenant))
    .route("/me/v1/connected-accounts", myAccountRoutes({ tenant, vault, connect, checkToken }))
    .route(
      "/me/v1/authentication-methods",
      authenticationMethodRoutes({ tenant, pushes, checkToken }),
    )
    .route(
      "/api/v2",
      managementRoutes({ tenant, directory, pushes, vault, checkToken, odds, save }),
    )
    .route("/", connect.routes)
    .route("/google", consentRoutes(connect.consent));
  const front = createFront({
    tenant,
    take: (path) => faults.take(path),
    oidc: provider.callback(),
    routes: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  });
  server.on("request", (request, response) => {
    front(request, response).catch((error: unknown) => {
      process.stderr.write(`auth0 stand-in: ${request.url ?? ""}: ${inspect(error)}\n`);
      response.destroy();
    });
  });
  const phone = await startPhone({ pushes, directory, now });

  const secretOf = (id: string) => clientOf(tenant, id)?.client_secret ?? "";
  return {
    issuer: tenant.issuer,
    domain,
    origin,
    env: {
      AUTH0_DOMAIN: domain,
      AUTH0_AUDIENCE: API_AUDIENCE,
      AUTH0_EXTENSION_CLIENT_ID: CLIENT.extension,
      AUTH0_VAULT_CLIENT_ID: CLIENT.vault,
      AUTH0_VAULT_CLIENT_SECRET: secretOf(CLIENT.vault),
      AUTH0_APPROVALS_CLIENT_ID: CLIENT.approvals,
      AUTH0_APPROVALS_CLIENT_SECRET: secretOf(CLIENT.approvals),
    },
    management: { clientId: CLIENT.management, clientSecret: secretOf(CLIENT.management) },
    dashboard: {
      odds,
      activateMyAccount() {
        if (apiOf(tenant, tenant.me) === undefined) tenant.apis.push(myAccountApi(tenant));
        save();
      },
    },
    tenant,
    phone: phone.phone,
    vault: vault.controls,
    faults: faults.faults,
    async close() {
      await Promise.all([listener.close(), phone.close()]);
      state.close();
    },
  };
}
