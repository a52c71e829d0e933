/**
 * How much of this server one person, and one address, may use. Buckets of tokens in this process: with N processes a person has at most
 * N times as much, which is what N processes can carry. Model and phone have limits of their own further in.
 */
import { EVENTS_PATH, OWN_EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

import { refill } from "../approvals/bucket.ts";

type Kind = "read" | "write" | "ask" | "stream";
type Rate = Readonly<{ perSecond: number; burst: number }>;

export const RATES: Readonly<Record<Kind | "refused", Rate>> = {
  read: { perSecond: 20, burst: 100 },
  write: { perSecond: 5, burst: 30 },
  /** Costs a model's answer, or rings a phone. */
  ask: { perSecond: 0.5, burst: 10 },
  /** A stream is begun. */
  stream: { perSecond: 2, burst: 40 },
  /** Of one address: callers that were not proven. */
  refused: { perSecond: 5, burst: 100 },
};

/** Streams of one person that are open at once: one a Gmail tab. */
export const STREAMS_OPEN = 20;

const KINDS: Readonly<Record<keyof typeof routes, Kind>> = {
  session: "read",
  orgPolicy: "read",
  signOutEverywhere: "write",
  forgetMe: "write",
  settings: "read",
  changeSettings: "write",
  toolUses: "read",
  revokeGoogle: "write",
  activity: "read",
  audit: "read",
  auditTable: "write",
  roomAudit: "read",
  roomAuditTable: "write",
  calendar: "read",
  calendarDay: "read",
  composeFacts: "read",
  compose: "write",
  templates: "read",
  addTemplate: "write",
  changeTemplate: "write",
  deleteTemplate: "write",
  rooms: "read",
  createRoom: "write",
  room: "read",
  changeRoom: "write",
  changeRoles: "write",
  changeRules: "write",
  changeTiers: "write",
  threadFiles: "read",
  markDocument: "write",
  changeDocument: "write",
  unmarkDocument: "write",
  closeRoom: "write",
  deleteRoom: "write",
  inviteMember: "write",
  changeMember: "write",
  setAbsence: "write",
  endAbsence: "write",
  removeMember: "write",
  addThread: "write",
  removeThread: "write",
  tracker: "read",
  noteMilestone: "write",
  confirmMilestone: "write",
  withdrawMilestone: "write",
  milestoneMail: "read",
  trackerSilence: "read",
  trackerTable: "write",
  threadPlace: "read",
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
  [`GET ${OWN_EVENTS_PATH}`, "stream"],
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
  /** A place for one more stream of this person; `undefined` when all are taken. */
  stream(sub: string): Place | undefined;
}

export interface Place {
  /** Work for this stream, one at a time for all of a person's streams: twenty of them take no more of the server than one. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Gives the place back. */
  leave(): void;
}

export function createLimits(now: () => number): Limits {
  const kinds: Record<Kind, Limiter> = {
    read: createLimiter(RATES.read, now),
    write: createLimiter(RATES.write, now),
    ask: createLimiter(RATES.ask, now),
    stream: createLimiter(RATES.stream, now),
  };
  const refused = createLimiter(RATES.refused, now);
  const open = new Map<string, { count: number; last: Promise<unknown> }>();

  return {
    person: (sub, kind) => kinds[kind](sub),
    refused,
    stream(sub) {
      const own = open.get(sub) ?? { count: 0, last: Promise.resolve() };
      if (own.count >= STREAMS_OPEN) return undefined;
      own.count += 1;
      open.set(sub, own);
      let left = false;
      return {
        turn(work) {
          const mine = own.last.then(work);
          // Without its outcome: this is kept for as long as a stream is open.
          own.last = mine.then(
            () => undefined,
            () => undefined,
          );
          return mine;
        },
        leave() {
          if (left) return;
          left = true;
          own.count -= 1;
          if (own.count === 0) open.delete(sub);
        },
      };
    },
  };
}
