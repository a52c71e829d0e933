/**
 * A wish becomes an approval that waits for a phone. Reads what it is about as it is now, digests the action, writes the proposal down,
 * then asks the phone, or leaves that to the queue when the phone takes no more this minute. Never does anything.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import { type Action, deedsOf, type EventUpdate } from "@vaultdesk/shared/action.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId, RunId } from "@vaultdesk/shared/id.ts";
import { problem, type ProblemCode } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { breakWords } from "@vaultdesk/shared/tier.ts";
import { type Warning, worstFirst } from "@vaultdesk/shared/warning.ts";

import type { Asked, Asker } from "../approvals/ask.ts";
import type { Approvals } from "../approvals/record.ts";
import type { Access } from "../audit/access.ts";
import type { Conversations } from "../conversations/record.ts";
import { parseAddresses } from "../google/addresses.ts";
import type { Answer, OpenMailbox } from "../google/call.ts";
import type { LiveDraft } from "../google/drafts.ts";
import type { OpenCalendar } from "../google/walled-calendar.ts";
import type { Gate } from "../rooms/gate.ts";
import type { Broker, Grant } from "../vault/broker.ts";
import { onFreshToken } from "./borrow.ts";
import { judgeGuests, judgeMail, type Judged, partiesOf } from "./dossier.ts";
import type { LookInside } from "./look-inside.ts";
import { allowed, type Verb } from "./policy.ts";
import { byHand, completed, type OriginOf, type Provenance } from "./standing.ts";
import { readyEvent } from "./wish-event.ts";
import { readyChanges, readyFiling } from "./wish-filing.ts";
import { readyMail } from "./wish-mail.ts";
import type { DeedWish, Ready, Wish } from "./wish.ts";

/** What speaks for an assistant's wish. */
export interface By {
  provenance: Provenance;
  /** What the user's own words of this turn ask for. */
  asked: (verb: Verb) => boolean;
}

interface Proposal {
  /** Absent for a run that goes on without its panel. */
  grant: Grant | undefined;
  conversationId: ConversationId;
  runId: RunId | undefined;
  /** The tool call behind it: the same call twice is one proposal. */
  callId: string | undefined;
  wish: Wish;
  /** For an assistant's wish; without it the person named all by hand. */
  by?: By;
}

export type Proposed = Asked;

export interface Proposer {
  propose(proposal: Proposal): Promise<Proposed>;
}

/** What the rules or the state of the world keep from the phone; other problems are troubles of the moment, or a question in the making. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  "not_asked_for",
  "denied_before",
  "draft_changed",
  "draft_unknown",
  "address_refused",
  "event_not_yours",
  "role_lacks",
  "nobody_to_approve",
  "not_for_them",
  "organisation_refuses",
  "tier_break",
]);

/** The same change of the event as it is now: guests who came since then stay. */
function wishAgain({ kind, eventId, before, content, guestsMailed }: EventUpdate): Wish {
  const { guests, ...change } = content;
  const addGuests = guests.filter((one) => !before.guests.includes(one));
  const removeGuests = before.guests.filter((one) => !guests.includes(one));
  return { kind, eventId, guestsMailed, change: { ...change, addGuests, removeGuests } };
}

/** The person's own wishes are theirs. */
function verdictOn(ready: Ready, by: By | undefined): Answer<Ready> {
  if (by === undefined) return { ok: true, value: ready };
  const found = allowed(ready.action, ready.judged, by.asked);
  if (!found.ok) {
    const detail = `It was to ${found.what}. For example: "${found.say}".`;
    return { ok: false, problem: problem("not_asked_for", { detail }) };
  }
  const judged = found.warnings.map((more, index): Judged => {
    const { origins = {}, warnings = [] } = ready.judged[index] ?? {};
    return { origins, warnings: worstFirst([...more, ...warnings]) };
  });
  return { ok: true, value: { ...ready, judged } };
}

/** What deal rooms add for its readers: what an override lets pass, what could not be looked into; of the only deed, what mail joins a room. */
function warnedByRooms(
  action: Action,
  judged: readonly Judged[],
  closed: readonly (readonly string[])[],
  joins: readonly Warning[],
): Judged[] {
  return deedsOf(action).map((deed, index): Judged => {
    const { origins = {}, warnings = [] } = judged[index] ?? {};
    const override = deed.kind === "email.send" ? deed.override : undefined;
    const more: Warning[] = [
      ...(override?.breaks ?? []).map((one) => ({
        kind: "tier_override" as const,
        about: breakWords(one),
      })),
      ...(override === undefined
        ? []
        : [{ kind: "override_reason" as const, about: override.why }]),
      ...(closed[index] ?? []).map((about) => ({ kind: "not_looked_into" as const, about })),
      ...joins,
    ];
    return { origins, warnings: worstFirst([...more, ...warnings]) };
  });
}

