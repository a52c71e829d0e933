/**
 * One const per route of the server: method, path, body, reply. Both sides parse with these, so the schema is the contract.
 * Every route needs `Authorization: Bearer` with an access token for the API audience and scope `agent:use`;
 * every refusal is `{ problem }` with status 4xx or 5xx.
 */
import { z } from "zod";

import { Absence } from "./absence.ts";
import { BUNDLE_LIMIT } from "./action.ts";
import { ActivityRow } from "./activity.ts";
import { ApprovalView } from "./approval.ts";
import { AuditPage, RoomAuditPage } from "./audit.ts";
import { CalendarDay, CalendarView } from "./calendar-view.ts";
import { Digest } from "./digest.ts";
import { DraftEdit, DraftView, Mailbox } from "./draft.ts";
import { EyesRules } from "./four-eyes.ts";
import { ConversationId, DraftId, EntryId, MessageId, RunId, ThreadId } from "./id.ts";
import { OrgPolicyView } from "./org-policy.ts";
import { Problem } from "./problem.ts";
import { RoleName, Roles } from "./role.ts";
import {
  Address,
  CodeName,
  RoomDetails,
  RoomRow,
  RoomState,
  RoomView,
  ThreadFile,
  ThreadPlace,
} from "./room.ts";
import { ToolName } from "./scope.ts";
import { Settings, SettingsChange } from "./settings.ts";
import { ComposeFacts, OwnTemplate, TemplateText } from "./template.ts";
import { Reason, Tier, Tightened } from "./tier.ts";
import { EntryMail, Quote, Reached, Silence, TrackerView } from "./tracker.ts";

export const API_SCOPE = "agent:use";
export const APPROVE_SCOPE = "write:approve";

/**
 * When the person signed in on this device, seconds since the epoch, with each request of the extension: a refresh token that outlived a
 * sign-out everywhere brings bearers issued after it. Can only take from what the bearer may.
 */
export const SIGNED_IN_HEADER = "vaultdesk-signed-in";

export const Refusal = z.object({ problem: Problem });

export const GoogleConnection = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("connected"),
    email: z.string(),
    granted: z.array(z.string()),
    /** Of the scopes that VaultDesk asks for, those not granted. */
    missing: z.array(z.string()),
  }),
  z.object({ state: z.literal("not_connected") }),
  z.object({ state: z.literal("reconnect") }),
  z.object({ state: z.literal("unreachable"), problem: Problem }),
]);
export type GoogleConnection = z.infer<typeof GoogleConnection>;

/** Which model answers, and in one sentence where mail text goes. */
export const ModelView = z.object({
  provider: z.enum(["bedrock", "ollama"]),
  name: z.string(),
  words: z.string(),
});
export type ModelView = z.infer<typeof ModelView>;

export const SessionView = z.object({
  sub: z.string(),
  google: GoogleConnection,
  model: ModelView,
});
export type SessionView = z.infer<typeof SessionView>;

export const StartRun = z.object({
  conversationId: ConversationId.optional(),
  text: z.string().trim().min(1).max(20_000),
  threadId: ThreadId.optional(),
  /** The message under the cursor, for a reply to exactly that one. */
  messageId: MessageId.optional(),
  /** IANA name, from the browser. */
  timeZone: z.string().min(1).max(64),
});
export type StartRun = z.infer<typeof StartRun>;

export const ConversationRow = z.object({
  id: ConversationId,
  title: z.string(),
  threadId: ThreadId.optional(),
  updatedAt: z.iso.datetime(),
  /** When it is erased if nothing more is said in it; absent where it has no such end. */
  expiresAt: z.iso.datetime().optional(),
});
export type ConversationRow = z.infer<typeof ConversationRow>;

