/**
 * Pure moves of an approval. No I/O, no clock: `now` is an argument.
 * Never reaches `executing` but from `approved`, never `approved` but from `waiting`; an ended approval never moves again.
 */
import type { ApprovalState } from "@vaultdesk/shared/approval.ts";

const MOVES: Readonly<Record<ApprovalState, readonly ApprovalState[]>> = {
  proposed: ["waiting", "refused", "undelivered", "cancelled"],
  // Back to `proposed`: Auth0 no longer knows the request (its answer was lost with the process that asked), so the phone is asked again.
  waiting: ["approved", "denied", "expired", "cancelled", "failed", "proposed"],
  approved: ["executing", "cancelled"],
  // Back to `approved`: the vault would not lend, or a dead process left mails that reading Gmail showed unsent; the panel's next token goes on.
  executing: ["executed", "drifted", "failed", "unknown", "approved"],
  // Back to `approved`: reading showed this mail of a bundle sent, and the next was not tried yet.
  // Back to `proposed`: a store was restored, and reading showed it undone; no write rests on a yes from before.
  unknown: ["executed", "failed", "approved", "proposed"],
  executed: [],
  refused: [],
  denied: [],
  expired: [],
  cancelled: [],
  undelivered: [],
  drifted: [],
  failed: [],
};

export function mayMove(from: ApprovalState, to: ApprovalState): boolean {
  return MOVES[from].includes(to);
}

/** What a restore does to every open approval: nobody here knows what became of it. */
export function mayRestore(from: ApprovalState, to: ApprovalState): boolean {
  return to === "unknown" && !isEnded(from);
}

export function isEnded(state: ApprovalState): boolean {
  return MOVES[state].length === 0;
}

/** What one poll of the phone's answer said (OpenID CIBA 11, auth0.com back-channel docs). */
export type PollAnswer =
  | { kind: "pending" }
  | { kind: "slow_down"; retryAfterSeconds: number | undefined }
  | { kind: "access_denied" }
  | { kind: "token"; accessToken: string }
  /** `invalid_grant`: unknown to Auth0, or answered before. */
  | { kind: "dead"; error: string | undefined }
  | { kind: "unreachable" };

export type AfterPoll =
  | { to: "waiting"; intervalMs: number; nextPollAt: number }
  | { to: "denied" | "expired" | "proposed" }
  | { to: "check"; accessToken: string };

/**
 * Auth0 answers denial and expiry with the same `access_denied`: the clock decides, and within one poll of the deadline
 * nobody can tell, so it is called what it surely is: not approved in time.
 */
export function afterPoll(
  answer: PollAnswer,
  at: { now: number; expiresAt: number; intervalMs: number },
): AfterPoll {
  const late = at.now >= at.expiresAt;
  switch (answer.kind) {
    case "token":
      return { to: "check", accessToken: answer.accessToken };
    case "access_denied":
      return { to: at.now >= at.expiresAt - at.intervalMs ? "expired" : "denied" };
    case "dead":
      return { to: late ? "expired" : "proposed" };
    case "pending":
    case "unreachable":
      if (at.now >= at.expiresAt + 2 * at.intervalMs) return { to: "expired" };
      return { to: "waiting", intervalMs: at.intervalMs, nextPollAt: at.now + at.intervalMs };
    case "slow_down": {
      // RFC 8628 3.5, CIBA 11: at least 5 s more each time; Auth0 names its own wait.
      const intervalMs = at.intervalMs + 5000;
      const wait = Math.max(intervalMs, (answer.retryAfterSeconds ?? 0) * 1000);
      return { to: "waiting", intervalMs, nextPollAt: at.now + wait };
    }
  }
}
