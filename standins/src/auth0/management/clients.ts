/** Applications. A secret is shown to a token with `read:client_keys` only, and to whoever has just made it. */
import { randomBytes } from "node:crypto";

import { Hono } from "hono";

import type { CheckToken } from "../bearer.ts";
import { CIBA_GRANT, ClientChange, NewClient, TenantClient, VAULT_GRANT } from "../tenant-rows.ts";
import { apiOf, clientOf, isTrusted, type Tenant } from "../tenant.ts";
import { bodyOf, fail, listed, needs } from "./answer.ts";

/** Why Auth0 would not take this row. */
function refusalOf(tenant: Tenant, client: TenantClient): string | undefined {
  const { app_type: kind, refresh_token: refresh, resource_server_identifier: api } = client;
  if (kind === "resource_server") {
    if (api === undefined) return "resource_server_identifier is required for this app_type";
    if (apiOf(tenant, api) === undefined) return `The resource server ${api} does not exist`;
    if (refresh !== undefined) return "refresh_token is not allowed for this app_type";
  } else if (api !== undefined) {
    return "resource_server_identifier is only allowed for app_type resource_server";
  }
  if (refresh?.rotation_type === "rotating" && refresh.expiration_type !== "expiring") {
    return "refresh_token.expiration_type must be expiring when rotation_type is rotating";
  }
  for (const grant of [CIBA_GRANT, VAULT_GRANT] as const) {
    if (client.grant_types.includes(grant) && !isTrusted(client)) {
      return `Grant type '${grant}' is only allowed for first-party, confidential, OIDC conformant clients`;
    }
  }
  return undefined;
}

/** Policies for audiences that are not there are dropped in silence. */
function stored(tenant: Tenant, client: TenantClient): TenantClient {
  const { refresh_token: refresh } = client;
  if (!Array.isArray(refresh?.policies)) return client;
  const policies = refresh.policies.filter((one) => apiOf(tenant, one.audience) !== undefined);
  return { ...client, refresh_token: { ...refresh, policies } };
}

function view(client: TenantClient, scopes: readonly string[]) {
  const { client_secret: secret, ...rest } = client;
  const keys = scopes.includes("read:client_keys") && rest.token_endpoint_auth_method !== "none";
  return {
    ...rest,
    tenant: "northgate",
    global: false,
    ...(keys ? { client_secret: secret } : {}),
  };
}

export function clientRoutes(deps: { tenant: Tenant; checkToken: CheckToken; save(): void }) {
  const { tenant } = deps;

  return new Hono<{ Variables: { scopes: string[] } }>()
    .get("/", needs(deps, "read:clients"), (c) =>
      listed(
        c,
        "clients",
        tenant.clients.map((client) => view(client, c.var.scopes)),
      ),
    )
    .get("/:id", needs(deps, "read:clients"), (c) => {
      const client = clientOf(tenant, c.req.param("id"));
      return client === undefined
        ? fail(c, 404, "The client does not exist", "inexistent_client")
        : c.json(view(client, c.var.scopes));
    })
    .post("/", needs(deps, "create:clients"), async (c) => {
      const body = await bodyOf(c, NewClient);
      if (body instanceof Response) return body;
      const client = stored(tenant, {
        ...body,
        client_id: randomBytes(24).toString("base64url"),
        client_secret: randomBytes(48).toString("base64url"),
      });
      const refused = refusalOf(tenant, client);
      if (refused !== undefined) return fail(c, 400, refused, "invalid_body");
      tenant.clients.push(client);
      deps.save();
      return c.json(view(client, ["read:client_keys"]), 201);
    })
    .patch("/:id", needs(deps, "update:clients"), async (c) => {
      const body = await bodyOf(c, ClientChange);
      if (body instanceof Response) return body;
      const client = clientOf(tenant, c.req.param("id"));
      if (client === undefined)
        return fail(c, 404, "The client does not exist", "inexistent_client");
      const changed = stored(tenant, TenantClient.parse({ ...client, ...body }));
      const refused = refusalOf(tenant, changed);
      if (refused !== undefined) return fail(c, 400, refused, "invalid_body");
      Object.assign(client, changed);
      deps.save();
      return c.json(view(client, c.var.scopes));
    })
    .delete("/:id", needs(deps, "delete:clients"), (c) => {
      const id = c.req.param("id");
      tenant.clients = tenant.clients.filter((one) => one.client_id !== id);
      tenant.grants = tenant.grants.filter((one) => one.client_id !== id);
      for (const connection of tenant.connections) {
        connection.enabled_clients = connection.enabled_clients.filter((one) => one !== id);
      }
      deps.save();
      return c.body(null, 204);
    });
}
