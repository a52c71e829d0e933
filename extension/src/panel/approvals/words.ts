/** How an approval, and each of its mails, is named on its card. The sentences about how it ended are in shared/approval.ts. Pure. */
import {
  type ApprovalItem,
  type ApprovalState,
  type ApprovalView,
  isOpen,
} from "@vaultdesk/shared/approval.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";

import { displayName } from "../draft/address.ts";

/** Amber waits for a person, blue works, green is done, red was stopped, plain has faded. */
type Tone = "amber" | "blue" | "green" | "red" | "plain";

export interface StateWords {
  title: string;
  tone: Tone;
  /** What has been proven is solid, what is only proposed is dashed. */
  solid: boolean;
}

const STATE_WORDS: Readonly<Record<ApprovalState, StateWords>> = {
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

export function sentOf(approval: ApprovalView): number {
  return approval.items.filter((item) => item.outcome?.state === "sent").length;
}

/**
 * When the phone will be asked, while it can't be asked yet. The server's two times are compared with each other first: a phone that is
 * asked at once never queues, however wrong the clock here is.
 */
export function slotOf(
  { state, askAt, requestedAt }: ApprovalView,
  now: number,
): string | undefined {
  if (state !== "proposed" || askAt === undefined) return undefined;
  const at = Date.parse(askAt);
  return at > Date.parse(requestedAt) && at > now ? askAt : undefined;
}

export function wordsOf(approval: ApprovalView, now: number): StateWords {
  const words = STATE_WORDS[approval.state];
  if (slotOf(approval, now) !== undefined) return { ...words, title: "Waiting for a slot" };
  const sent = sentOf(approval);
  const stopped = approval.state === "drifted" || approval.state === "failed";
  return stopped && sent > 0
    ? { ...words, title: `Stopped: ${sent} of ${approval.items.length} sent` }
    : words;
}

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

function peopleOf({ to, cc, bcc }: DraftContent): string {
  const [first, ...others] = [...to, ...cc, ...bcc].map(displayName);
  if (first === undefined) return "nobody";
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

export function verbOf({ items: [first, ...more] }: ApprovalView): string {
  if (first === undefined || more.length > 0) {
    return `One request for ${more.length + 1} mails, in this order`;
  }
  const verb = first.content.threadId === undefined ? "Send mail" : "Send reply";
  return `${verb} to ${peopleOf(first.content)}`;
}

/** One line, for the list of what waits. */
export function lineOf({ items: [first, ...more] }: ApprovalView): string {
  if (first === undefined) return "";
  const { to, subject } = first.content;
  if (more.length === 0) return `${to.map(displayName).join(", ")}: ${subject}`;
  const people = [first, ...more].map((item) => peopleOf(item.content));
  return `${people.length} mails: ${people.join("; ")}`;
}

export interface OutcomeWords {
  title: string;
  tone: Tone;
  detail: string | undefined;
}

/** What became of one mail of several; nothing while its turn may still come. */
export function outcomeOf(approval: ApprovalView, item: ApprovalItem): OutcomeWords | undefined {
  const { outcome } = item;
  switch (outcome?.state) {
    case "sent":
      return { title: "Sent", tone: "green", detail: undefined };
    case "drifted":
      return { title: "Not sent", tone: "red", detail: changedWords(outcome.changed) };
    case "failed":
      return { title: "Not sent", tone: "red", detail: outcome.why };
    case "unknown":
      return { title: "Not known yet", tone: "amber", detail: "Your mailbox is being read." };
    case undefined: {
      const next = approval.items.find((other) => other.outcome === undefined);
      if (approval.state === "executing" && next === item) {
        return { title: "Sending", tone: "blue", detail: undefined };
      }
      const tried = approval.items.some((other) => other.outcome !== undefined);
      return tried && !isOpen(approval.state)
        ? { title: "Not tried", tone: "plain", detail: undefined }
        : undefined;
    }
  }
}

export function changedWords(changed: readonly string[]): string | undefined {
  return changed.length === 0
    ? undefined
    : `Changed in Gmail since you were asked: ${changed.join(", ")}.`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", hourCycle: "h23" });

/** `14:05:12`, here. */
export function clockTime(at: string): string {
  return CLOCK.format(new Date(at));
}
