/** Client grants: one for each client, API and kind of subject; the three can't be changed afterwards. */
import { Hono } from "hono";

import type { CheckToken } from "../bearer.ts";
import { GrantChange, NewGrant, TenantGrant } from "../tenant-rows.ts";
import { apiOf, clientOf, type Tenant } from "../tenant.ts";
import { bodyOf, fail, listed, needs, newRowId } from "./answer.ts";

export interface GrantOdds {
  /** Seen on one tenant: a grant asked for as `user` was stored as `client`. */
  storesUserAsClient: boolean;
}

export function grantRoutes(deps: {
  tenant: Tenant;
  checkToken: CheckToken;
  odds: GrantOdds;
  save(): void;
}) {
  const { tenant } = deps;

  function refusalOf(grant: Omit<TenantGrant, "id">): string | undefined {
    const api = apiOf(tenant, grant.audience);
    if (api === undefined) return `Resource server ${grant.audience} does not exist`;
    if (clientOf(tenant, grant.client_id) === undefined) return "The client does not exist";
    const known = new Set(api.scopes.map((scope) => scope.value));
    const unknown = grant.scope.filter((scope) => !known.has(scope));
    if (unknown.length > 0) return `The following scopes are not allowed: ${unknown.join(", ")}`;
    const types = new Set((api.authorization_details ?? []).map((one) => one.type));
    return (grant.authorization_details_types ?? []).every((type) => types.has(type))
      ? undefined
      : "authorization_details_types must be registered on the resource server";
  }

  return new Hono()
    .get("/", needs(deps, "read:client_grants"), (c) => {
      const { audience, client_id: client, subject_type: subject } = c.req.query();
      const rows = tenant.grants.filter(
        (one) =>
          (audience === undefined || one.audience === audience) &&
          (client === undefined || one.client_id === client) &&
          (subject === undefined || one.subject_type === subject),
      );
      return listed(c, "client_grants", rows);
    })
    .post("/", needs(deps, "create:client_grants"), async (c) => {
      const body = await bodyOf(c, NewGrant);
      if (body instanceof Response) return body;
      const refused = refusalOf(body);
      if (refused !== undefined) return fail(c, 400, refused, "invalid_body");
      const grant: TenantGrant = {
        ...body,
        ...(deps.odds.storesUserAsClient ? { subject_type: "client" } : {}),
        id: newRowId("cgr"),
      };
      const taken = tenant.grants.some(
        (one) =>
          one.client_id === grant.client_id &&
          one.audience === grant.audience &&
          one.subject_type === grant.subject_type,
      );
      if (taken) {
        return fail(c, 409, "A resource with the same identifier already exists.", "conflict");
      }
      tenant.grants.push(grant);
      deps.save();
      return c.json(grant, 201);
    })
    .patch("/:id", needs(deps, "update:client_grants"), async (c) => {
      const body = await bodyOf(c, GrantChange);
      if (body instanceof Response) return body;
      const grant = tenant.grants.find((one) => one.id === c.req.param("id"));
      if (grant === undefined)
        return fail(c, 404, "The grant does not exist", "inexistent_client_grant");
      const changed = TenantGrant.parse({ ...grant, ...body });
      const refused = refusalOf(changed);
      if (refused !== undefined) return fail(c, 400, refused, "invalid_body");
      Object.assign(grant, changed);
      deps.save();
      return c.json(grant);
    })
    .delete("/:id", needs(deps, "delete:client_grants"), (c) => {
      tenant.grants = tenant.grants.filter((one) => one.id !== c.req.param("id"));
      deps.save();
      return c.body(null, 204);
    });
}
