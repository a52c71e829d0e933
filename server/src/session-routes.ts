/** Who is signed in and what Google lets us do. The vault's word and Google's, asked afresh. */
import { type GoogleConnection, type ModelView, routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES, SCOPES } from "@vaultdesk/shared/scope.ts";
import { Hono } from "hono";

import type { Access } from "./audit/access.ts";
import type { Principal } from "./auth0/principal.ts";
import { answer, gmailClient } from "./google/call.ts";
import { address } from "./google/owner.ts";
import { revokeAtGoogle } from "./google/revoke.ts";
import { type AppEnv, refuse, reply } from "./http.ts";
import type { Broker, Grant } from "./vault/broker.ts";
import type { ToolUses } from "./vault/uses.ts";

export function sessionRoutes(deps: {
  broker: Broker;
  gmailRootUrl: string;
  grantOf(principal: Principal): Grant;
  present(principal: Principal): void;
  model: ModelView;
  googleRevokeUrl: string;
  uses: ToolUses;
  access: Pick<Access, "granted">;
  signOut(sub: string): Promise<void>;
  /** Google names the mailbox that this person connected: invitations to it are theirs. */
  arrive(sub: string, address: string): Promise<void>;
  disconnected(sub: string): Promise<void>;
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
    if (asked.ok) {
      if (asked.value !== "") await deps.arrive(grant.sub, asked.value);
      return { state: "connected", email: asked.value, granted: scopes, missing };
    }
    if (asked.problem.code === "google_reconnect") {
      deps.broker.forget(grant.sub);
      return { state: "reconnect" };
    }
    return { state: "unreachable", problem: asked.problem };
  }

  async function nothingLeft(sub: string): Promise<void> {
    await deps.disconnected(sub);
    await deps.access.granted(sub, []);
  }

  /** The vault goes on naming scopes that Google took back: only what Google itself answered to counts as granted. */
  async function seen(sub: string, google: GoogleConnection): Promise<void> {
    switch (google.state) {
      case "connected":
        await deps.access.granted(sub, google.granted);
        return;
      case "not_connected":
      case "reconnect":
        await nothingLeft(sub);
        return;
      case "unreachable":
        return;
    }
  }

  return new Hono<AppEnv>()
    .get(routes.toolUses.path, async (c) =>
      reply(c, routes.toolUses, { uses: await deps.uses.of(c.var.principal.sub) }),
    )
    .post(routes.signOutEverywhere.path, async (c) => {
      await deps.signOut(c.var.principal.sub);
      return reply(c, routes.signOutEverywhere, { signedOut: true });
    })
    .post(routes.revokeGoogle.path, async (c) => {
      const grant = deps.grantOf(c.var.principal);
      const done = await deps.broker.withToken(grant, undefined, (token) =>
        revokeAtGoogle(deps.googleRevokeUrl, token),
      );
      deps.broker.forget(grant.sub);
      const gone =
        !done.ok && ["google_not_connected", "google_reconnect"].includes(done.problem.code);
      if (!done.ok && !gone) return refuse(c, done.problem);
      await nothingLeft(grant.sub);
      return reply(c, routes.revokeGoogle, { revoked: gone || (done.ok && done.value) });
    })
    .get(routes.session.path, async (c) => {
      const grant = deps.grantOf(c.var.principal);
      const google = await connection(grant);
      await seen(grant.sub, google);
      deps.present(c.var.principal);
      return reply(c, routes.session, { sub: grant.sub, google, model: deps.model });
    });
}
