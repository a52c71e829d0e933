/**
 * The phone's tokens of approvals that are held before they are done. The row says until when and nothing executes it before; its place in
 * the queue brings it back after a restart. Only the token is here alone, since no token is stored: without it the panel's next one goes on.
 */
import type { Grant } from "../vault/broker.ts";

interface Held {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  grant: Grant;
}

/** Others leave a held approval this long to the process that has its token. */
export const OTHERS_LATER_MS = 2000;

export interface Holds {
  keep(held: Held): void;
  /** Takes out those whose time has come. */
  take(now: number): Held[];
  next(): number | undefined;
}

export function createHolds(): Holds {
  let held: readonly Held[] = [];
  return {
    keep(one) {
      held = [...held, one];
    },
    take(now) {
      const due = held.filter(({ at }) => at <= now);
      held = held.filter(({ at }) => at > now);
      return due;
    },
    next: () => (held.length === 0 ? undefined : Math.min(...held.map(({ at }) => at))),
  };
}
