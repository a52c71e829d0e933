/**
 * Who has a panel open here, and the newest bearer each brought: what a phone approved without a usable token of its own, and a run that
 * goes on, borrow with it. In memory only, gone when the bearer expires or the person signs out everywhere.
 */
import type { Principal } from "./auth0/principal.ts";
import type { Grant } from "./vault/broker.ts";

export interface Panels {
  seen(principal: Principal): void;
  /** The grant of this person's newest request, while its bearer is valid. */
  grantOf(sub: string): Grant | undefined;
}

/** A bearer this close to its end is not lent to work that starts now. Milliseconds. */
const EARLY_MS = 30_000;
const SWEEP_AT = 1000;

export function createPanels(
  now: () => number,
  /** Calls `heard` when the person may have signed out everywhere, in whichever process. */
  leaving: (sub: string, heard: () => void, signal: AbortSignal) => void,
): Panels {
  const newest = new Map<string, Principal>();
  const listening = new Map<string, AbortController>();

  function drop(sub: string): void {
    newest.delete(sub);
    listening.get(sub)?.abort();
    listening.delete(sub);
  }

  function listen(sub: string): void {
    if (listening.has(sub)) return;
    const end = new AbortController();
    listening.set(sub, end);
    leaving(sub, () => drop(sub), end.signal);
  }

  function sweep(): void {
    for (const [sub, principal] of newest) {
      if (principal.expiresAt - EARLY_MS <= now()) drop(sub);
    }
  }

  return {
    seen(principal) {
      if (newest.size % SWEEP_AT === SWEEP_AT - 1) sweep();
      listen(principal.sub);
      newest.set(principal.sub, principal);
    },
    grantOf(sub) {
      const principal = newest.get(sub);
      if (principal === undefined) return undefined;
      if (principal.expiresAt - EARLY_MS > now()) return grantOf(principal);
      drop(sub);
      return undefined;
    },
  };
}

export function grantOf(principal: Principal): Grant {
  return { kind: "panel", sub: principal.sub, subjectToken: principal.bearer };
}
