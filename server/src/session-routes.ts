/** Who is signed in and what Google lets us do. The vault's word and Google's, asked afresh. */
import { type GoogleConnection, type ModelView, routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { CONNECT_SCOPES, SCOPES } from "@vaultdesk/shared/scope.ts";
import { Hono } from "hono";

import type { Access } from "./audit/access.ts";
import type { Principal } from "./auth0/principal.ts";
import { answer, gmailClient } from "./google/call.ts";
import { address } from "./google/owner.ts";
import { revokeAtGoogle } from "./google/revoke.ts";
import { type AppEnv, refuse, reply } from "./http.ts";
import type { Forget } from "./keep/forget.ts";
import type { Broker, Grant, Loan } from "./vault/broker.ts";
import type { ToolUses } from "./vault/uses.ts";

const NOT_FORGOTTEN = {
  held: "forget_on_hold",
  leads: "forget_leads",
  busy: "forget_busy",
} as const;

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
  forget: Forget;
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

  /** Takes the permission back; whether Google says that it is gone. */
  async function atGoogle(grant: Grant): Promise<Loan<boolean>> {
    const done = await deps.broker.withToken(grant, undefined, (token) =>
      revokeAtGoogle(deps.googleRevokeUrl, token),
    );
    deps.broker.forget(grant.sub);
    const gone =
      !done.ok && ["google_not_connected", "google_reconnect"].includes(done.problem.code);
    return !done.ok && !gone ? done : { ok: true, value: gone || (done.ok && done.value) };
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
      const revoked = await atGoogle(grant);
      if (!revoked.ok) return refuse(c, revoked.problem);
      await nothingLeft(grant.sub);
      return reply(c, routes.revokeGoogle, { revoked: revoked.value });
    })
    .post(routes.forgetMe.path, async (c) => {
      const grant = deps.grantOf(c.var.principal);
      const forgotten = await deps.forget(grant.sub, "self");
      if (!forgotten.done && forgotten.reason !== "unknown") {
        return refuse(c, problem(NOT_FORGOTTEN[forgotten.reason]));
      }
      // The vault still lends to this request. Where Google does not answer, all the rest is forgotten still.
      const revoked = await atGoogle(grant);
      return reply(c, routes.forgetMe, { revoked: revoked.ok && revoked.value });
    })
    .get(routes.session.path, async (c) => {
      const grant = deps.grantOf(c.var.principal);
      const google = await connection(grant);
      await seen(grant.sub, google);
      deps.present(c.var.principal);
      return reply(c, routes.session, { sub: grant.sub, google, model: deps.model });
    });
}
