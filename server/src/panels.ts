/**
 * Who has a panel open here, and the newest bearer each brought: what a phone approved without a usable token of its own, and a run that
 * goes on, borrow with it. In memory only, gone when the bearer expires.
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

export function createPanels(now: () => number): Panels {
  const newest = new Map<string, Principal>();

  function sweep(): void {
    for (const [sub, principal] of newest) {
      if (principal.expiresAt - EARLY_MS <= now()) newest.delete(sub);
    }
  }

  return {
    seen(principal) {
      if (newest.size % SWEEP_AT === SWEEP_AT - 1) sweep();
      newest.set(principal.sub, principal);
    },
    grantOf(sub) {
      const principal = newest.get(sub);
      if (principal === undefined) return undefined;
      if (principal.expiresAt - EARLY_MS > now()) return grantOf(principal);
      newest.delete(sub);
      return undefined;
    },
  };
}

export function grantOf(principal: Principal): Grant {
  return { kind: "panel", sub: principal.sub, subjectToken: principal.bearer };
}
