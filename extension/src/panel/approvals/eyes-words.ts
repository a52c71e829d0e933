/** How a request that needs several people reads. Pure. */
import { standsForWords } from "@vaultdesk/shared/absence.ts";
import type { ApprovalState, ApprovalView, OtherApprover } from "@vaultdesk/shared/approval.ts";

import type { StateWords } from "./words.ts";

export const WORDS = {
  others: "Needs the yes of others too, each on their own phone",
  asked: "Asked of you",
  decline: "Decline",
  waits: "Waiting for others",
  yours: "You approved it",
};

export function askerWords({ who, standsFor }: NonNullable<ApprovalView["asker"]>): string {
  const done = "It is done in their account, not in yours.";
  if (standsFor === undefined) return `${who} asks you to approve this. ${done}`;
  return `${who} asks you to approve this ${standsForWords(standsFor, new Date())}. ${done}`;
}

/** "(lead)", "(associate) for ben@..., away until 3 Dec". */
export function placeWords({ role, standsFor }: OtherApprover): string {
  return standsFor === undefined
    ? `(${role})`
    : `(${role}) ${standsForWords(standsFor, new Date())}`;
}

const APPROVED: StateWords = { title: "Approved", tone: "green", solid: true };
const WAITING: StateWords = { title: "Waiting", tone: "amber", solid: false };
const WITHDRAWN: StateWords = { title: "Withdrawn", tone: "plain", solid: false };

const OTHER_WORDS: Readonly<Record<ApprovalState, StateWords>> = {
  proposed: WAITING,
  waiting: WAITING,
  approved: APPROVED,
  executing: APPROVED,
  executed: APPROVED,
  unknown: APPROVED,
  drifted: APPROVED,
  refused: WITHDRAWN,
  cancelled: WITHDRAWN,
  denied: { title: "Denied", tone: "red", solid: false },
  expired: { title: "Not in time", tone: "plain", solid: false },
  undelivered: { title: "Not reached", tone: "red", solid: false },
  failed: { title: "Not valid", tone: "red", solid: false },
};

/** Where one of the others stands. After all had said yes they fail together: then it was no fault of theirs. */
export function otherWords(
  { state }: OtherApprover,
  approval: Pick<ApprovalView, "state">,
): StateWords {
  return state === "failed" && approval.state === "failed" ? APPROVED : OTHER_WORDS[state];
}

/** The requester has said yes, and somebody else has not yet. */
export function awaitsOthers({
  state,
  others = [],
}: Pick<ApprovalView, "state" | "others">): boolean {
  return state === "approved" && others.some((other) => other.state !== "approved");
}
