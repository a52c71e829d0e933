/** Who comes in: the origin, then the caller, then how often. Each refusal costs less than what it keeps out. */
import { getConnInfo } from "@hono/node-server/conninfo";
import { SIGNED_IN_HEADER } from "@vaultdesk/shared/api.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { JWTVerifyGetKey } from "jose";

import type { Access } from "../audit/access.ts";
import type { Principal, PrincipalResult } from "../auth0/principal.ts";
import { createProver } from "../auth0/proven-before.ts";
import type { SignOuts } from "../auth0/sign-outs.ts";
import type { Config } from "../config.ts";
import { type AppEnv, refuse } from "../http.ts";
import type { Panels } from "../panels.ts";
import { kindOf, type Limits } from "./limits.ts";

/** Only a browser sends an origin, and only the extension's pages are ours: no web page is answered, whatever token it has. */
export function fromExtension(origin: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const claimed = c.req.header("origin");
    if (claimed !== undefined && claimed !== origin) return refuse(c, problem("forbidden"));
    return next();
  };
}

export function refuseFor(c: Context, waitMs: number): Response {
  return refuse(c, problem("too_many", { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) }));
}

/** The other end of the connection, of IPv6 the network; behind a proxy that is the proxy. Empty where there is no socket. */
function addressOf(c: Context): string {
  let address = "";
  try {
    address = getConnInfo(c).remote.address ?? "";
  } catch {
    // Called without a server.
  }
  return address.includes(".") ? address : address.split(":", 4).join(":");
}

type Unproven = (PrincipalResult & { ok: false })["reason"];

function problemOf(reason: Exclude<Unproven, "keys_unreachable">): Problem {
  switch (reason) {
    case "no_token":
    case "bad_token":
      return problem("signed_out");
    case "wrong_client":
    case "no_scope":
      return problem("forbidden");
  }
}

/** The extension says when its sign-in was; whoever leaves it out is measured by the bearer alone. */
function since(principal: Principal, said: string | undefined): Principal {
  const signedIn = Number(said ?? Infinity);
  return { ...principal, issuedAt: Math.min(principal.issuedAt, signedIn || 0) };
}

export function proven(deps: {
  config: Pick<Config, "auth0">;
  keys: JWTVerifyGetKey;
  limits: Limits;
  panels: Pick<Panels, "seen">;
  signOuts: Pick<SignOuts, "covers">;
  access: Pick<Access, "signedIn">;
}): MiddlewareHandler<AppEnv> {
  const { limits } = deps;
  const prove = createProver(deps.config, deps.keys, Date.now);
  return async (c, next) => {
    const found = await prove(c.req.header("authorization"));
    if (!found.ok) {
      if (found.reason === "keys_unreachable") return refuse(c, problem("vault_down"));
      const wait = limits.refused(addressOf(c));
      return wait > 0 ? refuseFor(c, wait) : refuse(c, problemOf(found.reason));
    }
    const principal = since(found.principal, c.req.header(SIGNED_IN_HEADER));
    const wait = limits.person(principal.sub, kindOf(c.req.method, routePath(c, -1)));
    if (wait > 0) return refuseFor(c, wait);
    if (await deps.signOuts.covers(principal)) return refuse(c, problem("signed_out_everywhere"));
    await deps.access.signedIn(principal);
    c.set("principal", principal);
    deps.panels.seen(principal);
    return next();
  };
}
