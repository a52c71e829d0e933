/** Questions to a conversation's items. Pure. */
import { type ApprovalView, isOpen, mailsIn } from "@vaultdesk/shared/approval.ts";
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { DraftId, RoomId, RunId } from "@vaultdesk/shared/id.ts";

import { awaitsOthers } from "./approvals/eyes-words.ts";
import { isWaiting } from "./approvals/words.ts";
import type { Conversation } from "./conversation.ts";
import type { Item, StepItem } from "./item.ts";

export function approvalsIn(items: readonly Item[]): ApprovalView[] {
  return items.flatMap((item) => (item.kind === "approval" ? [item.approval] : []));
}

export function draftIn(items: readonly Item[], draftId: DraftId): DraftView | undefined {
  const item = items.find((held) => held.kind === "draft" && held.draft.draftId === draftId);
  return item?.kind === "draft" ? item.draft : undefined;
}

/** The requests about a draft, oldest first. */
function about(items: readonly Item[], draftId: DraftId): ApprovalView[] {
  return approvalsIn(items).filter((approval) =>
    mailsIn(approval.items).some((item) => item.draftId === draftId),
  );
}

/** Nothing asked; asked and still to be withdrawn; approved and on its way; sent. */
export type Fate = "free" | "asked" | "going" | "sent";

/** What the last word on a draft is. */
export function fateOf(items: readonly Item[], draftId: DraftId): Fate {
  const requests = about(items, draftId);
  const mails = requests.flatMap((request) => mailsIn(request.items));
  if (mails.some((mail) => mail.draftId === draftId && mail.outcome?.state === "sent")) {
    return "sent";
  }
  const open = requests.find((request) => isOpen(request.state));
  if (open === undefined) return "free";
  return isWaiting(open.state) || awaitsOthers(open) ? "asked" : "going";
}

/** How many mails the request that waits about this draft covers. */
export function togetherWith(items: readonly Item[], draftId: DraftId): number {
  return about(items, draftId).find((request) => isOpen(request.state))?.items.length ?? 0;
}

/** A phone said no to exactly these mails, this person's or another approver's: the server asks no more. */
function wasDenied(items: readonly Item[], drafts: readonly DraftView[]): boolean {
  const wanted = canonicalJson(drafts.map((draft) => draft.content));
  return approvalsIn(items).some(
    ({ state, others = [], items: mails }) =>
      [state, ...others.map((other) => other.state)].includes("denied") &&
      canonicalJson(mailsIn(mails).map((mail) => mail.content)) === wanted,
  );
}

/**
 * The drafts that one request could cover, in the order of their cards: neither sent nor being asked for nor denied as they are, and with
 * somebody to send to.
 */
export function freeDrafts(items: readonly Item[]): DraftView[] {
  const free = items.flatMap((item) => {
    if (item.kind !== "draft" || fateOf(items, item.draft.draftId) !== "free") return [];
    const { to, cc, bcc } = item.draft.content;
    const nobody = to.length + cc.length + bcc.length === 0;
    return nobody || wasDenied(items, [item.draft]) ? [] : [item.draft];
  });
  return wasDenied(items, free) ? [] : free;
}

/** What a request works on, for those that are no mails. */
function subjectOf(approval: ApprovalView): string {
  return approval.items
    .flatMap((item): string[] => {
      if ("eventId" in item) return [item.eventId];
      return "messages" in item ? item.messages.map(({ messageId }) => messageId) : [];
    })
    .join(" ");
}

/** The last approval about a draft, an event or the same mails carries "Ask again" and "Undo"; the older ones are history. */
export function isLastAbout(items: readonly Item[], approval: ApprovalView): boolean {
  const mails = mailsIn(approval.items);
  if (mails.length > 0) {
    return mails.some(({ draftId }) => about(items, draftId).at(-1)?.id === approval.id);
  }
  const subject = subjectOf(approval);
  const same = approvalsIn(items).filter((other) => subjectOf(other) === subject);
  return same.at(-1)?.id === approval.id;
}

/**
 * The drafts that asking again for this approval asks for: those not sent. None when one is not here, has a newer request, or reads
 * otherwise than in this approval: what a button asks for stands on its own card.
 */
export function againOf(items: readonly Item[], approval: ApprovalView): DraftView[] {
  const open = mailsIn(approval.items).filter((item) => item.outcome?.state !== "sent");
  const drafts = open.flatMap(({ draftId, content }) => {
    const draft = draftIn(items, draftId);
    const same = draft !== undefined && canonicalJson(draft.content) === canonicalJson(content);
    const last = about(items, draftId).at(-1)?.id === approval.id;
    return same && last && fateOf(items, draftId) === "free" ? [draft] : [];
  });
  return drafts.length === open.length ? drafts : [];
}

export function questionOf(items: readonly Item[], runId: RunId): string | undefined {
  const item = items.find((held) => held.kind === "user" && held.runId === runId);
  return item?.kind === "user" ? item.text : undefined;
}

/** A run's question and all of its answer, at the last item of a run that is over and said something. */
export function turnEndingAt(
  { items, run }: Conversation,
  item: Item,
): { runId: RunId; question: string; answer: string } | undefined {
  if (!("runId" in item) || item.kind === "end" || item.runId === undefined) return undefined;
  const { runId } = item;
  const ofRun = items.filter((other) => "runId" in other && other.runId === runId);
  if (run?.id === runId || ofRun.at(-1) !== item) return undefined;
  const said = ofRun.flatMap((other) => (other.kind === "answer" ? [other.text.trim()] : []));
  const question = questionOf(items, runId);
  return said.length === 0 || question === undefined
    ? undefined
    : { runId, question, answer: said.join("\n\n") };
}

/** True while the run is busy and nothing on the screen moves. */
export function isThinking(state: Conversation): boolean {
  if (state.run === undefined || state.run.waiting) return false;
  const last = state.items.at(-1);
  return !(last?.kind === "answer" || (last?.kind === "step" && last.state === "running"));
}

/** The deal room on whose tracker this step proposed something, on the last step of its question that did. */
export function boardAfter(items: readonly Item[], step: StepItem): RoomId | undefined {
  const last = items.findLast(
    (item) => item.kind === "step" && item.runId === step.runId && item.board === step.board,
  );
  return last === step ? step.board : undefined;
}
