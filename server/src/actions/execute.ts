/**
 * The one place where an approval, the vault and Google meet. Does only what was approved: claims `approved -> executing` by
 * compare-and-set, borrows a token with the grant, reads the world as it is now, refuses any drift, does it once.
 * A result that nobody knows is settled by reading Google, never by doing it again.
 */
import { type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import { type Outcome, succeeded } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Approvals } from "../approvals/record.ts";
import type { Approval } from "../approvals/row.ts";
import { SIGNED_OUT } from "../approvals/withdraw.ts";
import type { SignOuts } from "../auth0/sign-outs.ts";
import { calendarClient } from "../google/calendar.ts";
import { gmailClient } from "../google/call.ts";
import { deleteEvent, insertEvent, patchEvent } from "../google/effects-calendar.ts";
import { bin, makeLabel, relabel } from "../google/effects-filing.ts";
import { findSent, sendDraft } from "../google/effects.ts";
import { factsOf, type Log } from "../observe/log.ts";
import type { Gate } from "../rooms/gate.ts";
import type { Broker, Grant, Loan } from "../vault/broker.ts";
import { changeCalendar } from "./change-calendar.ts";
import { type Doing, say } from "./doing.ts";
import { fileMail } from "./file-mail.ts";
import { sendMail } from "./send-mail.ts";

/** What execution came to: one outcome for each deed that was tried, and whether one may still be under way at Google. */
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
/** After a restore, what is not done and was asked within this long is asked again by itself. */
const ASK_AGAIN_MS = 3_600_000;
/** An approval that could not be used for a day is no longer what the person has in mind. */
const APPROVED_MS = 86_400_000;

/** Whose scopes the token needs. */
const TOOL_OF: Readonly<Record<Deed["kind"], ToolName>> = {
  "email.send": "send_email_with_approval",
  "event.create": "create_calendar_event",
  "event.update": "update_calendar_event",
  "event.cancel": "cancel_calendar_event",
  "mail.label": "label_mail",
  "mail.trash": "trash_mail",
  "mail.untrash": "trash_mail",
};

