/**
 * A draft of a conversation is changed, by hand on its card or by the assistant: only if it is of that conversation, only the version that
 * was seen, and whatever asked a phone for the old text is withdrawn. A yes that comes in between finds another draft than was approved.
 */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationId, DraftId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/withdraw.ts";
import type { Conversations } from "../conversations/record.ts";
import type { Answer } from "../google/call.ts";
import type { Dossier } from "./dossier.ts";
import type { Rewrite } from "./edit-draft.ts";
import type { Mailroom, SavedDraft } from "./mailroom.ts";
import type { Provenance } from "./standing.ts";

export type Redrafted<T> =
  | { ok: true; value: T }
  /** `live` is the draft as it is now, where it is another than was seen. */
  | { ok: false; problem: Problem; live?: DraftView };

interface Redrafting<T> {
  sub: string;
  conversationId: string;
  draftId: DraftId;
  mailroom: Mailroom;
  /** Of what is withdrawn. */
  why: string;
  work: (known: Dossier | undefined) => Promise<Answer<T>>;
}

interface Records {
  approvals: Approvals;
  conversations: Conversations;
}

export async function redraft<T>(
  { approvals, conversations }: Records,
  { sub, conversationId, draftId, mailroom, why, work }: Redrafting<T>,
): Promise<Redrafted<T>> {
  if (!(await conversations.hasDraft(sub, conversationId, draftId))) {
    return { ok: false, problem: problem("draft_unknown") };
  }
  const changed = await work(await conversations.dossier(sub, conversationId, draftId));
  if (!changed.ok) {
    if (changed.problem.code !== "draft_changed") return changed;
    const live = await mailroom.draft(draftId);
    return live.ok ? { ...changed, live: live.value } : live;
  }
  for (const approval of await approvals.open(sub, WITHDRAWABLE)) {
    const { items } = approval.view;
    const asks = items.some((item) => item.kind === "email.send" && item.draftId === draftId);
    if (asks) await withdraw(approvals, approval, why);
  }
  return changed;
}

/** As the assistant changes it. */
export function rewriteDraft(
  records: Records,
  sub: string,
  mailroom: Mailroom,
  wanted: {
    conversationId: ConversationId;
    draftId: DraftId;
    version: string;
    change: Rewrite;
    provenance: Provenance;
  },
  signal: AbortSignal,
): Promise<Redrafted<SavedDraft>> {
  const { conversationId, draftId, version, change, provenance } = wanted;
  return redraft(records, {
    sub,
    conversationId,
    draftId,
    mailroom,
    why: "You had the draft changed after asking.",
    work: (known) => mailroom.rewriteDraft(draftId, version, change, { known, provenance }, signal),
  });
}
