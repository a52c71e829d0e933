/**
 * The one place where an approval, the vault and Google meet. Sends only what was approved: claims `approved -> executing` by
 * compare-and-set, borrows a token with the grant, reads the draft as it is now, refuses any drift, sends the approved bytes once.
 * A result that nobody knows is settled by reading Gmail, never by sending again.
 */
import { isDeepStrictEqual } from "node:util";

import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";

import type { Approvals } from "../approvals/record.ts";
import type { Approval } from "../approvals/row.ts";
import { gmailClient, GoogleRefused, problemOf } from "../google/call.ts";
import { liveDraft } from "../google/drafts.ts";
import { findSent, sendDraft } from "../google/effects.ts";
import { factsOf, type Log } from "../observe/log.ts";
import type { Broker, Grant, Loan } from "../vault/broker.ts";

type Outcome =
  | { kind: "sent"; messageId: string; threadId: string }
  | { kind: "drifted"; changed: string[] }
  | { kind: "failed"; why: string }
  | { kind: "unknown" };

export interface Executor {
  /** Does nothing unless the approval is `approved` at this moment. */
  execute(approvalId: string, grant: Grant): Promise<void>;
  /** Settles approvals of this user that a crash or a silent Google left open, now that there is a token to read with. */
  settle(grant: Grant): Promise<void>;
}

const LEASE_MS = 60_000;

export function createExecutor(deps: {
  approvals: Approvals;
  broker: Broker;
  gmailRootUrl: string;
  log: Log;
  now(): number;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
}): Executor {
  const { approvals, broker } = deps;

  async function send(approval: Approval, token: string): Promise<Outcome> {
    const api = gmailClient(deps.gmailRootUrl, token);
    const { action } = approval;
    try {
      const live = await liveDraft(api, action.draftId);
      const changed = await differences(action.content, live.view.content);
      if (changed.length > 0) {
        const { conversationId } = approval.view;
        await deps.tell(conversationId, approval.sub, { type: "draft.saved", draft: live.view });
        return { kind: "drifted", changed };
      }
    } catch (error) {
      if (!(error instanceof GoogleRefused)) throw error;
      return { kind: "failed", why: say(problemOf(error.refusal, "draft_unknown")) };
    }
    try {
      const sent = await sendDraft(api, action.draftId, approval.raw, action.content.threadId);
      return { kind: "sent", ...sent };
    } catch (error) {
      if (!(error instanceof GoogleRefused)) throw error;
      if (error.refusal.reason === "down") return { kind: "unknown" };
      return { kind: "failed", why: say(problemOf(error.refusal, "draft_unknown")) };
    }
  }

  /** Reads what became of a send that nobody saw end. */
  async function look(approval: Approval, token: string): Promise<Outcome> {
    const api = gmailClient(deps.gmailRootUrl, token);
    const { content, draftId } = approval.action;
    try {
      await liveDraft(api, draftId);
      return { kind: "failed", why: "Gmail still has the draft: it was not sent." };
    } catch (error) {
      if (!(error instanceof GoogleRefused)) throw error;
      if (error.refusal.reason !== "not_found") return { kind: "unknown" };
    }
    try {
      const sent = await findSent(api, {
        subject: content.subject,
        to: content.to,
        since: new Date(approval.view.requestedAt),
      });
      if (sent !== undefined) return { kind: "sent", ...sent };
      return {
        kind: "failed",
        why: "The draft is gone and no sent mail fits it: it was deleted in Gmail.",
      };
    } catch (error) {
      if (!(error instanceof GoogleRefused)) throw error;
      return { kind: "unknown" };
    }
  }

  async function conclude(
    id: string,
    from: "executing" | "unknown",
    outcome: Outcome,
  ): Promise<void> {
    switch (outcome.kind) {
      case "sent":
        await approvals.move(id, from, "executed", {
          effect: { messageId: outcome.messageId, threadId: outcome.threadId },
        });
        return;
      case "drifted":
        await approvals.move(id, "executing", "drifted", { changed: outcome.changed });
        return;
      case "failed":
        await approvals.move(id, from, "failed", { detail: outcome.why });
        return;
      case "unknown":
        if (from === "executing") await approvals.move(id, from, "unknown");
        return;
    }
  }

  async function settleOne(id: string, from: "executing" | "unknown", grant: Grant): Promise<void> {
    const approval = await approvals.find(id);
    if (approval === undefined) return;
    const loan = await broker.withToken(grant, "read_email_thread", (token) =>
      look(approval, token),
    );
    if (loan.ok) await conclude(id, from, loan.value);
  }

  return {
    async execute(approvalId, grant) {
      const claimed = await approvals.move(approvalId, "approved", "executing", {
        leaseUntil: deps.now() + LEASE_MS,
      });
      if (claimed === undefined) return;
      let loan: Loan<Outcome>;
      try {
        loan = await broker.withToken(grant, "send_email_with_approval", (token) =>
          send(claimed, token),
        );
      } catch (error) {
        deps.log.error("execute: stopped in the middle", { approvalId, ...factsOf(error) });
        await approvals.move(approvalId, "executing", "unknown");
        return;
      }
      if (!loan.ok) {
        // Nothing was tried. A tenant that refuses the phone's token as subject token leaves it to the panel's next one.
        if (grant.kind === "approval") await approvals.move(approvalId, "executing", "approved");
        else await conclude(approvalId, "executing", { kind: "failed", why: say(loan.problem) });
        return;
      }
      await conclude(approvalId, "executing", loan.value);
      if (loan.value.kind === "unknown") await settleOne(approvalId, "unknown", grant);
    },

    async settle(grant) {
      for (const id of await approvals.inState("approved", grant.sub))
        await this.execute(id, grant);
      for (const id of await approvals.inState("unknown", grant.sub)) {
        await settleOne(id, "unknown", grant);
      }
      for (const id of await approvals.strandedExecuting(deps.now())) {
        const approval = await approvals.find(id);
        if (approval?.sub === grant.sub) await settleOne(id, "executing", grant);
      }
    },
  };
}

function say(problem: Problem): string {
  return [problem.happened, problem.detail].filter((part) => part !== undefined).join(" ");
}

const FIELDS = [
  ["from", "sender"],
  ["to", "To"],
  ["cc", "Cc"],
  ["bcc", "Bcc"],
  ["subject", "subject"],
  ["text", "text"],
  ["htmlSha256", "formatting"],
  ["attachments", "attachments"],
  ["threadId", "thread"],
] as const satisfies readonly (readonly [keyof DraftContent, string])[];

/** The names of the fields that differ, in the words of the draft card; any other difference is "the draft". */
async function differences(approved: DraftContent, live: DraftContent): Promise<string[]> {
  if ((await digestOf(approved)) === (await digestOf(live))) return [];
  const changed = FIELDS.filter(([field]) => !isDeepStrictEqual(approved[field], live[field])).map(
    ([, name]) => name,
  );
  return changed.length > 0 ? changed : ["the draft"];
}
