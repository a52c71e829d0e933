/**
 * A wish to send becomes an approval that waits for a phone. Reads the draft as it is now, digests it, writes the proposal down,
 * then asks the phone. Never sends.
 */
import type { Action } from "@vaultdesk/shared/action.ts";
import { type Digest, digestOf } from "@vaultdesk/shared/digest.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId, DraftId, RunId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Ciba } from "../approvals/ciba.ts";
import { authorizationDetails, bindingMessage } from "../approvals/details.ts";
import type { Approvals } from "../approvals/record.ts";
import type { Approval } from "../approvals/row.ts";
import type { Conversations } from "../conversations/record.ts";
import { checkAddresses } from "../google/addresses.ts";
import { answer, gmailClient } from "../google/call.ts";
import { type LiveDraft, liveDraft } from "../google/drafts.ts";
import { sha256OfRaw } from "../google/mime.ts";
import type { Broker, Grant } from "../vault/broker.ts";

interface Proposal {
  grant: Grant;
  conversationId: ConversationId;
  runId: RunId | undefined;
  draftId: DraftId;
  /** The content that the person saw; another live content is refused. The agent's tool has nothing to compare. */
  shown: Digest | undefined;
}

export type Proposed = { ok: true; approval: Approval } | { ok: false; problem: Problem };

export interface Proposer {
  propose(proposal: Proposal): Promise<Proposed>;
}

export function createProposer(deps: {
  approvals: Approvals;
  conversations: Conversations;
  broker: Broker;
  ciba: Ciba;
  gmailRootUrl: string;
  seconds: number;
  now(): Date;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
  /** Called when a waiting approval has a time to be polled at. */
  scheduled(at: number): void;
}): Proposer {
  return {
    async propose({ grant, conversationId, runId, draftId, shown }) {
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

      const action: Action = {
        kind: "email.send",
        draftId,
        content: draft.view.content,
        rawSha256: sha256OfRaw(draft.raw),
      };
      if (await deps.approvals.wasDenied(conversationId, await digestOf(action))) {
        return { ok: false, problem: problem("denied_before") };
      }
      const proposed = await deps.approvals.propose({
        sub: grant.sub,
        approver: grant.sub,
        conversationId,
        runId,
        action,
        raw: draft.raw,
        expiresAt: new Date(deps.now().getTime() + deps.seconds * 1000).toISOString(),
      });
      return ask(proposed);
    },
  };

  async function ask(proposed: Approval): Promise<Proposed> {
    const { view, action, approver } = proposed;
    const details = authorizationDetails(action, view.code, view.digest);
    const pushed = await deps.ciba.push({
      approver,
      bindingMessage: bindingMessage(action, view.code),
      details,
      seconds: deps.seconds,
    });
    if (!pushed.ok) {
      const why = pushProblem(pushed.reason);
      await deps.approvals.move(view.id, "proposed", "undelivered", { detail: why.press });
      return { ok: false, problem: why };
    }
    const now = deps.now().getTime();
    const nextPollAt = now + pushed.intervalMs;
    const waiting = await deps.approvals.move(view.id, "proposed", "waiting", {
      request: { authReqId: pushed.authReqId, intervalMs: pushed.intervalMs, details },
      expiresAt: new Date(now + pushed.expiresInMs).toISOString(),
      nextPollAt,
    });
    if (waiting === undefined) return { ok: false, problem: problem("not_found") };
    deps.scheduled(nextPollAt);
    return { ok: true, approval: waiting };
  }
}

function pushProblem(reason: "not_enrolled" | "too_many" | "refused" | "down"): Problem {
  switch (reason) {
    case "not_enrolled":
      return problem("phone_not_enrolled");
    case "too_many":
      return problem("push_refused", {
        detail: "Auth0 allows five requests a minute to one phone.",
      });
    case "refused":
      return problem("push_refused", { detail: "Auth0 refused the request." });
    case "down":
      return problem("push_refused", { detail: "Auth0 did not answer." });
  }
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
