/**
 * Pushes and enrolments of the tenant's people, and what they decided. One answer per push: nothing is decided twice, nor after its time.
 * The push's own id is a digest of `auth_req_id`: the phone never learns the secret that polls for the answer.
 */
import { createHash, randomBytes } from "node:crypto";

import { z } from "zod";

import { GuardianDetails } from "../auth0/guardian-details.ts";
import type { State } from "../auth0/state.ts";

export const Enrolment = z.enum(["confirmed", "pending", "none"]);
export type Enrolment = z.infer<typeof Enrolment>;

const Row = z.object({
  id: z.string(),
  clientId: z.string(),
  appName: z.string(),
  sub: z.string(),
  bindingMessage: z.string(),
  details: GuardianDetails,
  audience: z.string(),
  scope: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  intervalSeconds: z.number(),
  lastPollAt: z.number().optional(),
  decision: z.enum(["approved", "denied"]).optional(),
  decidedAt: z.number().optional(),
  spent: z.boolean(),
});
export type PushRow = z.infer<typeof Row>;

export type PushState = "pending" | "approved" | "denied" | "expired";

/** What the phone shows. */
export interface Push {
  id: string;
  sub: string;
  appName: string;
  bindingMessage: string;
  instruction: string;
  /** Displayed ones only, in `display_order`. */
  properties: { name: string; value: string }[];
  state: PushState;
  createdAt: number;
  expiresAt: number;
  decidedAt?: number;
  details: GuardianDetails;
}

export type Pushes = ReturnType<typeof createPushes>;

const MINUTE_MS = 60_000;
const PER_MINUTE = 5;

export function pushId(authReqId: string): string {
  return `cns_${createHash("sha256").update(authReqId).digest("base64url").slice(0, 24)}`;
}

function stateOf(row: PushRow, now: number): PushState {
  return row.decision ?? (now >= row.expiresAt ? "expired" : "pending");
}

function viewOf(row: PushRow, now: number): Push {
  const shown = Object.values(row.details.properties).filter((one) => one.display);
  return {
    id: row.id,
    sub: row.sub,
    appName: row.appName,
    bindingMessage: row.bindingMessage,
    instruction: row.details.instruction,
    properties: shown
      .toSorted((a, b) => a.display_order - b.display_order)
      .map(({ name, value }) => ({ name, value })),
    state: stateOf(row, now),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    ...(row.decidedAt === undefined ? {} : { decidedAt: row.decidedAt }),
    details: row.details,
  };
}

export function createPushes(state: State, now: () => number) {
  const rows = state.collection("push", Row);
  const enrolments = state.collection("enrolment", Enrolment);

  const codes = new Map<string, { code: string; taken: boolean }>();

  function decide(id: string, decision: "approved" | "denied"): boolean {
    const row = rows.get(id);
    if (row === undefined || stateOf(row, now()) !== "pending") return false;
    rows.put(id, { ...row, decision, decidedAt: now() });
    return true;
  }

  return {
    enrolment: (sub: string): Enrolment => enrolments.get(sub) ?? "none",
    /** The first time; a restart keeps what was set since. */
    enrol(sub: string, enrolment: Enrolment) {
      if (enrolments.get(sub) === undefined) enrolments.put(sub, enrolment);
    },
    /** The code that the phone scans; an earlier one of this person is over. */
    beginEnrolment(sub: string): string {
      const code = randomBytes(10).toString("hex").toUpperCase();
      codes.set(sub, { code, taken: false });
      if (enrolments.get(sub) !== "confirmed") enrolments.put(sub, "pending");
      return code;
    },
    /** On the phone. False for another code. */
    scan(sub: string, code: string): boolean {
      const begun = codes.get(sub);
      if (begun?.code !== code) return false;
      codes.set(sub, { code, taken: true });
      return true;
    },
    /** False while the phone has not taken the code. */
    finishEnrolment(sub: string): boolean {
      if (codes.get(sub)?.taken !== true) return false;
      codes.delete(sub);
      enrolments.put(sub, "confirmed");
      return true;
    },
    setEnrolment: (sub: string, enrolment: Enrolment) => enrolments.put(sub, enrolment),
    /** Seconds until this user may be pushed again; 0 is now. Auth0 sends 5 a minute. */
    wait(sub: string): number {
      const recent = rows
        .all()
        .filter((row) => row.sub === sub && row.createdAt > now() - MINUTE_MS);
      const oldest = recent.at(-PER_MINUTE);
      if (oldest === undefined) return 0;
      return Math.max(1, Math.ceil((oldest.createdAt + MINUTE_MS - now()) / 1000));
    },
    add(
      authReqId: string,
      asked: Omit<PushRow, "id" | "createdAt" | "expiresAt" | "spent"> & { seconds: number },
    ) {
      const { seconds, ...row } = asked;
      const id = pushId(authReqId);
      const at = now();
      rows.put(id, { ...row, id, createdAt: at, expiresAt: at + seconds * 1000, spent: false });
    },
    ofRequest: (authReqId: string): PushRow | undefined => rows.get(pushId(authReqId)),
    put: (row: PushRow) => rows.put(row.id, row),
    stateOf: (row: PushRow): PushState => stateOf(row, now()),
    /** Oldest first. */
    list(sub?: string): Push[] {
      return rows
        .all()
        .filter((row) => sub === undefined || row.sub === sub)
        .map((row) => viewOf(row, now()));
    },
    /** False when there is no such push, or it was answered or its time is over. */
    approve: (id: string) => decide(id, "approved"),
    deny: (id: string) => decide(id, "denied"),
  };
}
