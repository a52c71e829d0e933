/** Who is signed in and what Google lets us do. The vault's word and Google's, asked afresh. */
import { type GoogleConnection, type ModelView, routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES, SCOPES } from "@vaultdesk/shared/scope.ts";
import { Hono } from "hono";

import type { Principal } from "./auth0/principal.ts";
import { answer, gmailClient } from "./google/call.ts";
import { address } from "./google/owner.ts";
import { type AppEnv, reply } from "./http.ts";
import type { Broker, Grant } from "./vault/broker.ts";

export function sessionRoutes(deps: {
  broker: Broker;
  gmailRootUrl: string;
  grantOf(principal: Principal): Grant;
  present(principal: Principal): void;
  model: ModelView;
}) {
  async function connection(grant: Grant): Promise<GoogleConnection> {
    const granted = await deps.broker.granted(grant);
    if (!granted.ok) {
      if (granted.problem.code === "google_not_connected") return { state: "not_connected" };
      if (granted.problem.code === "google_reconnect") return { state: "reconnect" };
      return { state: "unreachable", problem: granted.problem };
    }
    const scopes = granted.value.filter((scope) => CONNECT_SCOPES.includes(scope));
    const missing = SCOPES.map((fact) => fact.scope).filter((scope) => !scopes.includes(scope));
    if (missing.length === SCOPES.length)
      return { state: "connected", email: "", granted: scopes, missing };
    const who = await deps.broker.withToken(grant, undefined, (token) =>
      answer(() => address(gmailClient(deps.gmailRootUrl, token))),
    );
    const asked = who.ok ? who.value : who;
    if (asked.ok) return { state: "connected", email: asked.value, granted: scopes, missing };
    if (asked.problem.code === "google_reconnect") {
      deps.broker.forget(grant.sub);
      return { state: "reconnect" };
    }
    return { state: "unreachable", problem: asked.problem };
  }

  return new Hono<AppEnv>().get(routes.session.path, async (c) => {
    const grant = deps.grantOf(c.var.principal);
    const google = await connection(grant);
    deps.present(c.var.principal);
    return reply(c, routes.session, { sub: grant.sub, google, model: deps.model });
  });
}
