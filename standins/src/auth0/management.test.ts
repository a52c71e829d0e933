/** The Management API as a doctor reads it. */
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import type { Auth0 } from "./start.ts";
import { ANA, MAYA, startTenant } from "./testing.ts";

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

test("other audiences are not for this client, and writes are not built", async () => {
  await expect(tokenFor({ audience: "https://api.vaultdesk.app" })).rejects.toMatchObject({
    error: "access_denied",
    status: 403,
  });
  await expect(tokenFor({})).rejects.toMatchObject({ error: "access_denied" });
  const token = await tokenFor({ audience });
  const write = await fetch(`${audience}clients`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  expect(write.status).toBe(501);
});