export function createProposer(deps: {
  approvals: Approvals;
  asker: Asker;
  conversations: Conversations;
  broker: Broker;
  openMailbox: OpenMailbox;
  openCalendar: OpenCalendar;
  tell(conversationId: ConversationId, sub: string, event: EventBody): Promise<void>;
  gate: Pick<Gate, "judge" | "overridden" | "joins" | "others">;
  lookInside: LookInside;
  /** Told of what no phone is asked for, for the record. */
  refused: Access["wishRefused"];
  /** The queue has a new row. */
  queued(): void;
}): Proposer {
  const { approvals, broker } = deps;

  function onLoan(
    grant: Grant,
    tool: ToolName,
    work: (token: string) => Promise<Answer<Ready>>,
  ): Promise<Answer<Ready>> {
    return onFreshToken(broker, grant, tool, async () => {
      const loan = await broker.withToken(grant, tool, work);
      return loan.ok ? loan.value : loan;
    });
  }

  async function judgeDraft(
    api: gmail_v1.Gmail,
    sub: string,
    conversationId: ConversationId,
    { draftId, content }: DraftView,
  ): Promise<Judged> {
    const known = await deps.conversations.dossier(sub, conversationId, draftId);
    const dossier = await completed(api, known, partiesOf(content));
    if (dossier !== known) {
      await deps.conversations.addDraft(sub, conversationId, draftId, dossier);
    }
    return judgeMail(content, dossier);
  }

  function readyDeed(
    grant: Grant,
    conversationId: ConversationId,
    { deed, origins = {} }: DeedWish,
  ) {
    const originOf: OriginOf = (address) => origins[address] ?? "user";
    switch (deed.kind) {
      case "email.send": {
        const drafts = [{ draftId: deed.draftId, shown: undefined }];
        return ready(grant, conversationId, { kind: "email.send", drafts });
      }
      case "event.update":
        return ready(grant, conversationId, wishAgain(deed), originOf);
      case "event.create":
      case "event.cancel":
        return ready(grant, conversationId, deed, originOf);
      case "mail.label":
      case "mail.trash":
      case "mail.untrash":
        return onLoan(grant, "label_mail", (token) =>
          readyChanges(deps.openMailbox(grant.sub, token), deed.kind, deed.messages),
        );
    }
  }

  async function ready(
    grant: Grant,
    conversationId: ConversationId,
    wish: Wish,
    originOf: OriginOf = byHand,
  ): Promise<Answer<Ready>> {
    switch (wish.kind) {
      case "email.send":
        return onLoan(grant, "send_email_with_approval", (token) => {
          const desk = {
            hasDraft: (id: string) => deps.conversations.hasDraft(grant.sub, conversationId, id),
            show: (draft: DraftView) =>
              deps.tell(conversationId, grant.sub, { type: "draft.saved", draft }),
            judge: (api: gmail_v1.Gmail, draft: DraftView) =>
              judgeDraft(api, grant.sub, conversationId, draft),
            inside: (files: LiveDraft["attachments"]) => deps.lookInside(grant.sub, files),
          };
          return readyMail(deps.openMailbox(grant.sub, token), desk, wish);
        });
      case "event.create":
      case "event.update":
      case "event.cancel":
        return onLoan(grant, "create_calendar_event", (token) =>
          readyEvent(deps.openCalendar(grant.sub, token), wish, async (guests) => {
            const parties = parseAddresses(guests.join(", "));
            return judgeGuests(
              guests,
              await completed(deps.openMailbox(grant.sub, token), undefined, parties, originOf),
            );
          }),
        );
      case "mail.label":
      case "mail.trash":
        return onLoan(grant, "label_mail", (token) =>
          readyFiling(deps.openMailbox(grant.sub, token), wish),
        );
      case "deed":
        return readyDeed(grant, conversationId, wish);
    }
  }

  /** What the deal rooms of an action leave of it, who else is asked, and what all of them are told. */
  async function throughRooms(
    sub: string,
    conversationId: ConversationId,
    { action, judged, about = [] }: Ready,
    wish: Wish,
  ) {
    const rooms = await deps.gate.judge(sub, conversationId, action, about);
    if (!rooms.ok) return rooms;
    const { roomIds, breaks, closed } = rooms.value;
    const asking = wish.kind === "email.send" ? wish.override : undefined;
    const passed = await deps.gate.overridden(sub, action, breaks, roomIds, asking);
    if (!passed.ok) return passed;
    const others = await deps.gate.others(sub, roomIds, passed.value);
    if (!others.ok) return others;
    // Who else is asked may not be in the room, and would learn of it.
    const alone = others.value.seconds.length === 0;
    const joins = alone ? await deps.gate.joins(sub, passed.value) : [];
    const told = warnedByRooms(passed.value, judged, closed, joins);
    return {
      ok: true as const,
      value: { action: passed.value, judged: told, roomIds, others: others.value },
    };
  }

  async function propose(proposal: Proposal): Promise<Proposed> {
    const { grant, conversationId, runId, callId } = proposal;
    const before =
      runId === undefined || callId === undefined
        ? undefined
        : await approvals.ofCall(runId, callId);
    if (before !== undefined) return { ok: true, approval: before };
    if (grant === undefined) return { ok: false, problem: problem("signed_out") };

    const found = await ready(
      grant,
      conversationId,
      proposal.wish,
      proposal.by?.provenance.originOf,
    );
    if (!found.ok) return found;
    const verdict = verdictOn(found.value, proposal.by);
    if (!verdict.ok) return verdict;
    const { about = [] } = verdict.value;
    const under = await throughRooms(grant.sub, conversationId, verdict.value, proposal.wish);
    if (!under.ok) return under;
    await deps.conversations.holds(conversationId, about);
    const { action } = under.value;
    if (await approvals.wasDenied(conversationId, action)) {
      return { ok: false, problem: problem("denied_before") };
    }
    const { approval, now } = await approvals.propose({
      sub: grant.sub,
      approver: grant.sub,
      conversationId,
      runId,
      callId,
      raws: verdict.value.raws,
      ...under.value,
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
  }

  return {
    async propose(proposal) {
      const proposed = await propose(proposal);
      const { grant, conversationId, wish } = proposal;
      if (grant !== undefined && !proposed.ok && REFUSALS.has(proposed.problem.code)) {
        const reason = proposed.problem.code;
        const kind = wish.kind === "deed" ? wish.deed.kind : wish.kind;
        await deps.refused({ sub: grant.sub, conversationId, kind, reason });
      }
      return proposed;
    },
  };
}
