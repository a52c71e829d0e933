/** How each state of an approval is named on its card. The sentences about how it ended are in shared/approval.ts. Pure. */
import type { ApprovalState } from "@vaultdesk/shared/approval.ts";

export interface StateWords {
  title: string;
  /** Amber waits for a person, blue works, green is done, red was stopped, plain has faded. */
  tone: "amber" | "blue" | "green" | "red" | "plain";
  /** What has been proven is solid, what is only proposed is dashed. */
  solid: boolean;
}

export const STATE_WORDS: Readonly<Record<ApprovalState, StateWords>> = {
  proposed: { title: "Asking your phone", tone: "amber", solid: false },
  waiting: { title: "Waiting for your phone", tone: "amber", solid: false },
  approved: { title: "Approved on your phone", tone: "blue", solid: true },
  executing: { title: "Approved, sending", tone: "blue", solid: true },
  executed: { title: "Sent", tone: "green", solid: true },
  refused: { title: "Not asked", tone: "red", solid: false },
  denied: { title: "Denied", tone: "red", solid: false },
  expired: { title: "Not approved in time", tone: "plain", solid: false },
  cancelled: { title: "Withdrawn", tone: "plain", solid: false },
  undelivered: { title: "Phone not reached", tone: "red", solid: false },
  drifted: { title: "Not sent: the draft changed", tone: "red", solid: false },
  failed: { title: "Not sent", tone: "red", solid: false },
  unknown: { title: "Not known yet", tone: "amber", solid: false },
};

/** A request that is not sent yet, because the phone took five in the last minute. */
export const SLOT_WORDS: StateWords = {
  title: "Waiting for a slot",
  tone: "amber",
  solid: false,
};

/** Where asking again makes sense. A denial is final for the same mail, and a drifted one needs the new text first. */
export function mayAskAgain(state: ApprovalState): boolean {
  return (
    state === "expired" || state === "cancelled" || state === "undelivered" || state === "failed"
  );
}

/** While the phone's answer is still out. */
export function isWaiting(state: ApprovalState): boolean {
  return state === "proposed" || state === "waiting";
}
