/** Whether a question has come to its lawful end. Pure: what the panel was told, and what Google delivered. */
import type { ApprovalState, ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ConversationEvent } from "@vaultdesk/shared/event.ts";

export interface Verdict {
  ok: boolean;
  why: string;
  /** At rest: nothing more will happen. */
  quiet?: boolean;
}

/** What the phones say: `decline` is the further approver's no, `withdraw` the requester's in the panel. */
export type Mode = "approve" | "deny" | "decline" | "withdraw";

/** How the requester's request ends, and the further approver's. */
const ENDS: Readonly<Record<Mode, readonly [ApprovalState, ApprovalState]>> = {
  approve: ["executed", "executed"],
  deny: ["denied", "cancelled"],
  decline: ["cancelled", "denied"],
  withdraw: ["cancelled", "cancelled"],
};

function no(why: string): Verdict {
  return { ok: false, why };
}

export function judge(seen: {
  approvals: readonly ApprovalView[];
  events: readonly ConversationEvent[];
  /** Ids of what this person's approvals brought about, from the stand-in: mails of its outbox, events of the calendar. */
  delivered: readonly string[];
  mode: Mode;
  /** What a further approver is asked for; absent where nobody else is. */
  seconds?: readonly ApprovalView[];
}): Verdict {
  const { approvals, events, delivered, seconds } = seen;
  const gap = events.findIndex((event, index) => event.seq !== index + 1);
  if (gap !== -1) return no(`event ${events[gap]?.seq ?? 0} came as number ${gap + 1}`);
  const ids = (type: string) =>
    events.flatMap(({ body }) => (body.type === type && "runId" in body ? [body.runId] : []));
  const started = ids("run.started");
  const ended = new Set(ids("run.ended"));
  if (started.length === 0) return no("no run was told to the panel");
  if (started.some((id) => id !== undefined && !ended.has(id))) return no("a run has not ended");
  for (const { body } of events) {
    if (body.type !== "run.ended") continue;
    // A restart may cut a run short; nothing else may, and one that answered has asked the phone.
    const cut = body.outcome === "failed" && body.problem?.code === "interrupted";
    if (!cut && body.outcome !== "answered") {
      return no(`a run ended ${body.outcome}: ${body.problem?.code ?? ""}`);
    }
    // One that goes on in a new process before the panel is back has nobody's grant, and says so.
    const alone = body.problem?.code === "signed_out";
    if (!cut && !alone && approvals.length === 0) {
      return no("a run answered without asking the phone");
    }
  }
  const [wanted, theirs] = ENDS[seen.mode];
  const wrong = notEnded(approvals, wanted) ?? notEnded(seconds ?? [], theirs);
  if (wrong !== undefined) return no(wrong);
  if (seconds !== undefined && seconds.length !== approvals.length) {
    return no(`${approvals.length} were asked for, ${seconds.length} of somebody else`);
  }
  const told = approvals.flatMap((approval) =>
    approval.items.flatMap((item): string[] => {
      if (item.outcome?.state === "sent") return [item.outcome.messageId];
      return item.outcome?.state === "done" && "eventId" in item ? [item.eventId] : [];
    }),
  );
  if (new Set(delivered).size !== delivered.length) return no("something was done twice");
  if (told.toSorted().join(" ") !== delivered.toSorted().join(" ")) {
    return no(`${told.length} are called done, ${delivered.length} were`);
  }
  const shown = events.findLast(({ body }) => body.type === "approval.changed")?.body;
  const last = approvals[0];
  if (last !== undefined && shown?.type === "approval.changed" && shown.approval.state !== wanted) {
    return no("the panel was not told of the end");
  }
  return { ok: true, why: "", quiet: true };
}

function notEnded(approvals: readonly ApprovalView[], wanted: ApprovalState): string | undefined {
  const open = approvals.find((approval) => approval.endedAt === undefined);
  if (open !== undefined) return `an approval is ${open.state}`;
  const other = approvals.find((approval) => approval.state !== wanted);
  return other === undefined
    ? undefined
    : `an approval ended ${other.state}: ${other.ending ?? ""}`;
}
