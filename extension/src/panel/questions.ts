/** Questions to a conversation's items. Pure. */
import { type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { DraftId, RunId } from "@vaultdesk/shared/id.ts";

import type { Conversation, Item } from "./conversation.ts";

export function approvalsIn(items: readonly Item[]): ApprovalView[] {
  return items.flatMap((item) => (item.kind === "approval" ? [item.approval] : []));
}

export function draftIn(items: readonly Item[], draftId: DraftId): DraftView | undefined {
  const item = items.find((held) => held.kind === "draft" && held.draft.draftId === draftId);
  return item?.kind === "draft" ? item.draft : undefined;
}

/** What the last word on a draft is: nothing asked, asked and open, or sent. */
export function fateOf(items: readonly Item[], draftId: DraftId): "free" | "asked" | "sent" {
  const about = approvalsIn(items).filter((approval) => approval.draftId === draftId);
  if (about.some((approval) => approval.state === "executed")) return "sent";
  return about.some((approval) => isOpen(approval.state)) ? "asked" : "free";
}

/** The last approval about a draft carries "Ask again"; the older ones are history. */
export function isLastAbout(items: readonly Item[], approval: ApprovalView): boolean {
  return (
    approvalsIn(items).findLast((held) => held.draftId === approval.draftId)?.id === approval.id
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