export const AskApproval = z.object({
  conversationId: ConversationId,
  /** One, or several for one request to the phone that covers all, sent in this order. */
  drafts: z
    .array(
      z.object({
        draftId: DraftId,
        /** `digestOf(content)` of the draft as the panel shows it; another live content is refused with `draft_changed`. */
        shown: Digest,
      }),
    )
    .min(1)
    .max(BUNDLE_LIMIT),
  /** For files that may not go to everybody: whose yes is asked for besides, by address, and why. */
  override: z.object({ by: Address, why: Reason }).optional(),
});

/** A mail that a person wrote, from a template or not. It becomes a Gmail draft and a card of the conversation. */
export const Compose = z.object({
  /** Absent for a conversation of its own. */
  conversationId: ConversationId.optional(),
  threadId: ThreadId.optional(),
  /** The message that is answered, in its thread and under its subject; absent for a new mail. */
  messageId: MessageId.optional(),
  to: z.array(Mailbox).min(1).max(500),
  subject: z
    .string()
    .max(900)
    .regex(/^[^\r\n]*$/),
  text: z.string().trim().min(1).max(200_000),
  /** IANA name, from the browser: in it the time of the original is told. */
  timeZone: z.string().min(1).max(64).optional(),
});
export type Compose = z.infer<typeof Compose>;

export interface Route<B extends z.ZodType, R extends z.ZodType> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with `:name` parameters. */
  path: string;
  body: B;
  reply: R;
}

const none = z.undefined();
const route = <B extends z.ZodType, R extends z.ZodType>(row: Route<B, R>): Route<B, R> => row;