export function createExecutor(deps: {
  approvals: Approvals;
  broker: Broker;
  signOuts: Pick<SignOuts, "covers">;
  gmailRootUrl: string;
  calendarRootUrl: string;
  leaseMs: number;
  log: Log;
  now(): number;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
  gate: Pick<Gate, "lapsed">;
}): Executor {
  const { approvals, broker, leaseMs } = deps;

  function doingOf(token: string, approval: Approval, deed: Deed, index: number): Doing {
    const gmail = () => gmailClient(deps.gmailRootUrl, token);
    switch (deed.kind) {
      case "email.send": {
        const api = gmail();
        const raw = approval.raws[index] ?? Buffer.alloc(0);
        return sendMail(api, mailEffects(api, approval, approvals.sentIds), deed, raw);
      }
      case "event.create":
      case "event.update":
      case "event.cancel":
        return changeCalendar(calendarClient(deps.calendarRootUrl, token), CALENDAR, deed);
      case "mail.label":
      case "mail.trash":
      case "mail.untrash":
        return fileMail(gmail(), { relabel, bin, makeLabel }, deed);
    }
  }

  async function tryOnce(
    doing: Doing,
    approval: Approval,
  ): Promise<{ outcome: Outcome; unsure: boolean }> {
    const { attempts } = approval;
    const tried = await doing.attempt(attempts);
    if (tried.outcome === "unclear") {
      const found = await doing.look();
      if (found !== "undone" && succeeded(found)) return { outcome: found, unsure: false };
      // While it may still be under way, a world that looks untouched proves nothing.
      if (!tried.answered) return { outcome: { state: "unknown" }, unsure: true };
      return { outcome: found === "undone" ? undone(doing) : found, unsure: false };
    }
    if (tried.outcome === "gone") {
      // Only a second attempt can have done it before: at the first, the person did something.
      if (attempts <= 1) {
        return { outcome: { state: "drifted", changed: [doing.words.gone] }, unsure: false };
      }
      const found = await doing.look();
      return { outcome: found === "undone" ? { state: "unknown" } : found, unsure: false };
    }
    if (tried.live !== undefined) {
      const { conversationId } = approval.view;
      await deps.tell(conversationId, approval.sub, { type: "draft.saved", draft: tried.live });
    }
    return { outcome: tried.outcome, unsure: false };
  }

  async function doAll(approval: Approval, token: string): Promise<Reached> {
    const deeds = deedsOf(approval.action);
    const outcomes = doneOnes(approval);
    for (const [index, deed] of deeds.entries()) {
      if (index < outcomes.length) continue;
      const { outcome, unsure } = await tryOnce(doingOf(token, approval, deed, index), approval);
      outcomes.push(outcome);
      if (!succeeded(outcome) || index === deeds.length - 1) return { outcomes, unsure };
      if (!(await approvals.note(approval.view.id, approval.attempts, outcomes)))
        return { outcomes, unsure: true };
    }
    return { outcomes, unsure: false };
  }

  async function conclude(
    approval: Approval,
    from: "executing" | "unknown",
    { outcomes, unsure }: Reached,
  ): Promise<void> {
    const { id } = approval.view;
    const { attempts: attempt } = approval;
    const last = outcomes.at(-1);
    switch (last?.state) {
      case "sent":
      case "done":
        await approvals.move(id, from, "executed", { attempt, outcomes });
        return;
      case "drifted":
        await approvals.move(id, "executing", "drifted", { attempt, outcomes });
        return;
      case "failed":
        await approvals.move(id, from, "failed", { attempt, outcomes, detail: last.why });
        return;
      case "unknown":
      case undefined:
        if (from !== "executing") return;
        await approvals.move(id, from, "unknown", {
          attempt,
          outcomes,
          leaseUntil: unsure ? deps.now() + UNSURE_MS : 0,
        });
        return;
    }
  }

  function lookFor(approval: Approval, deed: Deed, index: number, grant: Grant) {
    return broker.withToken(grant, TOOL_OF[deed.kind], async (token) => {
      const doing = doingOf(token, approval, deed, index);
      return { found: await doing.look(), doing };
    });
  }

  /**
   * The store is older than the world (approvals/restored.ts): what reading shows as done is written down, and for the rest the yes on
   * record, if there is one, may have been taken back since. The phone is asked again.
   */
  async function settleRestored(approval: Approval, grant: Grant): Promise<void> {
    const { id, requestedAt } = approval.view;
    const outcomes = doneOnes(approval);
    const deeds = deedsOf(approval.action);
    for (const [index, deed] of deeds.entries()) {
      if (index < outcomes.length) continue;
      const loan = await lookFor(approval, deed, index, grant);
      if (!loan.ok) return;
      const { found, doing } = loan.value;
      if (found === "undone" && deps.now() < Date.parse(requestedAt) + ASK_AGAIN_MS) {
        await approvals.move(id, "unknown", "proposed", { outcomes });
        return;
      }
      const outcome = found === "undone" ? undone(doing) : found;
      if (outcome.state === "unknown") return;
      outcomes.push(outcome);
      if (!succeeded(outcome)) break;
    }
    await conclude(approval, "unknown", { outcomes, unsure: false });
  }

  /** Reads what became of the first deed that nobody saw end, and goes on from there. */
  async function settleOne(
    approval: Approval,
    from: "executing" | "unknown",
    grant: Grant,
  ): Promise<void> {
    const { id } = approval.view;
    const outcomes = doneOnes(approval);
    const index = outcomes.length;
    const deeds = deedsOf(approval.action);
    const deed = deeds[index];
    if (deed === undefined) {
      await conclude(approval, from, { outcomes, unsure: false });
      return;
    }
    const loan = await lookFor(approval, deed, index, grant);
    if (!loan.ok) return;
    const { found, doing } = loan.value;
    if (found === "undone" && from === "unknown") {
      if (deps.now() < approval.leaseUntil) return;
      await conclude(approval, from, { outcomes: [...outcomes, undone(doing)], unsure: false });
      return;
    }
    if (found !== "undone") {
      if (found.state === "unknown") return;
      outcomes.push(found);
      if (!succeeded(found) || outcomes.length === deeds.length) {
        await conclude(approval, from, { outcomes, unsure: false });
        return;
      }
    }
    if (await left(approval, from, outcomes, Date.parse(approval.view.requestedAt))) return;
    await approvals.move(id, from, "approved", { attempt: approval.attempts, outcomes });
    await executor.execute(id, grant);
  }

  /** What was being tried when its person signed out everywhere does not go on with the next sign-in. Whether it ended here. */
  async function left(
    approval: Approval,
    from: "executing" | "unknown",
    outcomes: readonly Outcome[],
    since: number,
  ): Promise<boolean> {
    const { sub } = approval;
    if (!(await deps.signOuts.covers({ sub, issuedAt: Math.floor(since / 1000) }))) return false;
    const dropped: Outcome = { state: "failed", why: SIGNED_OUT };
    await conclude(approval, from, { outcomes: [...outcomes, dropped], unsure: false });
    return true;
  }

  async function claimed(approvalId: string): Promise<Approval | undefined> {
    const leaseUntil = deps.now() + leaseMs;
    const approval = await approvals.move(approvalId, "approved", "executing", { leaseUntil });
    if (approval === undefined) return undefined;
    // The row at rest is checked against the digest that the phone approved.
    const same = (await digestOf(approval.action)) === approval.view.digest;
    // Whoever was removed, or given less, between the push and the yes may not do it any more.
    const why = same
      ? await deps.gate.lapsed(approval.sub, approvalId, approval.action)
      : "What is stored is not what was approved.";
    if (why === undefined) return approval;
    const { attempts: attempt } = approval;
    await approvals.move(approvalId, "executing", "failed", { attempt, detail: why });
    return undefined;
  }

  const executor: Executor = {
    async execute(approvalId, grant) {
      const begun = deps.now();
      const approval = await claimed(approvalId);
      if (approval === undefined) return;
      const { attempts: attempt } = approval;
      const keep = setInterval(() => {
        approvals.extend(approvalId, attempt, deps.now() + leaseMs).catch((error: unknown) => {
          deps.log.warn("execute: the lease could not be kept", { approvalId, ...factsOf(error) });
        });
      }, leaseMs / 3);
      let loan: Loan<Reached>;
      try {
        const [first] = deedsOf(approval.action);
        const tool = TOOL_OF[first?.kind ?? "email.send"];
        loan = await broker.withToken(grant, tool, (token) => doAll(approval, token));
      } catch (error) {
        deps.log.error("execute: stopped in the middle", { approvalId, ...factsOf(error) });
        // The outcome is not known, and if it can't even be written down, the lease runs out and Gmail is read.
        await approvals.move(approvalId, "executing", "unknown", {
          attempt,
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
        if (await left(approval, "executing", doneOnes(approval), begun)) return;
        await approvals.move(approvalId, "executing", "approved", { attempt, untried: true });
      } else {
        const why = say(loan.problem);
        const outcomes: Outcome[] = [...doneOnes(approval), { state: "failed", why }];
        await conclude(approval, "executing", { outcomes, unsure: false });
      }
    },

    async settle(grant) {
      const now = deps.now();
      for (const approval of await approvals.open(grant.sub, ["approved", "unknown"])) {
        const { id, state, expiresAt } = approval.view;
        if (state === "unknown" && approval.attempts === 0) await settleRestored(approval, grant);
        else if (state === "unknown") await settleOne(approval, "unknown", grant);
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

const CALENDAR = { insert: insertEvent, patch: patchEvent, remove: deleteEvent };

function mailEffects(
  api: ReturnType<typeof gmailClient>,
  approval: Approval,
  taken: (sub: string) => Promise<ReadonlySet<string>>,
): Parameters<typeof sendMail>[1] {
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

function undone({ words }: Doing): Outcome {
  return { state: "failed", why: words.undone };
}

function doneOnes(approval: Approval): Outcome[] {
  return approval.outcomes.filter(succeeded);
}
