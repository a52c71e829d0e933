/**
 * The Management API's read side, as far as a set-up doctor asks. Scopes per route; writes are refused with 501.
 * Source: auth0.com/docs/api/management/v2.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";

import type { Pushes } from "../phone/pushes.ts";
import { bearerOf, type CheckToken } from "./bearer.ts";
import type { Tenant, TenantClient } from "./tenant.ts";
import { type Auth0User, type Directory, profileOf } from "./users.ts";
import type { Vault } from "./vault.ts";

const Page = z.object({
  page: z.coerce.number().int().min(0).default(0),
  per_page: z.coerce.number().int().min(1).max(100).default(50),
  include_totals: z.enum(["true", "false"]).default("false"),
});

function fail(c: Context, status: 400 | 401 | 403 | 404 | 501, message: string, code: string) {
  const error = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found" };
  const title = status === 501 ? "Not Implemented" : error[status];
  return c.json({ statusCode: status, error: title, message, errorCode: code }, status);
}

function userView(user: Auth0User) {
  const { sub, ...profile } = profileOf(user);
  const [provider = "auth0", id = ""] = sub.split("|");
  return {
    ...profile,
    user_id: sub,
    created_at: "2026-10-01T00:00:00.000Z",
    identities: [
      { connection: provider, provider, user_id: id, isSocial: provider === "google-oauth2" },
    ],
  };
}

function listed(c: Context, name: string, all: readonly object[]): Response {
  const query = Page.safeParse(c.req.query());
  if (!query.success) return fail(c, 400, "Query validation error", "invalid_query_string");
  const { page, per_page: size, include_totals: totals } = query.data;
  const rows = all.slice(page * size, (page + 1) * size);
  return totals === "true"
    ? c.json({
        start: page * size,
        limit: size,
        length: rows.length,
        total: all.length,
        [name]: rows,
      })
    : c.json(rows);
}

export function managementRoutes(deps: {
  tenant: Tenant;
  secrets: ReadonlyMap<string, string>;
  directory: Directory;
  pushes: Pushes;
  vault: Vault;
  checkToken: CheckToken;
}): Hono {
  const { tenant, directory, pushes, vault } = deps;

  /** The token's scopes, or the answer that refuses. */
  async function scopesOf(c: Context, needed: string): Promise<string[] | Response> {
    const token = bearerOf(c.req.header("authorization"));
    const claim = token === undefined ? undefined : await deps.checkToken(token);
    if (claim?.audiences.includes(tenant.management) !== true) {
      return fail(c, 401, "Invalid token", "invalid_token");
    }
    return claim.scopes.includes(needed)
      ? claim.scopes
      : fail(c, 403, `Insufficient scope, expected any of: ${needed}`, "insufficient_scope");
  }

  const clientView = (client: TenantClient, scopes: readonly string[]) => ({
    ...client,
    is_first_party: true,
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    // Only a token with read:client_keys sees it.
    ...(scopes.includes("read:client_keys")
      ? { client_secret: deps.secrets.get(client.client_id) }
      : {}),
  });

  const reader =
    (scope: string, answer: (c: Context, scopes: readonly string[]) => Response) =>
    async (c: Context): Promise<Response> => {
      const scopes = await scopesOf(c, scope);
      return scopes instanceof Response ? scopes : answer(c, scopes);
    };

  const ofUser = (c: Context, answer: (user: Auth0User) => Response): Response => {
    const user = directory.find(c.req.param("id") ?? "");
    return user === undefined
      ? fail(c, 404, "The user does not exist.", "inexistent_user")
      : answer(user);
  };

  return (
    new Hono()
      .get(
        "/users/:id",
        reader("read:users", (c) => ofUser(c, (user) => c.json(userView(user)))),
      )
      .get(
        "/users/:id/enrollments",
        reader("read:users", (c) =>
          ofUser(c, ({ sub }) => {
            const status = pushes.enrolment(sub);
            if (status === "none") return c.json([]);
            const id = `dev_${sub.replace(/\W/g, "")}`;
            return c.json([{ id, status, auth_method: "guardian", type: "pn", name: "Phone" }]);
          }),
        ),
      )
      .get(
        "/users/:id/connected-accounts",
        reader("read:users", (c) =>
          ofUser(c, ({ sub }) =>
            c.json({
              connected_accounts: vault.of(sub).map((account) => ({
                id: account.id,
                connection: account.connection,
                connection_id: "con_google",
                strategy: account.connection,
                access_type: "offline",
                scopes: account.scopes,
                created_at: new Date(account.createdAt).toISOString(),
              })),
            }),
          ),
        ),
      )
      .get(
        "/clients",
        reader("read:clients", (c, scopes) =>
          listed(
            c,
            "clients",
            tenant.clients.map((client) => clientView(client, scopes)),
          ),
        ),
      )
      .get(
        "/clients/:id",
        reader("read:clients", (c, scopes) => {
          const client = tenant.clients.find((one) => one.client_id === c.req.param("id"));
          return client === undefined
            ? fail(c, 404, "The client does not exist", "inexistent_client")
            : c.json(clientView(client, scopes));
        }),
      )
      .get(
        "/resource-servers",
        reader("read:resource_servers", (c) => listed(c, "resource_servers", tenant.apis)),
      )
      .get(
        "/resource-servers/:id",
        reader("read:resource_servers", (c) => {
          const id = c.req.param("id");
          const api = tenant.apis.find((one) => one.id === id || one.identifier === id);
          return api === undefined
            ? fail(c, 404, "The resource server does not exist", "inexistent_resource_server")
            : c.json(api);
        }),
      )
      .get(
        "/connections",
        reader("read:connections", (c) => listed(c, "connections", tenant.connections)),
      )
      .get(
        "/client-grants",
        reader("read:client_grants", (c) => {
          const { audience, client_id: client } = c.req.query();
          const rows = tenant.grants.filter(
            (one) =>
              (audience === undefined || one.audience === audience) &&
              (client === undefined || one.client_id === client),
          );
          return listed(c, "client_grants", rows);
        }),
      )
      .get(
        "/guardian/factors",
        reader("read:guardian_factors", (c) =>
          c.json([
            { name: "push-notification", enabled: true, trial_expired: false },
            { name: "otp", enabled: false, trial_expired: false },
          ]),
        ),
      )
      .get(
        "/guardian/factors/push-notification/selected-provider",
        reader("read:guardian_factors", (c) => c.json({ provider: "guardian" })),
      )
      // Never: with "all-applications" Token Vault's exchange fails.
      .get(
        "/guardian/policies",
        reader("read:mfa_policies", (c) => c.json([])),
      )
      .all("*", (c) => fail(c, 501, `${c.req.method} ${c.req.path} is not built`, "not_built"))
  );
}