export const routes = {
  session: route({ method: "GET", path: "/api/session", body: none, reply: SessionView }),
  /**
   * Refuses every bearer and every sign-in of the caller up to now, and ends their open streams; withdraws what waits for a phone or is
   * held, and stops runs. Answers once the second is over, so that the next sign-in is of a later one.
   */
  signOutEverywhere: route({
    method: "POST",
    path: "/api/session/sign-out-everywhere",
    body: none,
    reply: z.object({ signedOut: z.literal(true) }),
  }),
  /**
   * Deletes everything that VaultDesk has of the caller, takes Google's permission back, and signs them out everywhere for a minute to come:
   * nothing of theirs opens for anybody any more. Audit rows stay.
   */
  forgetMe: route({
    method: "POST",
    path: "/api/session/forget",
    body: none,
    /** Whether Google says that the permission is gone. */
    reply: z.object({ revoked: z.boolean() }),
  }),
  settings: route({ method: "GET", path: "/api/settings", body: none, reply: Settings }),
  changeSettings: route({
    method: "PUT",
    path: "/api/settings",
    body: SettingsChange,
    reply: Settings,
  }),
  /** When each tool last borrowed a Google token, to the minute. */
  toolUses: route({
    method: "GET",
    path: "/api/tool-uses",
    body: none,
    reply: z.object({ uses: z.array(z.object({ tool: ToolName, at: z.iso.datetime() })) }),
  }),
  /** Takes back at Google what was granted. `revoked: false`: Google did not answer, and the grant stands there. */
  revokeGoogle: route({
    method: "POST",
    path: "/api/google/revoke",
    body: none,
    reply: z.object({ revoked: z.boolean() }),
  }),
  /** The caller's own requests to the phone, newest first, at most 30; `?before=` an earlier reply's `next` goes on. */
  activity: route({
    method: "GET",
    path: "/api/activity",
    body: none,
    reply: z.object({ rows: z.array(ActivityRow), next: z.string().optional() }),
  }),
  /**
   * The caller's own rows of the audit trail, newest first, at most 50. `?group=` of kinds, `?approval=` of one request, `?until=` of before that
   * time; `?before=` an earlier reply's `next` goes on.
   */
  audit: route({ method: "GET", path: "/api/audit", body: none, reply: AuditPage }),
  /** All of them as CSV (RFC 4180), sealed; each time is a row too. */
  auditTable: route({
    method: "POST",
    path: "/api/audit/table",
    body: none,
    reply: z.object({ table: z.string() }),
  }),
  /** Today, the seven days after, and free slots of `?minutes=` (30 without). */
  calendar: route({ method: "GET", path: "/api/calendar", body: none, reply: CalendarView }),
  /** The day on which `?at=` (RFC 3339) falls in `?zone=`; without them now, and UTC. */
  calendarDay: route({
    method: "GET",
    path: "/api/calendar/day",
    body: none,
    reply: CalendarDay,
  }),
  /** What a template is filled with; `?threadId=` names the open thread. */
  composeFacts: route({
    method: "GET",
    path: "/api/compose",
    body: none,
    reply: ComposeFacts,
  }),
  compose: route({
    method: "POST",
    path: "/api/compose",
    body: Compose,
    reply: z.object({ conversationId: ConversationId, draft: DraftView }),
  }),
  /** The caller's own, in the order of their titles. */
  templates: route({
    method: "GET",
    path: "/api/templates",
    body: none,
    reply: z.object({ templates: z.array(OwnTemplate) }),
  }),
  addTemplate: route({
    method: "POST",
    path: "/api/templates",
    body: TemplateText,
    reply: OwnTemplate,
  }),
  changeTemplate: route({
    method: "PUT",
    path: "/api/templates/:id",
    body: TemplateText,
    reply: OwnTemplate,
  }),
  deleteTemplate: route({
    method: "DELETE",
    path: "/api/templates/:id",
    body: none,
    reply: z.object({ deleted: z.literal(true) }),
  }),
  /** What the organisation set for everybody. */
  orgPolicy: route({
    method: "GET",
    path: "/api/organisation/policy",
    body: none,
    reply: OrgPolicyView,
  }),
  /** The caller's deal rooms. An invitation to the address of their connected mailbox is taken up by asking. */
  rooms: route({
    method: "GET",
    path: "/api/rooms",
    body: none,
    reply: z.object({ rooms: z.array(RoomRow) }),
  }),
  /** The caller leads it. */
  createRoom: route({
    method: "POST",
    path: "/api/rooms",
    body: z.object({ codeName: CodeName }),
    reply: RoomView,
  }),
  room: route({ method: "GET", path: "/api/rooms/:id", body: none, reply: RoomView }),
  changeRoom: route({
    method: "PUT",
    path: "/api/rooms/:id",
    body: z.object({ version: z.int(), details: RoomDetails }),
    reply: RoomView,
  }),
  changeRoles: route({
    method: "PUT",
    path: "/api/rooms/:id/roles",
    body: z.object({ version: z.int(), roles: Roles }),
    reply: RoomView,
  }),
  changeRules: route({
    method: "PUT",
    path: "/api/rooms/:id/rules",
    body: z.object({ version: z.int(), rules: EyesRules }),
    reply: RoomView,
  }),
  /** Closed: everybody reads, nobody writes. */
  closeRoom: route({
    method: "PUT",
    path: "/api/rooms/:id/state",
    body: z.object({ version: z.int(), state: RoomState }),
    reply: RoomView,
  }),
  /** For good: its key is destroyed. Mail and drafts stay in Gmail. */
  deleteRoom: route({
    method: "DELETE",
    path: "/api/rooms/:id",
    body: none,
    reply: z.object({ deleted: z.literal(true) }),
  }),
  inviteMember: route({
    method: "POST",
    path: "/api/rooms/:id/members",
    body: z.object({ address: Address, role: RoleName }),
    reply: RoomView,
  }),
  /** `from` is the role as it was shown. */
  changeMember: route({
    method: "PUT",
    path: "/api/rooms/:id/members/:memberId",
    body: z.object({ from: RoleName, role: RoleName }),
    reply: RoomView,
  }),
  /** Their access ends with it, and what waits for their phone on the room's threads is withdrawn. Oneself: leaving. */
  removeMember: route({
    method: "DELETE",
    path: "/api/rooms/:id/members/:memberId",
    body: none,
    reply: z.object({ removed: z.literal(true) }),
  }),
  /** By the member or a lead, up to a year ahead. `until`: the first day back in `timeZone`. */
  setAbsence: route({
    method: "PUT",
    path: "/api/rooms/:id/members/:memberId/absence",
    body: Absence.extend({ timeZone: z.string().min(1).max(64) }),
    reply: RoomView,
  }),
  endAbsence: route({
    method: "DELETE",
    path: "/api/rooms/:id/members/:memberId/absence",
    body: none,
    reply: RoomView,
  }),
  /** The thread of the caller's mailbox; other members have it under ids of their own. */
  addThread: route({
    method: "POST",
    path: "/api/rooms/:id/threads",
    body: z.object({ threadId: ThreadId }),
    reply: ThreadPlace,
  }),
  removeThread: route({
    method: "DELETE",
    path: "/api/rooms/:id/threads/:linkId",
    body: none,
    reply: z.object({ removed: z.literal(true) }),
  }),
  /** For a lead: the room's own rows and those of what was asked under its rules, by whomever; the query as of `audit`. */
  roomAudit: route({
    method: "GET",
    path: "/api/rooms/:id/audit",
    body: none,
    reply: RoomAuditPage,
  }),
  roomAuditTable: route({
    method: "POST",
    path: "/api/rooms/:id/audit-table",
    body: none,
    reply: z.object({ table: z.string() }),
  }),
  /** Where the counterparties stand: what members said, and what the caller's own assistant proposed. */
  tracker: route({
    method: "GET",
    path: "/api/rooms/:id/tracker",
    body: none,
    reply: TrackerView,
  }),
  /** By hand. With a quote, the message of that thread in which it stands says it. `instead`: an entry that is withdrawn with it. */
  noteMilestone: route({
    method: "POST",
    path: "/api/rooms/:id/tracker",
    body: z.object({
      said: Reached,
      mail: z.object({ threadId: ThreadId, quote: Quote }).optional(),
      instead: EntryId.optional(),
    }),
    reply: TrackerView,
  }),
  /** What the caller's own assistant proposed, as they stand for it. */
  confirmMilestone: route({
    method: "PUT",
    path: "/api/rooms/:id/tracker/:entryId",
    body: z.object({ said: Reached }),
    reply: TrackerView,
  }),
  /** A proposal is gone with it; what was confirmed is kept, and no longer counts. */
  withdrawMilestone: route({
    method: "DELETE",
    path: "/api/rooms/:id/tracker/:entryId",
    body: none,
    reply: TrackerView,
  }),
  /** Only from a mailbox that has the mail with these words. */
  milestoneMail: route({
    method: "GET",
    path: "/api/rooms/:id/tracker/:entryId/mail",
    body: none,
    reply: EntryMail,
  }),
  /** Which counterparties have not answered our last mail, counted in the caller's own mailbox among the room's threads. */
  trackerSilence: route({
    method: "GET",
    path: "/api/rooms/:id/tracker-silence",
    body: none,
    reply: z.object({ silent: z.array(Silence) }),
  }),
  /** As CSV, without quotes. */
  trackerTable: route({
    method: "GET",
    path: "/api/rooms/:id/tracker-table",
    body: none,
    reply: z.object({ csv: z.string() }),
  }),
  /** The rooms of the thread `?threadId=`, and where else it may belong. */
  threadPlace: route({
    method: "GET",
    path: "/api/thread-place",
    body: none,
    reply: ThreadPlace,
  }),
  /** What it takes away from who gets which documents everywhere. */
  changeTiers: route({
    method: "PUT",
    path: "/api/rooms/:id/tiers",
    body: z.object({ version: z.int(), tiers: Tightened }),
    reply: RoomView,
  }),
  /** The files of the thread `?threadId=`; none of them is fetched. */
  threadFiles: route({
    method: "GET",
    path: "/api/thread-files",
    body: none,
    reply: z.object({ files: z.array(ThreadFile) }),
  }),
  /** The file is read in the caller's mailbox and kept as hashes; the same content is the same document. */
  markDocument: route({
    method: "POST",
    path: "/api/rooms/:id/documents",
    body: z.object({
      threadId: ThreadId,
      messageId: MessageId,
      number: z.int().positive(),
      tier: Tier,
    }),
    reply: RoomView,
  }),
  /** `from` is the tier as it was shown. */
  changeDocument: route({
    method: "PUT",
    path: "/api/rooms/:id/documents/:documentId",
    body: z.object({ from: Tier, tier: Tier }),
    reply: RoomView,
  }),
  unmarkDocument: route({
    method: "DELETE",
    path: "/api/rooms/:id/documents/:documentId",
    body: none,
    reply: RoomView,
  }),
  startRun: route({
    method: "POST",
    path: "/api/runs",
    body: StartRun,
    reply: z.object({ conversationId: ConversationId, runId: RunId }),
  }),
  cancelRun: route({
    method: "POST",
    path: "/api/runs/:id/cancel",
    body: none,
    reply: z.object({ cancelled: z.boolean() }),
  }),
  /**
   * Newest first, at most 50; `?before=` an earlier reply's `next` goes on. `?q=` looks for words in the titles, questions and answers of
   * the newest 500, and `olderNotSearched` says that there are more.
   */
  conversations: route({
    method: "GET",
    path: "/api/conversations",
    body: none,
    reply: z.object({
      conversations: z.array(ConversationRow),
      next: z.string().optional(),
      olderNotSearched: z.literal(true).optional(),
    }),
  }),
  renameConversation: route({
    method: "PUT",
    path: "/api/conversations/:id",
    body: z.object({ title: z.string().trim().min(1).max(120) }),
    reply: z.object({ renamed: z.literal(true) }),
  }),
  /** Withdraws what waits for a phone, stops its run, and deletes. Refused while one of its mails is being sent. */
  deleteConversation: route({
    method: "DELETE",
    path: "/api/conversations/:id",
    body: none,
    reply: z.object({ deleted: z.literal(true) }),
  }),
  editDraft: route({
    method: "PUT",
    path: "/api/conversations/:id/drafts/:draftId",
    body: z.object({ edit: DraftEdit, /** The version that was edited. */ messageId: MessageId }),
    reply: DraftView,
  }),
  askApproval: route({
    method: "POST",
    path: "/api/approvals",
    body: AskApproval,
    reply: ApprovalView,
  }),
  /** Open ones first, then the last ended, at most 50. */
  approvals: route({
    method: "GET",
    path: "/api/approvals",
    body: none,
    reply: z.object({ approvals: z.array(ApprovalView) }),
  }),
  /** What an ended request asked for, asked once more as it is now: events and moves of mail; a mail is asked for by its draft. */
  askAgain: route({
    method: "POST",
    path: "/api/approvals/:id/again",
    body: none,
    reply: ApprovalView,
  }),
  /** Asks for what takes an executed request back, where Google allows. */
  undoApproval: route({
    method: "POST",
    path: "/api/approvals/:id/undo",
    body: none,
    reply: ApprovalView,
  }),
  cancelApproval: route({
    method: "POST",
    path: "/api/approvals/:id/cancel",
    body: none,
    reply: ApprovalView,
  }),
} as const;

/**
 * Server-sent events of a conversation (WHATWG HTML 9.2): `id` is the event's `seq`, `data` a `ConversationEvent`,
 * a comment line each 15 s. `Last-Event-ID: n` goes on after n; without it from the first event. The comment `ASKED` says that a request
 * to the caller's phone moved, in whichever conversation: `routes.approvals` has it.
 */
export const EVENTS_PATH = "/api/conversations/:id/events";
/** The same where no conversation is open: comments alone. */
export const OWN_EVENTS_PATH = "/api/events";
export const ASKED = "asked";
