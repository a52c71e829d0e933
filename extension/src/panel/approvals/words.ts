import { type DeedKind, filingVerb, undoOf } from "@vaultdesk/shared/action.ts";
import { KIND_WORDS } from "@vaultdesk/shared/approval-words.ts";
/** How an approval, and each of its mails, is named on its card. The sentences about how it ended are in shared/approval.ts. Pure. */
import {
  type ApprovalItem,
  type ApprovalState,
  type ApprovalView,
  isOpen,
  succeeded,
} from "@vaultdesk/shared/approval.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";

import { displayName } from "../draft/address.ts";
import { awaitsOthers, WORDS as EYES } from "./eyes-words.ts";

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
  executing: { title: "Approved, working", tone: "blue", solid: true },
  executed: { title: "Sent", tone: "green", solid: true },
  refused: { title: "Not asked", tone: "red", solid: false },
  denied: { title: "Denied", tone: "red", solid: false },
  expired: { title: "Not approved in time", tone: "plain", solid: false },
  cancelled: { title: "Withdrawn", tone: "plain", solid: false },
  undelivered: { title: "Phone not reached", tone: "red", solid: false },
  drifted: { title: "Not done", tone: "red", solid: false },
  failed: { title: "Not done", tone: "red", solid: false },
  unknown: { title: "Not known yet", tone: "amber", solid: false },
};

/** The states that have a name of their own for each kind. */
function titleOf(kind: DeedKind, state: ApprovalState): string {
  const { tag, not } = KIND_WORDS[kind];
  const mail = kind === "email.send";
  const own: Partial<Record<ApprovalState, string>> = {
    executing: mail ? "Approved, sending" : "Approved, working",
    executed: tag,
    drifted: mail ? "Not sent: the draft changed" : `${not}: it changed`,
    failed: not,
  };
  return own[state] ?? STATE_WORDS[state].title;
}

export function sentOf(approval: ApprovalView): number {
  return approval.items.filter((item) => succeeded(item.outcome)).length;
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

/** Until when an approved request is held, while it is. */
export function heldUntil({ state, holdUntil }: ApprovalView): string | undefined {
  return state === "approved" ? holdUntil : undefined;
}

/** On the button that ends the hold. */
export function stopWords({ items: [first] }: ApprovalView): string {
  return first === undefined || first.kind === "email.send"
    ? "Stop: send nothing"
    : "Stop: do nothing";
}

export function holdWords({ items: [first] }: ApprovalView, seconds: number): string {
  const verb = first === undefined || first.kind === "email.send" ? "Sending" : "Going ahead";
  return seconds === 0 ? `${verb} now` : `${verb} in ${seconds} s`;
}

export function wordsOf(approval: ApprovalView, now: number): StateWords {
  const kind = approval.items[0]?.kind ?? "email.send";
  const words = { ...STATE_WORDS[approval.state], title: titleOf(kind, approval.state) };
  if (awaitsOthers(approval)) return { title: EYES.waits, tone: "amber", solid: false };
  if (approval.asker !== undefined && approval.state === "approved") {
    return { ...words, title: EYES.yours };
  }
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

/** Where Google allows to take it back: a sent mail is gone. */
export function mayUndo(item: ApprovalItem | undefined): boolean {
  return item !== undefined && item.kind !== "email.send" && undoOf(item) !== undefined;
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

function mails(count: number): string {
  return count === 1 ? "1 mail" : `${count} mails`;
}

function verbOfOne(item: ApprovalItem): string {
  switch (item.kind) {
    case "email.send": {
      const verb = item.content.threadId === undefined ? "Send mail" : "Send reply";
      return `${verb} to ${peopleOf(item.content)}`;
    }
    case "event.create":
      return `${item.recreates === true ? "Put back" : "Schedule"}: ${item.content.title}`;
    case "event.update":
      return `Change event: ${item.before.title}`;
    case "event.cancel":
      return `Cancel event: ${item.content.title}`;
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return `${filingVerb(item)}: ${mails(item.messages.length)}`;
  }
}

export function verbOf({ items: [first, ...more] }: ApprovalView): string {
  return first === undefined || more.length > 0
    ? `One request for ${more.length + 1} mails, in this order`
    : verbOfOne(first);
}

function shortOf(item: ApprovalItem): string {
  return item.kind === "email.send" ? peopleOf(item.content) : verbOfOne(item);
}

/** One line, for the list of what waits. */
export function lineOf({ items: [first, ...more] }: ApprovalView): string {
  if (first === undefined) return "";
  if (more.length > 0) {
    const people = [first, ...more].map(shortOf);
    return `${people.length} mails: ${people.join("; ")}`;
  }
  if (first.kind !== "email.send") return verbOfOne(first);
  const { to, subject } = first.content;
  return `${to.map(displayName).join(", ")}: ${subject}`;
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
    case "done":
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
