/**
 * One run of connecting a Google account: begun by the person's token, carried by a ticket through Google's consent page, ended by the
 * same person with the code and the PKCE verifier. Ticket, consent, code and session are each good for one use, for five minutes.
 * Source: auth0.com/docs/secure/call-apis-on-users-behalf/token-vault/connected-accounts-for-token-vault.
 */
import { createHash, randomBytes } from "node:crypto";

import { Hono } from "hono";
import { z } from "zod";

import type { Consent } from "../google-consent/routes.ts";
import { errorPage } from "./error-page.ts";
import { type Problem, problem } from "./problem.ts";
import type { State } from "./state.ts";
import { clientOf, connectionOf, connectionScopes, type Tenant } from "./tenant.ts";
import type { Directory } from "./users.ts";
import type { ConnectedAccount, GoogleAccounts, Vault } from "./vault.ts";

export const LIFE_SECONDS = 300;
const IDENTITY = new Set(["openid", "email", "profile"]);

export const ConnectRequest = z.strictObject({
  connection: z.string().min(1).max(128),
  redirect_uri: z.url().max(2048),
  state: z.string().max(4096).optional(),
  code_challenge: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43,128}$/)
    .optional(),
  code_challenge_method: z.literal("S256").optional(),
  scopes: z.array(z.string().max(255)).min(1).max(100).optional(),
  authorization_params: z
    .strictObject({
      acr_values: z.string().optional(),
      audience: z.string().optional(),
      resource: z.string().optional(),
      display: z.string().optional(),
      id_token_hint: z.string().optional(),
      login_hint: z.string().optional(),
      max_age: z.number().optional(),
      prompt: z.string().optional(),
      ui_locales: z.string().optional(),
    })
    .optional(),
});

export const CompleteRequest = z.strictObject({
  auth_session: z.string().max(64),
  connect_code: z.string().min(1).max(46),
  redirect_uri: z.string().max(2048),
  code_verifier: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{43,128}$/)
    .optional(),
});

const Row = z.object({
  id: z.string(),
  sub: z.string(),
  connection: z.string(),
  redirectUri: z.string(),
  state: z.string().optional(),
  challenge: z.string().optional(),
  scopes: z.array(z.string()),
  expiresAt: z.number(),
  /** Where it stands: each step takes the handle of the one before. */
  step: z.enum(["ticket", "consent", "code", "done"]),
  handle: z.string(),
  granted: z.object({ email: z.string(), scopes: z.array(z.string()) }).optional(),
});
type Row = z.infer<typeof Row>;

const token = () => randomBytes(24).toString("base64url");

export type Connect = ReturnType<typeof createConnect>;

export function createConnect(deps: {
  tenant: Tenant;
  state: State;
  vault: Vault;
  google: GoogleAccounts;
  directory: Directory;
  now(): number;
}) {
  const { tenant } = deps;
  const now = () => deps.now();
  const rows = deps.state.collection("connect", Row);

  function standing(step: Row["step"], handle: string): Row | undefined {
    return rows
      .all()
      .find((row) => row.step === step && row.handle === handle && row.expiresAt > now());
  }

  function move(row: Row, step: Row["step"]): Row {
    const moved = { ...row, step, handle: token() };
    rows.put(row.id, moved);
    return moved;
  }

  function back(row: Row, answer: Record<string, string>): string {
    const url = new URL(row.redirectUri);
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    if (row.state !== undefined) url.searchParams.set("state", row.state);
    return url.href;
  }

  const consent: Consent = {
    find(handle) {
      const row = standing("consent", handle);
      if (row === undefined) return undefined;
      const accounts = deps.google.accounts();
      const own = deps.directory.find(row.sub)?.email;
      return {
        accounts,
        scopes: row.scopes.filter((scope) => !IDENTITY.has(scope)),
        ...(own !== undefined && accounts.some((one) => one.email === own) ? { chosen: own } : {}),
      };
    },
    decide(handle, answer) {
      const row = standing("consent", handle);
      if (row === undefined) return undefined;
      if (answer === undefined) {
        move(row, "done");
        return back(row, {
          error: "access_denied",
          error_description: "The resource owner denied the request",
        });
      }
      const scopes = row.scopes.filter(
        (scope) => IDENTITY.has(scope) || answer.scopes.includes(scope),
      );
      const moved = move({ ...row, granted: { email: answer.email, scopes } }, "code");
      return back(row, { connect_code: moved.handle });
    },
  };

  const routes = new Hono().get("/connected-accounts/connect", async (c) => {
    const row = standing("ticket", c.req.query("ticket") ?? "");
    if (row === undefined) {
      return c.html(await errorPage("invalid_request", "This ticket was used or is over."), 400);
    }
    const upstream = connectionOf(tenant, row.connection)?.options["upstream_params"];
    if (JSON.stringify(upstream ?? {}).includes("approval_prompt")) {
      return c.html(
        await errorPage("invalid_request", "Conflict params: approval_prompt and prompt"),
        400,
      );
    }
    return c.redirect(`/google/consent?request=${move(row, "consent").handle}`, 302);
  });

  return {
    consent,
    routes,

    begin(sub: string, clientId: string, asked: z.infer<typeof ConnectRequest>) {
      const client = clientOf(tenant, clientId);
      if (client?.callbacks.includes(asked.redirect_uri) !== true) {
        return problem(400, "redirect_uri is not in the list of allowed callback URLs");
      }
      if (connectionOf(tenant, asked.connection)?.connected_accounts.active !== true) {
        return problem(404, "The connection does not exist");
      }
      if ((asked.code_challenge === undefined) !== (asked.code_challenge_method === undefined)) {
        return problem(400, "code_challenge and code_challenge_method go together");
      }
      const row: Row = {
        id: token(),
        sub,
        connection: asked.connection,
        redirectUri: asked.redirect_uri,
        ...(asked.state === undefined ? {} : { state: asked.state }),
        ...(asked.code_challenge === undefined ? {} : { challenge: asked.code_challenge }),
        scopes: [...new Set(asked.scopes ?? connectionScopes(tenant))],
        expiresAt: now() + LIFE_SECONDS * 1000,
        step: "ticket",
        handle: token(),
      };
      rows.put(row.id, row);
      return {
        auth_session: row.id,
        connect_uri: `${tenant.issuer}connected-accounts/connect`,
        connect_params: { ticket: row.handle },
        expires_in: LIFE_SECONDS,
      };
    },

    complete(sub: string, asked: z.infer<typeof CompleteRequest>): ConnectedAccount | Problem {
      const row = rows.get(asked.auth_session);
      if (row === undefined || row.sub !== sub || row.expiresAt <= now()) {
        return problem(400, "The auth_session is unknown or over");
      }
      if (row.step !== "code" || row.handle !== asked.connect_code || row.granted === undefined) {
        return problem(400, "The connect_code is invalid or was used");
      }
      // Whatever is wrong from here on, the code is spent: a stolen one gets one try.
      move(row, "done");
      if (row.redirectUri !== asked.redirect_uri) {
        return problem(400, "redirect_uri is not the one that was begun with");
      }
      const verifier = asked.code_verifier ?? "";
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      if (row.challenge !== undefined && row.challenge !== challenge) {
        return problem(400, "The code_verifier does not match the code_challenge");
      }
      return deps.vault.connect({ sub, connection: row.connection, ...row.granted });
    },
  };
}
