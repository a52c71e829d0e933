/** The Management API as a set-up writes and a doctor reads it. */
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import type { Auth0 } from "../start.ts";
import { ANA, MAYA, startTenant } from "../testing.ts";

let auth0: Auth0;
let audience: string;

beforeAll(async () => {
  ({ auth0 } = await startTenant());
  audience = `${auth0.issuer}api/v2/`;
});
afterAll(() => auth0.close());

async function tokenFor(more: Record<string, string>): Promise<string> {
  const { clientId, clientSecret } = auth0.management;
  const config = await client.discovery(
    new URL(auth0.issuer),
    clientId,
    {},
    client.ClientSecretPost(clientSecret),
  );
  return (await client.clientCredentialsGrant(config, more)).access_token;
}

async function read(path: string, token?: string) {
  const bearer = token ?? (await tokenFor({ audience }));
  const response = await fetch(`${audience}${path}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

async function write(method: string, path: string, body: object, token?: string) {
  const bearer = token ?? (await tokenFor({ audience }));
  const response = await fetch(`${audience}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify(body).replace("ISSUER", auth0.issuer),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer, headers: response.headers };
}

const user = (sub: string) => `users/${encodeURIComponent(sub)}`;

test("users, with their phones", async () => {
  expect(await read(user(MAYA))).toMatchObject({
    status: 200,
    body: { user_id: MAYA, identities: [{ connection: "google-oauth2", user_id: "1001" }] },
  });
  expect(await read(`${user(MAYA)}/enrollments`)).toMatchObject({
    body: [{ auth_method: "guardian", status: "confirmed" }],
  });
  expect(await read(`${user(ANA)}/enrollments`)).toMatchObject({ body: [{ status: "pending" }] });
  expect(await read(`${user(MAYA)}/connected-accounts`)).toMatchObject({
    body: { connected_accounts: [] },
  });
  expect(await read(user("auth0|nobody"))).toMatchObject({
    status: 404,
    body: { statusCode: 404, errorCode: "inexistent_user" },
  });
});

test("clients, APIs, connections, grants, factors and policies are those the tenant runs on", async () => {
  const clients = z
    .array(z.looseObject({ client_id: z.string() }))
    .parse((await read("clients")).body);
  expect(clients).toHaveLength(4);
  expect(clients[0]).toMatchObject({
    app_type: "spa",
    refresh_token: { rotation_type: "rotating", leeway: 30 },
  });
  const api = `resource-servers/${encodeURIComponent("https://api.vaultdesk.app")}`;
  expect(await read(api)).toMatchObject({
    body: {
      authorization_details: [
        { type: "urn:auth0:schemas:authorization-details:v1:vaultdesk-write" },
      ],
      token_lifetime: 3600,
    },
  });
  expect(await read("connections")).toMatchObject({
    body: [{ name: "google-oauth2", connected_accounts: { active: true } }],
  });
  expect(await read("client-grants?client_id=vaultdesk-extension")).toMatchObject({
    body: [{ audience: `${auth0.issuer}me/`, subject_type: "user" }],
  });
  expect(await read("guardian/factors")).toMatchObject({
    body: [{ name: "push-notification", enabled: true }, {}],
  });
  expect(await read("guardian/policies")).toMatchObject({ body: [] });
  expect(await read("clients?per_page=1&page=1&include_totals=true")).toMatchObject({
    body: { start: 1, length: 1, total: 4, clients: [{ app_type: "resource_server" }] },
  });
});

test("a token without the scope reads nothing, and secrets need their own", async () => {
  const few = await tokenFor({ audience, scope: "read:clients" });
  expect(await read(user(MAYA), few)).toMatchObject({
    status: 403,
    body: { errorCode: "insufficient_scope" },
  });
  expect(JSON.stringify((await read("clients", few)).body)).not.toContain('client_secret"');
  expect(JSON.stringify((await read("clients")).body)).toContain('client_secret"');
  expect((await read("clients", "eyJ.x.y")).status).toBe(401);
});

test("other audiences are not for this client", async () => {
  await expect(tokenFor({ audience: "https://api.vaultdesk.app" })).rejects.toMatchObject({
    error: "access_denied",
    status: 403,
  });
  await expect(tokenFor({})).rejects.toMatchObject({ error: "access_denied" });
});

const API = "https://api.vaultdesk.app";
const spa = { name: "Another", app_type: "spa", token_endpoint_auth_method: "none" };

test.each<[string, number, string, string, object]>([
  ["an unknown property", 400, "POST", "clients", { ...spa, colour: "blue" }],
  ["a word that is not in the list", 400, "POST", "clients", { ...spa, app_type: "browser" }],
  [
    "rotation without an end",
    400,
    "POST",
    "clients",
    { ...spa, refresh_token: { rotation_type: "rotating", expiration_type: "non-expiring" } },
  ],
  [
    "CIBA without a secret",
    400,
    "POST",
    "clients",
    { ...spa, grant_types: ["urn:openid:params:grant-type:ciba"] },
  ],
  ["an API twice", 409, "POST", "resource-servers", { identifier: API }],
  ["an API of Auth0's own", 400, "POST", "resource-servers", { identifier: "ISSUERother/" }],
  ["another identifier", 400, "PATCH", "resource-servers/rs_api", { identifier: "urn:new" }],
  ["scopes of My Account", 400, "PATCH", "resource-servers/rs_me", { scopes: [] }],
  ["the kind of a grant", 400, "PATCH", "client-grants/cgr_me", { subject_type: "client" }],
  [
    "a scope that the API lacks",
    400,
    "POST",
    "client-grants",
    { client_id: "vaultdesk-extension", audience: API, scope: ["agent:fly"] },
  ],
  [
    "a linked API afterwards",
    400,
    "PATCH",
    "clients/vaultdesk-vault",
    { resource_server_identifier: API },
  ],
  ["an application that is not there", 404, "PATCH", "clients/nobody", { name: "x" }],
  ["an unknown policy", 400, "PUT", "guardian/policies", ["sometimes"]],
  ["a route that is not built", 501, "POST", "rules", {}],
])("%s is refused with %i and changes nothing", async (_, status, method, path, body) => {
  const before = structuredClone(auth0.tenant);
  expect(await write(method, path, body)).toMatchObject({ status });
  expect(auth0.tenant).toEqual(before);
});

test("each write needs its scope, and too many calls are told when to come again", async () => {
  const few = await tokenFor({ audience, scope: "read:clients update:clients" });
  expect(await write("POST", "clients", spa, few)).toMatchObject({
    status: 403,
    body: { errorCode: "insufficient_scope", message: /create:clients/ },
  });
  auth0.faults.next("/api/v2", "throttle");
  const throttled = await write("PATCH", "clients/vaultdesk-vault", { name: "x" });
  expect(throttled).toMatchObject({ status: 429, body: { errorCode: "too_many_requests" } });
  expect(Number(throttled.headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1000 - 5);
});

test("options are replaced whole, and policies for an API that is not there are dropped in silence", async () => {
  const { refresh_token: refresh } = auth0.tenant.clients[0] ?? {};
  const policies = [{ audience: "https://nowhere.example", scope: [] }];
  expect(
    await write("PATCH", "clients/vaultdesk-extension", {
      refresh_token: { ...refresh, policies },
    }),
  ).toMatchObject({ status: 200, body: { refresh_token: { policies: [] } } });
  expect(
    await write("PATCH", "connections/con_google", { options: { email: true } }),
  ).toMatchObject({ body: { options: { email: true } } });
  expect(auth0.tenant.connections[0]?.options).toEqual({ email: true });
});
