/**
 * My Account API: connected accounts of the person whose token asks. Scopes per call; refusals are RFC 7807 problems.
 * Source: auth0.com/docs/manage-users/my-account-api and its OpenAPI description.
 */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";

import { bearerOf, type CheckToken, type Claim } from "./bearer.ts";
import { CompleteRequest, type Connect, ConnectRequest } from "./connect.ts";
import { invalid, type Problem, problem } from "./problem.ts";
import { apiOf, connectionScopes, GOOGLE, type Tenant } from "./tenant.ts";
import type { ConnectedAccount, Vault } from "./vault.ts";

const Page = z.object({
  connection: z.string().optional(),
  from: z.string().optional(),
  take: z.coerce.number().int().min(1).max(20).default(10),
});

function viewOf(account: ConnectedAccount) {
  return {
    id: account.id,
    connection: account.connection,
    access_type: "offline",
    scopes: account.scopes,
    created_at: new Date(account.createdAt).toISOString(),
  };
}

function refuse(c: Context, refusal: Problem): Response {
  return c.json(refusal, refusal.status, { "content-type": "application/problem+json" });
}

async function bodyOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}

/** Before a person activated My Account there is nothing. */
export function whereActivated(tenant: Tenant): MiddlewareHandler {
  return async (c, next) => {
    if (apiOf(tenant, tenant.me) === undefined) return refuse(c, problem(404, "Not Found"));
    await next();
    return undefined;
  };
}

export function myAccountRoutes(deps: {
  tenant: Tenant;
  vault: Vault;
  connect: Connect;
  checkToken: CheckToken;
}): Hono {
  const { tenant, vault, connect } = deps;

  /** The person, or the answer that refuses. */
  async function person(c: Context, verb: "create" | "read" | "delete"): Promise<Claim | Response> {
    const token = bearerOf(c.req.header("authorization"));
    const claim = token === undefined ? undefined : await deps.checkToken(token);
    if (claim?.audiences.includes(tenant.me) !== true) {
      return refuse(c, problem(401, "Invalid Token"));
    }
    const scope = `${verb}:me:connected_accounts`;
    return claim.scopes.includes(scope)
      ? claim
      : refuse(c, problem(403, `Insufficient scope, expected: ${scope}`));
  }

  return new Hono()
    .post("/connect", async (c) => {
      const claim = await person(c, "create");
      if (claim instanceof Response) return claim;
      const body = ConnectRequest.safeParse(await bodyOf(c));
      if (!body.success) return refuse(c, invalid(body.error));
      const begun = connect.begin(claim.sub, claim.azp, body.data);
      return "title" in begun ? refuse(c, begun) : c.json(begun, 201);
    })

    .post("/complete", async (c) => {
      const claim = await person(c, "create");
      if (claim instanceof Response) return claim;
      const body = CompleteRequest.safeParse(await bodyOf(c));
      if (!body.success) return refuse(c, invalid(body.error));
      const done = connect.complete(claim.sub, body.data);
      return "title" in done ? refuse(c, done) : c.json(viewOf(done), 201);
    })

    .get("/accounts", async (c) => {
      const claim = await person(c, "read");
      if (claim instanceof Response) return claim;
      const page = Page.safeParse(c.req.query());
      if (!page.success) return refuse(c, invalid(page.error));
      const { connection, from, take } = page.data;
      const all = vault.of(claim.sub, connection);
      const start = from === undefined ? 0 : all.findIndex((account) => account.id === from);
      if (start < 0) return refuse(c, problem(400, "from is not a cursor of this list"));
      const next = all[start + take];
      return c.json({
        accounts: all.slice(start, start + take).map(viewOf),
        ...(next === undefined ? {} : { next: next.id }),
      });
    })

    .get("/connections", async (c) => {
      const claim = await person(c, "read");
      if (claim instanceof Response) return claim;
      return c.json({
        connections: [{ name: GOOGLE, strategy: GOOGLE, scopes: connectionScopes(tenant) }],
      });
    })

    .delete("/accounts/:id", async (c) => {
      const claim = await person(c, "delete");
      if (claim instanceof Response) return claim;
      return vault.remove(claim.sub, c.req.param("id"))
        ? c.body(null, 204)
        : refuse(c, problem(404, "The connected account does not exist"));
    })

    .notFound((c) => refuse(c, problem(404, "There is no such route in this stand-in")));
}
