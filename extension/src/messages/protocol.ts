/**
 * Messages between the extension's own pages and its worker. Each names its request and its reply; both are parsed.
 * A token travels in one reply only: `session.token`, to the panel.
 */
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import { z } from "zod";

export interface Message<Q extends z.ZodType, R extends z.ZodType> {
  request: Q;
  reply: R;
}

const message = <Q extends z.ZodType, R extends z.ZodType>(
  request: Q,
  reply: R,
): Message<Q, R> => ({
  request,
  reply,
});

const nothing = z.undefined().or(z.null());
const bare = <T extends string>(type: T) => z.object({ type: z.literal(type) });

/** The message under the last right click, or why it can't be named. */
export const Pointed = z.object({
  threadId: ThreadId.optional(),
  messageId: MessageId.optional(),
  /** A folded message that did not unfold; one that has no id yet; a thread that can't be read; no message at all. */
  unnamed: z.enum(["folded", "unsynced", "unreadable", "nothing"]).optional(),
});

/** A right-click on "Draft reply" that waits for a panel which is signed in and connected. */
export const PendingReply = Pointed.extend({ at: z.number() });
export type PendingReply = z.infer<typeof PendingReply>;

export const Token = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("signed_in"),
    token: z.string(),
    /** When the person signed in here, seconds since the epoch. */
    since: z.number().optional(),
  }),
  z.object({ state: z.literal("signed_out") }),
  z.object({ state: z.literal("unreachable"), detail: z.string() }),
]);
export type Token = z.infer<typeof Token>;

export const FlowEnd = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("done") }),
  /** The window was closed, or the person pressed Cancel. */
  z.object({ outcome: z.literal("cancelled") }),
  /** Another window of ours is still open. */
  z.object({ outcome: z.literal("busy") }),
  z.object({ outcome: z.literal("failed"), detail: z.string() }),
]);
export type FlowEnd = z.infer<typeof FlowEnd>;

export const Phone = z.object({ state: z.enum(["enrolled", "none", "unknown"]) });
export type Phone = z.infer<typeof Phone>;

export const Enrolment = z.object({
  id: z.string(),
  authSession: z.string(),
  /** For the QR code. */
  uri: z.string().max(2048),
  /** For who can't scan; not every tenant gives one. */
  code: z.string().max(200).optional(),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** What the content script knows of the tab: ids and colours, no mail text. */
export const GmailView = z.object({
  thread: z.enum(["found", "none", "unsynced", "unreadable"]),
  threadId: ThreadId.optional(),
  /** The open thread has more than one message. */
  several: z.boolean().optional(),
  account: z.string().max(320).optional(),
  /** Somebody else's mailbox, opened by leave of its owner. */
  delegated: z.boolean(),
  /** For example `/mail/u/0/`. */
  base: z.string().regex(/^\/mail\/u\/\d{1,3}\/(?:d\/[\w-]{1,200}\/)?$/),
  theme: z.enum(["light", "dark"]),
});
export type GmailView = z.infer<typeof GmailView>;

export const Reveal = z.object({ found: z.boolean() });

export const messages = {
  /** Panel to worker: may this frame run, and in which tab is it? */
  hello: message(
    bare("panel.hello").extend({ nonce: z.string().max(64) }),
    z.object({ admitted: z.boolean(), tabId: z.int().optional() }),
  ),
  /** Panel to worker: make the page that holds the session. */
  openSession: message(bare("session.open"), nothing),
  /** Panel to worker: the waiting reply of this tab, handed over once. */
  takePending: message(
    bare("pending.take").extend({ tabId: z.int() }),
    z.object({ pending: PendingReply.optional() }),
  ),
  /** Panel to worker: how many approvals are open. */
  openApprovals: message(
    bare("approvals.open").extend({ count: z.int().min(0).max(999) }),
    nothing,
  ),
  /** Worker to panels: a reply waits in this tab. */
  pendingAdded: message(bare("pending.added").extend({ tabId: z.int() }), nothing),

  /** Worker to panels: an update waits, or is late. Whoever holds it answers; the others are silent. */
  updateWaits: message(
    bare("update.waits").extend({ late: z.boolean() }),
    z.object({ held: z.literal(true) }),
  ),

  /** Panel to offscreen page. */
  token: message(bare("session.token").extend({ fresh: z.boolean() }), Token),
  login: message(bare("session.login"), FlowEnd),
  connect: message(
    bare("session.connect").extend({ scopes: z.array(z.string().max(255)).min(1).max(50) }),
    FlowEnd,
  ),
  /** Whether Auth0 can push to a phone of this person. */
  phone: message(bare("session.phone"), Phone),
  /** Begins an enrolment: what the phone scans, and what the end of it names. */
  enrol: message(bare("session.enrol"), Enrolment.optional()),
  /** True once the phone has taken the code. */
  enrolled: message(
    bare("session.enrolled").extend({ id: z.string().max(200), authSession: z.string().max(2048) }),
    z.object({ confirmed: z.boolean() }),
  ),
  disconnect: message(bare("session.disconnect"), FlowEnd),
  logout: message(bare("session.logout"), FlowEnd),
  /** Worker to offscreen page: the badge's number; absent when nobody can say. */
  countApprovals: message(bare("approvals.count"), z.object({ count: z.int().optional() })),
  /** Offscreen page to worker: only the worker has `chrome.identity`. */
  /** What the administrator set and the hosts of the manifest: the session page can read neither. */
  policy: message(
    bare("policy.read"),
    z.object({ serverUrl: z.string().optional(), hosts: z.array(z.string()) }),
  ),
  launch: message(
    bare("flow.launch").extend({ url: z.url({ protocol: /^https$/ }), interactive: z.boolean() }),
    z.object({ back: z.string().optional() }),
  ),

  /** Content script to worker: the frame it just made. */
  registerFrame: message(
    bare("frame.register").extend({ nonce: z.string().min(16).max(64) }),
    nothing,
  ),
  /** Content script to the panel of its tab. */
  viewChanged: message(bare("view.changed").extend({ view: GmailView }), nothing),
} as const;
