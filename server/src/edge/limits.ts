/**
 * How much of this server one person, and one address, may use. Buckets of tokens in this process: with N processes a person has at most
 * N times as much, which is what N processes can carry. Model and phone have limits of their own further in.
 */
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

import { refill } from "../approvals/bucket.ts";

type Kind = "read" | "write" | "ask" | "stream";
type Rate = Readonly<{ perSecond: number; burst: number }>;

export const RATES: Readonly<Record<Kind | "refused", Rate>> = {
  read: { perSecond: 20, burst: 100 },
  write: { perSecond: 5, burst: 50 },
  /** Costs a model's answer, or rings a phone. */
  ask: { perSecond: 1, burst: 20 },
  /** A stream is begun. */
  stream: { perSecond: 2, burst: 40 },
  /** Of one address: callers that were not proven. */
  refused: { perSecond: 5, burst: 100 },
};

/** Streams of one person that are open at once: one a Gmail tab. */
export const STREAMS_OPEN = 20;

const KINDS: Readonly<Record<keyof typeof routes, Kind>> = {
  session: "read",
  settings: "read",
  changeSettings: "write",
  toolUses: "read",
  revokeGoogle: "write",
  activity: "read",
  composeFacts: "read",
  compose: "write",
  templates: "read",
  addTemplate: "write",
  changeTemplate: "write",
  deleteTemplate: "write",
  startRun: "ask",
  cancelRun: "write",
  conversations: "read",
  renameConversation: "write",
  deleteConversation: "write",
  editDraft: "write",
  askApproval: "ask",
  approvals: "read",
  askAgain: "ask",
  undoApproval: "ask",
  cancelApproval: "write",
};

const names = Object.keys(routes).filter((name): name is keyof typeof routes => name in KINDS);
const BY_ROUTE = new Map<string, Kind>([
  [`GET ${EVENTS_PATH}`, "stream"],
  ...names.map((name): [string, Kind] => {
    const { method, path } = routes[name];
    return [`${method} ${path}`, KINDS[name]];
  }),
]);

/** What a request to this route counts as; what is no route counts as reading. */
export function kindOf(method: string, path: string): Kind {
  return BY_ROUTE.get(`${method} ${path}`) ?? "read";
}

/** Keys that are remembered. Whoever floods with new ones makes old ones forgotten, not the map grow. */
const REMEMBERED = 10_000;

/** Takes a token of `key`; answers 0, or the milliseconds until there is one. */
export type Limiter = (key: string) => number;

export function createLimiter(
  { perSecond, burst }: Rate,
  now: () => number,
  remembered: number = REMEMBERED,
): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return (key) => {
    const at = now();
    const tokens = refill(buckets.get(key) ?? { tokens: burst, at }, at, perSecond, burst);
    const taken = tokens >= 1;
    // Put back at the end: the first is the one that was used longest ago.
    buckets.delete(key);
    buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at });
    const [oldest] = buckets.keys();
    if (buckets.size > remembered && oldest !== undefined) buckets.delete(oldest);
    return taken ? 0 : ((1 - tokens) / perSecond) * 1000;
  };
}

export interface Limits {
  /** Milliseconds until this person may make such a request; 0 is now. */
  person(sub: string, kind: Kind): number;
  /** The same for an address whose caller was not proven. */
  refused(address: string): number;
  /** A place for one more stream of this person, given back by the call; `undefined` when all are taken. */
  stream(sub: string): (() => void) | undefined;
}

export function createLimits(now: () => number): Limits {
  const kinds: Record<Kind, Limiter> = {
    read: createLimiter(RATES.read, now),
    write: createLimiter(RATES.write, now),
    ask: createLimiter(RATES.ask, now),
    stream: createLimiter(RATES.stream, now),
  };
  const refused = createLimiter(RATES.refused, now);
  const open = new Map<string, number>();

  return {
    person: (sub, kind) => kinds[kind](sub),
    refused,
    stream(sub) {
      const count = open.get(sub) ?? 0;
      if (count >= STREAMS_OPEN) return undefined;
      open.set(sub, count + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        const rest = (open.get(sub) ?? 1) - 1;
        if (rest === 0) open.delete(sub);
        else open.set(sub, rest);
      };
    },
  };
}
