/**
 * The one place where an approval, the vault and Google meet. Sends only what was approved: claims `approved -> executing` by
 * compare-and-set, borrows a token with the grant, reads the draft as it is now, refuses any drift, sends the approved bytes once.
 * A result that nobody knows is settled by reading Gmail, never by sending again.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import { type EmailSend, mailsOf } from "@vaultdesk/shared/action.ts";
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";

import type { Approvals } from "../approvals/record.ts";
import type { Approval } from "../approvals/row.ts";
import { gmailClient } from "../google/call.ts";
import { findSent, sendDraft } from "../google/effects.ts";
import { factsOf, type Log } from "../observe/log.ts";
import type { Broker, Grant, Loan } from "../vault/broker.ts";
import { type Effects, lookForMail, say, sendMail } from "./send-mail.ts";

/** What execution came to: one outcome for each mail that was tried, and whether a send may still be under way at Google. */
interface Reached {
  outcomes: Outcome[];
  unsure: boolean;
}

export interface Executor {
  /** Does nothing unless the approval is `approved` at this moment. */
  execute(approvalId: string, grant: Grant): Promise<void>;
  /** Goes on with what a missing token, a crash or a silent Google left open, now that this user's panel brought a token. */
  settle(grant: Grant): Promise<void>;
}

/** A send without an answer may still arrive at Gmail; after this long it does not. */
const UNSURE_MS = 60_000;
/** An approval that could not be used for a day is no longer what the person has in mind. */
const APPROVED_MS = 86_400_000;

const GONE: Outcome = { state: "drifted", changed: ["the draft itself: it is gone from Gmail"] };

