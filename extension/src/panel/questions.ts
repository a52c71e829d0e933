/** Questions to a conversation's items. Pure. */
import { type ApprovalItem, type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { DraftId, RunId } from "@vaultdesk/shared/id.ts";

import { isWaiting } from "./approvals/words.ts";
import type { Conversation, Item } from "./conversation.ts";

export function approvalsIn(items: readonly Item[]): ApprovalView[] {
  return items.flatMap((item) => (item.kind === "approval" ? [item.approval] : []));
}

function draftIn(items: readonly Item[], draftId: DraftId): DraftView | undefined {
  const item = items.find((held) => held.kind === "draft" && held.draft.draftId === draftId);
  return item?.kind === "draft" ? item.draft : undefined;
}

/** What the last word on a draft is: nothing asked, asked and open, or sent. */
export function fateOf(items: readonly Item[], draftId: DraftId): "free" | "asked" | "sent" {
  const about = approvalsAbout(items, draftId);
  if (about.some((approval) => itemOf(approval, draftId)?.outcome?.state === "sent")) return "sent";
  return about.some((approval) => isOpen(approval.state)) ? "asked" : "free";
}

/** True while every open request about it can still be withdrawn: then the draft may be changed, which withdraws it. */
export function isChangeable(items: readonly Item[], draftId: DraftId): boolean {
  return approvalsAbout(items, draftId)
    .filter((approval) => isOpen(approval.state))
    .every((approval) => isWaiting(approval.state));
}

function approvalsAbout(items: readonly Item[], draftId: DraftId): ApprovalView[] {
  return approvalsIn(items).filter((approval) => itemOf(approval, draftId) !== undefined);
}

function itemOf(approval: ApprovalView, draftId: DraftId): ApprovalItem | undefined {
  return approval.items.find((item) => item.draftId === draftId);
}

/** Drafts that were neither sent nor are being asked about, in the order of their cards. */
export function freeDrafts(items: readonly Item[]): DraftView[] {
  return items.flatMap((item) =>
    item.kind === "draft" && fateOf(items, item.draft.draftId) === "free" ? [item.draft] : [],
  );
}

/** The drafts of a request as they are now, without those it sent; undefined when one is not at hand. */
export function draftsToAskAgain(
  items: readonly Item[],
  approval: ApprovalView,
): DraftView[] | undefined {
  const left = approval.items.filter((item) => item.outcome?.state !== "sent");
  const drafts = left.flatMap((item) => draftIn(items, item.draftId) ?? []);
  return drafts.length === left.length && left.length > 0 ? drafts : undefined;
}

/** The last approval about its drafts carries "Ask again"; the older ones are history. */
export function isLastAbout(items: readonly Item[], approval: ApprovalView): boolean {
  return approval.items.some(
    (item) => approvalsAbout(items, item.draftId).at(-1)?.id === approval.id,
  );
}

export function questionOf(items: readonly Item[], runId: RunId): string | undefined {
  const item = items.find((held) => held.kind === "user" && held.runId === runId);
  return item?.kind === "user" ? item.text : undefined;
}

/** True while the run is busy and nothing on the screen moves. */
export function isThinking(state: Conversation): boolean {
  if (state.run === undefined || state.run.waiting) return false;
  const last = state.items.at(-1);
  return !(last?.kind === "answer" || (last?.kind === "step" && last.state === "running"));
}
