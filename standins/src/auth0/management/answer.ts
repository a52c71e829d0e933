/** How the Management API answers: its errors, its pages, and the bearer that each call must bring. */
import { randomBytes } from "node:crypto";

import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";

import { bearerOf, type CheckToken } from "../bearer.ts";
import type { Tenant } from "../tenant.ts";

const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  501: "Not Implemented",
} as const;

export function fail(
  c: Context,
  status: keyof typeof TITLES,
  message: string,
  code: string,
): Response {
  return c.json({ statusCode: status, error: TITLES[status], message, errorCode: code }, status);
}

const Page = z.object({
  page: z.coerce.number().int().min(0).default(0),
  per_page: z.coerce.number().int().min(1).max(100).default(50),
  include_totals: z.enum(["true", "false"]).default("false"),
});
const Checkpoint = z.object({
  from: z.coerce.number().int().min(0).default(0),
  take: z.coerce.number().int().min(1).max(100).default(50),
});
const badQuery = (c: Context) => fail(c, 400, "Query validation error", "invalid_query_string");

/** By `page`, or by `take` and `from` where the caller asks so. */
export function listed(c: Context, name: string, all: readonly object[]): Response {
  if (c.req.query("take") !== undefined) return checkpointed(c, name, all);
  const query = Page.safeParse(c.req.query());
  if (!query.success) return badQuery(c);
  const { page, per_page: size, include_totals: totals } = query.data;
  const rows = all.slice(page * size, (page + 1) * size);
  const start = page * size;
  return totals === "true"
    ? c.json({ start, limit: size, length: rows.length, total: all.length, [name]: rows })
    : c.json(rows);
}

export function checkpointed(c: Context, name: string, all: readonly object[]): Response {
  const query = Checkpoint.safeParse(c.req.query());
  if (!query.success) return badQuery(c);
  const end = query.data.from + query.data.take;
  const rows = all.slice(query.data.from, end);
  return c.json({ [name]: rows, ...(end < all.length ? { next: String(end) } : {}) });
}

/** The body in its schema's shape, or the answer that refuses it and names the property. */
export async function bodyOf<T extends z.ZodType>(
  c: Context,
  schema: T,
): Promise<z.infer<T> | Response> {
  const json: unknown = await c.req.json().catch(() => undefined);
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  const why =
    issue?.code === "unrecognized_keys"
      ? `Additional properties not allowed: ${issue.keys.join(", ")}`
      : `${issue?.message ?? "invalid"} on property ${where}`;
  return fail(c, 400, `Payload validation error: '${why}'.`, "invalid_body");
}

/** The route is for tokens of this tenant's Management API with this scope. */
export function needs(
  deps: { tenant: Tenant; checkToken: CheckToken },
  scope: string,
): MiddlewareHandler<{ Variables: { scopes: string[] } }> {
  return async (c, next) => {
    const token = bearerOf(c.req.header("authorization"));
    const claim = token === undefined ? undefined : await deps.checkToken(token);
    if (claim?.audiences.includes(deps.tenant.management) !== true) {
      return fail(c, 401, "Invalid token", "invalid_token");
    }
    if (!claim.scopes.includes(scope)) {
      return fail(c, 403, `Insufficient scope, expected any of: ${scope}`, "insufficient_scope");
    }
    c.set("scopes", claim.scopes);
    await next();
    return undefined;
  };
}

export const newRowId = (prefix: string): string => `${prefix}_${randomBytes(8).toString("hex")}`;
