/**
 * Token Vault: Google accounts that people connected, and the Google tokens kept for them. Only Connect fills it, a login never does.
 * Auth0 hands out the stored token until it nearly expires; a scope that was not granted is no error, it is missing from `scope`.
 */
import { randomBytes } from "node:crypto";

import { z } from "zod";

import type { State } from "./state.ts";

export interface GoogleAccounts {
  accounts(): readonly { email: string; name: string }[];
  issue(
    email: string,
    scopes: readonly string[],
    seconds?: number,
  ): { accessToken: string; scopes: string[]; expiresAt: number };
  revoke(email: string): void;
  revokedAt?(email: string): number | undefined;
}

const Account = z.object({
  id: z.string(),
  sub: z.string(),
  connection: z.string(),
  email: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.number(),
  /** Google refuses its refresh token. */
  revoked: z.boolean(),
  token: z
    .object({ accessToken: z.string(), scopes: z.array(z.string()), expiresAt: z.number() })
    .optional(),
});
export type ConnectedAccount = z.infer<typeof Account>;
type GoogleToken = NonNullable<ConnectedAccount["token"]>;

export type LendResult =
  | { ok: true; token: GoogleToken }
  | {
      ok: false;
      error:
        | "user_not_found"
        | "federated_connection_refresh_token_not_found"
        | "federated_connection_refresh_token_flow_failed";
    };

type Connected = Pick<ConnectedAccount, "sub" | "connection" | "email" | "scopes">;

export interface VaultControls {
  /** As if the person had connected the account on an earlier day. */
  connect(account: Connected): void;
  /** As if the person had deleted the connected account. */
  disconnect(sub: string): void;
  /** At Google's own page: every token of the account dies. `stored` leaves Auth0 handing out its stored, dead one, as the tenant may. */
  revokeAtGoogle(sub: string, stored?: "forgotten" | "stored"): void;
  /** The next exchanges answer 429. */
  throttle(times?: number): void;
  accounts(sub: string): readonly ConnectedAccount[];
}

export type Vault = ReturnType<typeof createVault>;

const EARLY_MS = 60_000;
const USERINFO = "https://www.googleapis.com/auth/userinfo.";
const IN_GOOGLE_WORDS = new Map([
  ["email", `${USERINFO}email`],
  ["profile", `${USERINFO}profile`],
]);

export function createVault(state: State, google: GoogleAccounts, now: () => number) {
  const rows = state.collection("connected-account", Account);
  let throttled = 0;
  const of = (sub: string, connection?: string) =>
    rows
      .all()
      .filter(
        (row) => row.sub === sub && (connection === undefined || row.connection === connection),
      );

  /** The same Google account again: the new consent replaces the old one. */
  function connect(account: Connected): ConnectedAccount {
    for (const row of of(account.sub, account.connection)) {
      if (row.email === account.email) rows.delete(row.id);
    }
    const id = `cac_${randomBytes(12).toString("base64url")}`;
    const row: ConnectedAccount = { ...account, id, createdAt: now(), revoked: false };
    rows.put(id, row);
    return row;
  }

  const controls: VaultControls = {
    connect,
    disconnect(sub) {
      for (const row of of(sub)) rows.delete(row.id);
    },
    revokeAtGoogle(sub, stored = "forgotten") {
      for (const { token, ...row } of of(sub)) {
        google.revoke(row.email);
        rows.put(row.id, {
          ...row,
          revoked: true,
          ...(stored === "stored" && token !== undefined ? { token } : {}),
        });
      }
    },
    throttle(times = 1) {
      throttled += times;
    },
    accounts: (sub) => of(sub),
  };

  return {
    controls,
    of,
    /** One exchange is spent on the throttle. */
    takeThrottle(): boolean {
      if (throttled === 0) return false;
      throttled -= 1;
      return true;
    },
    connect,
    remove(sub: string, id: string): boolean {
      const row = rows.get(id);
      if (row === undefined || row.sub !== sub) return false;
      rows.delete(id);
      return true;
    },
    lend(sub: string, connection: string, loginHint?: string): LendResult {
      const mine = of(sub, connection);
      const row =
        loginHint === undefined ? mine.at(-1) : mine.find((one) => one.email === loginHint);
      if (row === undefined) {
        return {
          ok: false,
          error:
            loginHint === undefined
              ? "federated_connection_refresh_token_not_found"
              : "user_not_found",
        };
      }
      if (row.token !== undefined && row.token.expiresAt - EARLY_MS > now()) {
        return { ok: true, token: row.token };
      }
      if (row.revoked || (google.revokedAt?.(row.email) ?? 0) > row.createdAt) {
        return { ok: false, error: "federated_connection_refresh_token_flow_failed" };
      }
      const token = google.issue(
        row.email,
        row.scopes.map((scope) => IN_GOOGLE_WORDS.get(scope) ?? scope),
      );
      rows.put(row.id, { ...row, token });
      return { ok: true, token };
    },
  };
}
