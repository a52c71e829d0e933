/** Resource servers. `identifier` stays as it was made; of Auth0's own APIs little can be changed, and none can be made. */
import { Hono } from "hono";

import type { CheckToken } from "../bearer.ts";
import { ApiChange, NewApi, SystemApiChange, type TenantApi } from "../tenant-rows.ts";
import { apiOf, type Tenant } from "../tenant.ts";
import { bodyOf, fail, listed, needs, newRowId } from "./answer.ts";

export function apiRoutes(deps: { tenant: Tenant; checkToken: CheckToken; save(): void }) {
  const { tenant } = deps;
  const find = (id: string): TenantApi | undefined =>
    tenant.apis.find((one) => one.id === id) ?? apiOf(tenant, id);

  return new Hono()
    .get("/", needs(deps, "read:resource_servers"), (c) =>
      listed(c, "resource_servers", tenant.apis),
    )
    .get("/:id", needs(deps, "read:resource_servers"), (c) => {
      const api = find(c.req.param("id"));
      return api === undefined
        ? fail(c, 404, "The resource server does not exist", "inexistent_resource_server")
        : c.json(api);
    })
    .post("/", needs(deps, "create:resource_servers"), async (c) => {
      const body = await bodyOf(c, NewApi);
      if (body instanceof Response) return body;
      if (apiOf(tenant, body.identifier) !== undefined) {
        return fail(c, 409, "The requested identifier exists", "duplicate_resource");
      }
      if (body.identifier.startsWith(tenant.issuer)) {
        return fail(c, 400, "The identifier is reserved", "invalid_body");
      }
      const api: TenantApi = { ...body, id: newRowId("rs"), is_system: false };
      tenant.apis.push(api);
      deps.save();
      return c.json(api, 201);
    })
    .patch("/:id", needs(deps, "update:resource_servers"), async (c) => {
      const api = find(c.req.param("id"));
      if (api === undefined) {
        return fail(c, 404, "The resource server does not exist", "inexistent_resource_server");
      }
      const body = await bodyOf(c, api.is_system ? SystemApiChange : ApiChange);
      if (body instanceof Response) return body;
      Object.assign(api, body);
      deps.save();
      return c.json(api);
    });
}
