/**
 * My Account API: enrolling a phone for push. A challenge gives the code that Guardian scans; it counts once the phone took it, and the
 * person's panel verified with the session of that challenge.
 * Source: auth0.com/docs/manage-users/my-account-api and its OpenAPI description.
 */
import { randomBytes } from "node:crypto";

import { type Context, Hono } from "hono";
import { z } from "zod";

import type { Pushes } from "../phone/pushes.ts";
import { bearerOf, type CheckToken, type Claim } from "./bearer.ts";
import { invalid, type Problem, problem } from "./problem.ts";
import type { Tenant } from "./tenant.ts";

const Begin = z.strictObject({ type: z.literal("push-notification") });
const Verify = z.strictObject({ auth_session: z.string().max(200) });

export const METHOD_SCOPES = ["create", "read"].map((verb) => `${verb}:me:authentication_methods`);

function refuse(c: Context, refusal: Problem): Response {
  return c.json(refusal, refusal.status, { "content-type": "application/problem+json" });
}

async function bodyOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}

export function authenticationMethodRoutes(deps: {
  tenant: Tenant;
  pushes: Pushes;
  checkToken: CheckToken;
}): Hono {
  const { tenant, pushes } = deps;
  const begun = new Map<string, { sub: string; session: string }>();

  async function person(c: Context, verb: "create" | "read"): Promise<Claim | Response> {
    const token = bearerOf(c.req.header("authorization"));
    const claim = token === undefined ? undefined : await deps.checkToken(token);
    if (claim?.audiences.includes(tenant.me) !== true) {
      return refuse(c, problem(401, "Invalid Token"));
    }
    const scope = `${verb}:me:authentication_methods`;
    return claim.scopes.includes(scope)
      ? claim
      : refuse(c, problem(403, `Insufficient scope, expected: ${scope}`));
  }
  return new Hono()
    .get("/", async (c) => {
      const claim = await person(c, "read");
      if (claim instanceof Response) return claim;
      const status = pushes.enrolment(claim.sub);
      const id = `push-notification|dev_${claim.sub.replace(/\W/g, "")}`;
      const method = { id, type: "push-notification", confirmed: status === "confirmed" };
      return c.json({ authentication_methods: status === "none" ? [] : [method] });
    })
    .post("/", async (c) => {
      const claim = await person(c, "create");
      if (claim instanceof Response) return claim;
      const body = Begin.safeParse(await bodyOf(c));
      if (!body.success) return refuse(c, invalid(body.error));
      const id = `push-notification|dev_${randomBytes(8).toString("hex")}`;
      const session = randomBytes(24).toString("base64url");
      begun.set(id, { sub: claim.sub, session });
      const code = pushes.beginEnrolment(claim.sub);
      const account = encodeURIComponent(`VaultDesk:${claim.sub}`);
      return c.json(
        {
          id,
          type: "push-notification",
          auth_session: session,
          barcode_uri: `otpauth://totp/${account}?enrollment_tx_id=${code}&secret=${code}&issuer=VaultDesk`,
          manual_input_code: code,
        },
        201,
      );
    })
    .post("/:id/verify", async (c) => {
      const claim = await person(c, "create");
      if (claim instanceof Response) return claim;
      const body = Verify.safeParse(await bodyOf(c));
      if (!body.success) return refuse(c, invalid(body.error));
      const id = c.req.param("id");
      const row = begun.get(id);
      if (row?.sub !== claim.sub || row.session !== body.data.auth_session) {
        return refuse(c, problem(400, "The auth_session is unknown or over"));
      }
      if (!pushes.finishEnrolment(claim.sub)) {
        return refuse(c, problem(400, "The enrolment is not confirmed on the phone"));
      }
      begun.delete(id);
      return c.json({ id, type: "push-notification", confirmed: true }, 201);
    });
}
