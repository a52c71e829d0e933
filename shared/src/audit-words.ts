/** What rows of the audit trail say to people, on the panel and in the monthly report. Pure. */
import { type AuditEntryView, type AuditGroup, type AuditKind, isAuditKind } from "./audit.ts";
import { Milestone, MILESTONE_WORDS } from "./tracker.ts";

export const GROUP_WORDS: Readonly<Record<AuditGroup, string>> = {
  approvals: "Requests",
  access: "Access",
  settings: "Settings",
  rooms: "Rooms",
  records: "Records",
};

/** Of the state that an approval moved to. */
const MOVES: Readonly<Record<string, string>> = {
  proposed: "Written down, to be asked",
  waiting: "The phone was asked",
  approved: "Approved on the phone",
  denied: "Denied on the phone",
  expired: "Not answered in time",
  cancelled: "Withdrawn",
  undelivered: "The phone could not be reached",
  refused: "Refused by the rules",
  executing: "Begun at Google",
  executed: "Done at Google",
  drifted: "Left alone: it had changed meanwhile",
  failed: "Failed, nothing done",
  unknown: "End not seen, to be settled by reading",
};

const DEEDS: Readonly<Record<string, string>> = {
  "email.send": "a mail",
  bundle: "several mails",
  "event.create": "an event",
  "event.update": "a changed event",
  "event.cancel": "a cancelled event",
  "mail.label": "labels",
  "mail.trash": "the bin",
  "mail.untrash": "out of the bin",
};

const REASONS: Readonly<Record<string, string>> = {
  not_asked_for: "your words did not ask for it",
  denied_before: "it was denied before",
  draft_changed: "the draft had changed",
  draft_unknown: "the draft was gone",
  address_refused: "an address can't be used",
  event_not_yours: "the event is somebody else's",
  role_lacks: "the role in the deal room does not allow it",
  not_for_them: "a wall stands between",
  organisation_refuses: "the organisation's policy does not allow it",
  expired: "it was not used for as long as conversations are kept",
  tier_break: "a file may not go to everybody who would get it",
};

export function reasonIn(reason: string | number | undefined): string {
  return REASONS[String(reason)] ?? String(reason ?? "");
}

export function deedIn(kind: string | number | undefined): string {
  return DEEDS[String(kind)] ?? String(kind ?? "");
}

export function moveIn(to: string | number | undefined): string {
  return MOVES[String(to)] ?? String(to ?? "");
}

function milestoneIn(name: string | number | undefined): string {
  const milestone = Milestone.safeParse(name);
  return milestone.success ? MILESTONE_WORDS[milestone.data] : String(name);
}

export const KIND_WORDS: Readonly<Record<AuditKind, string>> = {
  "approval.moved": "A request moved",
  "effect.recorded": "One mail of several was sent",
  "tier.override_asked": "Asked for an override",
  "wish.refused": "Refused before the phone was asked",
  "session.signed_in": "Signed in",
  "session.signed_out_everywhere": "Signed out everywhere",
  "google.connected": "Google grants",
  "google.disconnected": "Google disconnected",
  "settings.changed": "Settings changed",
  "conversation.deleted": "Conversation deleted",
  "person.forgotten": "Forgotten on request",
  "room.created": "Deal room made",
  "room.changed": "Deal room changed",
  "room.roles_changed": "What roles may do was changed in a deal room",
  "room.rules_changed": "Who else must say yes was changed in a deal room",
  "room.closed": "Deal room closed",
  "room.reopened": "Deal room opened again",
  "room.deleted": "Deal room deleted",
  "member.invited": "Invited to a deal room",
  "member.joined": "Joined a deal room",
  "member.kept_out": "Kept out of a deal room by its wall",
  "member.role_changed": "A member's role changed",
  "member.removed": "A member was removed from a deal room",
  "member.left": "Left a deal room",
  "member.away": "Away from a deal room, with somebody standing in",
  "member.back": "Back in a deal room",
  "thread.added": "A thread was added to a deal room",
  "thread.removed": "A thread was taken out of a deal room",
  "milestone.proposed": "A milestone was proposed",
  "milestone.confirmed": "A milestone was confirmed",
  "milestone.rejected": "A proposed milestone was rejected",
  "milestone.withdrawn": "A milestone was withdrawn",
  "tracker.exported": "A deal room's tracker was exported",
  "document.marked": "A document was marked in a deal room",
  "document.tier_changed": "A document's tier was changed in a deal room",
  "document.unmarked": "A document's mark was taken off in a deal room",
  "room.tiers_changed": "Who gets which documents was changed in a deal room",
  "audit.cut": "Old rows removed by their age",
  "audit.exported": "Exported",
  "hold.added": "Legal hold put on",
  "hold.removed": "Legal hold lifted",
  "store.restored": "Restored from a backup",
  "policy.changed": "The organisation's policy changed",
};

function detailOf({ kind, facts }: AuditEntryView): string | undefined {
  const { reason, scopes, changed, role, from, to, format, seq, milestone } = facts;
  switch (kind) {
    case "wish.refused":
      return `${deedIn(facts["kind"])}, ${reasonIn(reason)}`;
    case "conversation.deleted":
      return reason === undefined ? undefined : reasonIn(reason);
    case "google.connected":
      return String(scopes);
    case "settings.changed":
      return String(changed);
    case "tier.override_asked":
      return String(facts["why"]);
    case "document.marked":
    case "document.unmarked":
      return String(facts["tier"]);
    case "document.tier_changed":
    case "member.role_changed":
      return `${String(from)} to ${String(to)}`;
    case "room.changed":
      return facts["circle"] === undefined ? undefined : `circle: ${String(facts["circle"])}`;
    case "member.away":
      return `until ${String(facts["until"])}`;
    case "audit.exported":
      return String(format);
    case "policy.changed":
      return `digest ${String(facts["digest"])}`;
    case "store.restored":
      return `it ended at row ${String(seq)}`;
    case "milestone.proposed":
    case "milestone.confirmed":
    case "milestone.rejected":
    case "milestone.withdrawn":
      return milestoneIn(milestone);
    default:
      return role === undefined ? undefined : String(role);
  }
}

/** One row in a few words. */
export function rowWords(entry: AuditEntryView): string {
  const { kind, facts } = entry;
  if (!isAuditKind(kind)) return kind;
  if (kind === "approval.moved") {
    const moved = moveIn(facts["to"]);
    return facts["secondOf"] === undefined ? moved : `${moved}, asked besides`;
  }
  const detail = detailOf(entry);
  return detail === undefined ? KIND_WORDS[kind] : `${KIND_WORDS[kind]}: ${detail}`;
}
