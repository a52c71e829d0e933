/** Connections. A change of `options` replaces all of them; which applications use one is a list of its own. */
import { Hono } from "hono";
import { z } from "zod";

import type { CheckToken } from "../bearer.ts";
import { ConnectionChange, NewConnection, type TenantConnection } from "../tenant-rows.ts";
import { clientOf, connectionOf, type Tenant } from "../tenant.ts";
import { bodyOf, checkpointed, fail, listed, needs, newRowId } from "./answer.ts";

const Enabled = z
  .array(z.strictObject({ client_id: z.string(), status: z.boolean() }))
  .min(1)
  .max(50);

export function connectionRoutes(deps: { tenant: Tenant; checkToken: CheckToken; save(): void }) {
  const { tenant } = deps;
  const find = (id: string) => tenant.connections.find((one) => one.id === id);
  const absent = "The connection does not exist";

  return new Hono()
    .get("/", needs(deps, "read:connections"), (c) => {
      const { name } = c.req.query();
      const rows = tenant.connections.filter((one) => name === undefined || one.name === name);
      return listed(c, "connections", rows);
    })
    .get("/:id/clients", needs(deps, "read:connections"), (c) => {
      const connection = find(c.req.param("id"));
      if (connection === undefined) return fail(c, 404, absent, "inexistent_connection");
      return checkpointed(
        c,
        "clients",
        connection.enabled_clients.map((id) => ({ client_id: id })),
      );
    })
    .post("/", needs(deps, "create:connections"), async (c) => {
      const body = await bodyOf(c, NewConnection);
      if (body instanceof Response) return body;
      if (connectionOf(tenant, body.name) !== undefined) {
        return fail(c, 409, "A connection with the same name already exists", "conflict");
      }
      const row: TenantConnection = { ...body, id: newRowId("con"), enabled_clients: [] };
      tenant.connections.push(row);
      deps.save();
      return c.json(row, 201);
    })
    .patch("/:id", needs(deps, "update:connections"), async (c) => {
      const body = await bodyOf(c, ConnectionChange);
      if (body instanceof Response) return body;
      const connection = find(c.req.param("id"));
      if (connection === undefined) return fail(c, 404, absent, "inexistent_connection");
      Object.assign(connection, body);
      deps.save();
      return c.json(connection);
    })
    .patch("/:id/clients", needs(deps, "update:connections"), async (c) => {
      const body = await bodyOf(c, Enabled);
      if (body instanceof Response) return body;
      const connection = find(c.req.param("id"));
      if (connection === undefined) return fail(c, 404, absent, "inexistent_connection");
      if (body.some((one) => clientOf(tenant, one.client_id) === undefined)) {
        return fail(c, 400, "The client does not exist", "invalid_body");
      }
      const enabled = new Set(connection.enabled_clients);
      for (const { client_id: id, status } of body) {
        if (status) enabled.add(id);
        else enabled.delete(id);
      }
      connection.enabled_clients = [...enabled];
      deps.save();
      return c.body(null, 204);
    });
}