export function createExecutor(deps: {
  approvals: Approvals;
  broker: Broker;
  gmailRootUrl: string;
  leaseMs: number;
  log: Log;
  now(): number;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
}): Executor {
  const { approvals, broker, leaseMs } = deps;

  async function tryMail(
    api: gmail_v1.Gmail,
    approval: Approval,
    action: EmailSend,
    raw: Buffer,
  ): Promise<{ outcome: Outcome; unsure: boolean }> {
    const effects = effectsOf(api, approval, approvals.sentIds);
    const tried = await sendMail(api, effects, action, raw);
    if (tried.outcome === "unclear") {
      const found = await lookForMail(api, effects, action);
      if (found !== "unsent" && found.state === "sent") return { outcome: found, unsure: false };
      // While a send may still be under way, an untouched draft and an empty list of sent mail prove nothing.
      if (!tried.answered) return { outcome: { state: "unknown" }, unsure: true };
      return { outcome: found === "unsent" ? STILL_THERE : found, unsure: false };
    }
    if (tried.outcome === "gone") {
      // Only a second attempt can have sent it before: at the first, the person did something with the draft.
      if (approval.attempts <= 1) return { outcome: GONE, unsure: false };
      const found = await lookForMail(api, effects, action);
      return { outcome: found === "unsent" ? { state: "unknown" } : found, unsure: false };
    }
    if (tried.live !== undefined) {
      const { conversationId } = approval.view;
      await deps.tell(conversationId, approval.sub, { type: "draft.saved", draft: tried.live });
    }
    return { outcome: tried.outcome, unsure: false };
  }

  async function sendAll(approval: Approval, token: string): Promise<Reached> {
    const api = gmailClient(deps.gmailRootUrl, token);
    const mails = mailsOf(approval.action);
    const outcomes = sentOnes(approval);
    for (const [index, mail] of mails.entries()) {
      if (index < outcomes.length) continue;
      const raw = approval.raws[index] ?? Buffer.alloc(0);
      const { outcome, unsure } = await tryMail(api, approval, mail, raw);
      outcomes.push(outcome);
      if (outcome.state !== "sent" || index === mails.length - 1) return { outcomes, unsure };
      if (!(await approvals.note(approval.view.id, outcomes))) return { outcomes, unsure: true };
    }
    return { outcomes, unsure: false };
  }

  async function conclude(
    approval: Approval,
    from: "executing" | "unknown",
    { outcomes, unsure }: Reached,
  ): Promise<void> {
    const { id } = approval.view;
    const last = outcomes.at(-1);
    switch (last?.state) {
      case "sent":
        await approvals.move(id, from, "executed", { outcomes });
        return;
      case "drifted":
        await approvals.move(id, "executing", "drifted", { outcomes });
        return;
      case "failed":
        await approvals.move(id, from, "failed", { outcomes, detail: last.why });
        return;
      case "unknown":
      case undefined:
        if (from !== "executing") return;
        await approvals.move(id, from, "unknown", {
          outcomes,
          leaseUntil: unsure ? deps.now() + UNSURE_MS : 0,
        });
        return;
    }
  }

  /** Reads what became of the first mail that nobody saw end, and goes on from there. */
  async function settleOne(
    approval: Approval,
    from: "executing" | "unknown",
    grant: Grant,
  ): Promise<void> {
    const { id } = approval.view;
    const outcomes = sentOnes(approval);
    const mails = mailsOf(approval.action);
    const mail = mails[outcomes.length];
    if (mail === undefined) {
      await conclude(approval, from, { outcomes, unsure: false });
      return;
    }
    const loan = await broker.withToken(grant, "read_email_thread", (token) => {
      const api = gmailClient(deps.gmailRootUrl, token);
      return lookForMail(api, effectsOf(api, approval, approvals.sentIds), mail);
    });
    if (!loan.ok) return;
    const found = loan.value;
    if (found === "unsent" && from === "unknown") {
      if (deps.now() < approval.leaseUntil) return;
      await conclude(approval, from, { outcomes: [...outcomes, STILL_THERE], unsure: false });
      return;
    }
    if (found !== "unsent") {
      if (found.state === "unknown") return;
      outcomes.push(found);
      if (found.state !== "sent" || outcomes.length === mails.length) {
        await conclude(approval, from, { outcomes, unsure: false });
        return;
      }
    }
    await approvals.move(id, from, "approved", { outcomes });
    await executor.execute(id, grant);
  }

  async function claimed(approvalId: string): Promise<Approval | undefined> {
    const leaseUntil = deps.now() + leaseMs;
    const approval = await approvals.move(approvalId, "approved", "executing", { leaseUntil });
    if (approval === undefined) return undefined;
    // The row at rest is checked against the digest that the phone approved.
    if ((await digestOf(approval.action)) === approval.view.digest) return approval;
    const why = "What is stored is not what was approved.";
    await approvals.move(approvalId, "executing", "failed", { detail: why });
    return undefined;
  }

  const executor: Executor = {
    async execute(approvalId, grant) {
      const approval = await claimed(approvalId);
      if (approval === undefined) return;
      const keep = setInterval(() => {
        approvals.extend(approvalId, deps.now() + leaseMs).catch((error: unknown) => {
          deps.log.warn("execute: the lease could not be kept", { approvalId, ...factsOf(error) });
        });
      }, leaseMs / 3);
      let loan: Loan<Reached>;
      try {
        loan = await broker.withToken(grant, "send_email_with_approval", (token) =>
          sendAll(approval, token),
        );
      } catch (error) {
        deps.log.error("execute: stopped in the middle", { approvalId, ...factsOf(error) });
        // The outcome is not known, and if it can't even be written down, the lease runs out and Gmail is read.
        await approvals.move(approvalId, "executing", "unknown", {
          leaseUntil: deps.now() + UNSURE_MS,
        });
        return;
      } finally {
        clearInterval(keep);
      }
      if (loan.ok) {
        await conclude(approval, "executing", loan.value);
        return;
      }
      // Nothing was tried. A tenant that refuses the phone's token as subject token leaves it to the panel's next one.
      if (grant.kind === "approval") {
        await approvals.move(approvalId, "executing", "approved", { untried: true });
      } else {
        const why = say(loan.problem);
        const outcomes: Outcome[] = [...sentOnes(approval), { state: "failed", why }];
        await conclude(approval, "executing", { outcomes, unsure: false });
      }
    },

    async settle(grant) {
      const now = deps.now();
      for (const approval of await approvals.open(grant.sub, ["approved", "unknown"])) {
        const { id, state, expiresAt } = approval.view;
        if (state === "unknown") await settleOne(approval, "unknown", grant);
        else if (now > Date.parse(expiresAt) + APPROVED_MS) {
          const detail = "It was approved, but could not be sent within a day.";
          await approvals.move(id, "approved", "cancelled", { detail });
        } else await executor.execute(id, grant);
      }
      for (const approval of await approvals.takeStranded(grant.sub, now, now + leaseMs)) {
        await settleOne(approval, "executing", grant);
      }
    },
  };
  return executor;
}

function effectsOf(
  api: gmail_v1.Gmail,
  approval: Approval,
  taken: (sub: string) => Promise<ReadonlySet<string>>,
): Effects {
  return {
    send: async (action, raw) => ({
      state: "sent",
      ...(await sendDraft(api, action.draftId, raw, action.content.threadId)),
    }),
    findSent: async ({ content }) => {
      const since = new Date(approval.view.requestedAt);
      const sent = await findSent(api, content, since, await taken(approval.sub));
      return sent === undefined ? undefined : { state: "sent", ...sent };
    },
  };
}

const STILL_THERE: Outcome = {
  state: "failed",
  why: "Gmail still has the draft: it was not sent.",
};

function sentOnes(approval: Approval): Outcome[] {
  return approval.outcomes.filter((outcome) => outcome.state === "sent");
}
