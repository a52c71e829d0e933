/**
 * A wish to send becomes an approval that waits for a phone. Reads each draft as it is now, digests them, writes the proposal down,
 * then asks the phone, or leaves that to the queue when the phone takes no more this minute. Never sends.
 */
import { type Action, BUNDLE_LIMIT, type EmailSend } from "@vaultdesk/shared/action.ts";
import { type Digest, digestOf } from "@vaultdesk/shared/digest.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId, DraftId, RunId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Asked, Asker } from "../approvals/ask.ts";
import type { Approvals } from "../approvals/record.ts";
import type { Conversations } from "../conversations/record.ts";
import { checkAddresses } from "../google/addresses.ts";
import { answer, gmailClient } from "../google/call.ts";
import { type LiveDraft, liveDraft } from "../google/drafts.ts";
import { sha256OfRaw } from "../google/mime.ts";
import type { Broker, Grant } from "../vault/broker.ts";

/** A draft, and the content of it that the person saw; another live content is refused. The agent's tool has nothing to compare. */
interface Wanted {
  draftId: DraftId;
  shown: Digest | undefined;
}

/** What somebody wants done, before it is read as it is now and becomes an action. */
export interface Wish {
  kind: "email.send";
  /** Several become one bundle, sent in this order on one yes. */
  drafts: readonly Wanted[];
}

interface Proposal {
  /** Absent for a run that goes on without its panel. */
  grant: Grant | undefined;
  conversationId: ConversationId;
  runId: RunId | undefined;
  /** The tool call behind it: the same call twice is one proposal. */
  callId: string | undefined;
  wish: Wish;
}

export type Proposed = Asked;

export interface Proposer {
  propose(proposal: Proposal): Promise<Proposed>;
}

type Read = { ok: true; draft: LiveDraft } | { ok: false; problem: Problem };

export function createProposer(deps: {
  approvals: Approvals;
  asker: Asker;
  conversations: Conversations;
  broker: Broker;
  gmailRootUrl: string;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
  /** The queue has a new row. */
  queued(): void;
}): Proposer {
  const { approvals } = deps;

  async function readDraft(
    grant: Grant,
    conversationId: ConversationId,
    { draftId, shown }: Wanted,
  ): Promise<Read> {
    if (!(await deps.conversations.hasDraft(grant.sub, conversationId, draftId))) {
      return { ok: false, problem: problem("draft_unknown") };
    }
    const loan = await deps.broker.withToken(grant, "send_email_with_approval", (token) =>
      answer(() => liveDraft(gmailClient(deps.gmailRootUrl, token), draftId), "draft_unknown"),
    );
    if (!loan.ok) return loan;
    if (!loan.value.ok) return loan.value;
    const draft = loan.value.value;
    const refused = refusalOf(draft);
    if (refused !== undefined) return { ok: false, problem: refused };
    if (shown !== undefined && (await digestOf(draft.view.content)) !== shown) {
      // The card follows what is in Gmail, so that "review the new text" has one.
      await deps.tell(conversationId, grant.sub, { type: "draft.saved", draft: draft.view });
      return { ok: false, problem: problem("draft_changed") };
    }
    return { ok: true, draft };
  }

  return {
    async propose(proposal) {
      const { grant, conversationId, runId, callId } = proposal;
      const before =
        runId === undefined || callId === undefined
          ? undefined
          : await approvals.ofCall(runId, callId);
      if (before !== undefined) return { ok: true, approval: before };
      if (grant === undefined) return { ok: false, problem: problem("signed_out") };
      const wanted = [...new Map(proposal.wish.drafts.map((one) => [one.draftId, one])).values()];
      if (wanted.length > BUNDLE_LIMIT) return { ok: false, problem: problem("bundle_too_large") };
      const drafts: LiveDraft[] = [];
      for (const one of wanted) {
        const read = await readDraft(grant, conversationId, one);
        if (!read.ok) return read;
        drafts.push(read.draft);
      }
      const action = actionOf(drafts);
      if (action === undefined) return { ok: false, problem: problem("draft_unknown") };
      if (await approvals.wasDenied(conversationId, action)) {
        return { ok: false, problem: problem("denied_before") };
      }
      const { approval, now } = await approvals.propose({
        sub: grant.sub,
        approver: grant.sub,
        conversationId,
        runId,
        callId,
        action,
        raws: drafts.map((draft) => draft.raw),
      });
      if (approval.view.runId !== runId) {
        // A run waits for its own approvals only: it is told that the phone is being asked for this already.
        return runId === undefined
          ? { ok: true, approval }
          : { ok: false, problem: problem("already_asked") };
      }
      const asked = now ? await deps.asker.ask(approval.view.id) : undefined;
      if (asked?.ok === false) return asked;
      const current = asked?.approval ?? (await approvals.find(approval.view.id)) ?? approval;
      deps.queued();
      return { ok: true, approval: current };
    },
  };
}

function actionOf(drafts: readonly LiveDraft[]): Action | undefined {
  const actions = drafts.map((draft): EmailSend => ({
    kind: "email.send",
    draftId: draft.view.draftId,
    content: draft.view.content,
    rawSha256: sha256OfRaw(draft.raw),
  }));
  const [only, ...more] = actions;
  return more.length === 0 ? only : { kind: "bundle", actions };
}

function refusalOf(draft: LiveDraft): Problem | undefined {
  const { to, cc, bcc } = draft.view.content;
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0)
    return problem("address_refused", { detail: "The draft has no recipient." });
  const checked = checkAddresses(all);
  return checked.ok
    ? undefined
    : problem("address_refused", { detail: `It was: ${checked.refused}` });
}
