/**
 * Lends Google tokens. A token exists only inside `use`: it is not returned, not logged, not stored at rest.
 * A panel's is held in memory for half a minute after its last loan, since the vault hands out the same token until it expires and its
 * rate limit is small; a phone's is dropped at once.
 */
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { missingFor } from "@vaultdesk/shared/scope.ts";

import type { Log } from "../observe/log.ts";
import type { VaultResult, VaultToken } from "./exchange.ts";

/** Who may borrow: a panel's bearer or the token of one approved CIBA request. */
export interface Grant {
  /** A phone's approval is exchanged for its own write, never served from memory. */
  readonly kind: "panel" | "approval";
  readonly sub: string;
  readonly subjectToken: string;
}

export type Loan<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface Broker {
  /** Runs `use` with a Google token that has the scopes `tool` needs. */
  withToken<T>(
    grant: Grant,
    tool: ToolName | undefined,
    use: (accessToken: string) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<Loan<T>>;
  /** The granted scopes, asked afresh from the vault. */
  granted(grant: Grant, signal?: AbortSignal): Promise<Loan<string[]>>;
  /** Google refused the token (401): the next loan asks the vault again. */
  forget(sub: string): void;
}

const EARLY_MS = 60_000;
const HELD_MS = 30_000;

export function createBroker(deps: {
  exchange(subjectToken: string, signal?: AbortSignal): Promise<VaultResult>;
  log: Log;
  now(): number;
  /** A tool borrowed for this person. */
  used?(sub: string, tool: ToolName): void;
}): Broker {
  const held = new Map<string, { token: VaultToken; end: NodeJS.Timeout }>();

  function drop(sub: string): void {
    clearTimeout(held.get(sub)?.end);
    held.delete(sub);
  }

  function hold(sub: string, token: VaultToken): void {
    drop(sub);
    const end = setTimeout(() => {
      held.delete(sub);
    }, HELD_MS);
    held.set(sub, { token, end: end.unref() });
  }

  async function borrow(
    grant: Grant,
    fresh: boolean,
    signal?: AbortSignal,
  ): Promise<Loan<VaultToken>> {
    const kept = grant.kind === "panel" ? held.get(grant.sub)?.token : undefined;
    if (!fresh && kept !== undefined && kept.expiresAt - EARLY_MS > deps.now()) {
      hold(grant.sub, kept);
      return { ok: true, value: kept };
    }
    const result = await deps.exchange(grant.subjectToken, signal);
    if (result.ok) {
      if (grant.kind === "panel") hold(grant.sub, result.token);
      return { ok: true, value: result.token };
    }
    drop(grant.sub);
    switch (result.reason) {
      case "not_connected":
        return { ok: false, problem: problem("google_not_connected") };
      case "reconnect":
        deps.log.warn("vault: exchange refused", { error: result.error });
        return { ok: false, problem: problem("google_reconnect") };
      case "throttled":
        return {
          ok: false,
          problem: problem(
            "google_throttled",
            result.retryAfter === undefined ? {} : { retryAfter: result.retryAfter },
          ),
        };
      case "down":
        return { ok: false, problem: problem("vault_down") };
      case "misconfigured":
        deps.log.error("vault: the tenant refuses this client; run the doctor", {
          error: result.error,
        });
        return { ok: false, problem: problem("internal") };
    }
  }

  return {
    async withToken(grant, tool, use, signal) {
      const loan = await borrow(grant, false, signal);
      if (!loan.ok) return loan;
      const scopes = tool === undefined ? [] : missingFor(tool, loan.value.scopes);
      if (scopes.length > 0) {
        // The user may have granted it since: what the vault says now decides.
        const again = await borrow(grant, true, signal);
        if (!again.ok) return again;
        const still = tool === undefined ? [] : missingFor(tool, again.value.scopes);
        if (still.length > 0) {
          return { ok: false, problem: problem("google_scope_missing", { scopes: still }) };
        }
        if (tool !== undefined) deps.used?.(grant.sub, tool);
        return { ok: true, value: await use(again.value.accessToken) };
      }
      if (tool !== undefined) deps.used?.(grant.sub, tool);
      return { ok: true, value: await use(loan.value.accessToken) };
    },

    async granted(grant, signal) {
      const loan = await borrow(grant, true, signal);
      return loan.ok ? { ok: true, value: loan.value.scopes } : loan;
    },

    forget: drop,
  };
}
