/**
 * What the audit trail holds, in one place: the kinds of its rows and the facts that each may carry. Ids, digests, states, counts and times;
 * never mail text, an address or a token. And the wire form in which a person's own rows reach the panel. Pure.
 */
import { z } from "zod";

import type { RoomId } from "./id.ts";

export const AuditGroup = z.enum(["approvals", "access", "settings", "rooms", "records"]);
export type AuditGroup = z.infer<typeof AuditGroup>;

interface KindFacts {
  group: AuditGroup;
  /** Always there. */
  needs: readonly string[];
  /** There where it applies. */
  may?: readonly string[];
}

const KINDS = {
  /** A move of an approval; `from` is `none` for its first. */
  "approval.moved": {
    group: "approvals",
    needs: ["from", "to", "digest", "approver"],
    may: [
      "kind",
      "conversationId",
      "warnings",
      "request",
      "jti",
      "messages",
      "events",
      "reason",
      "restored",
      // Of a request that waits for others: theirs. Of one of theirs: the first.
      "seconds",
      "secondOf",
      // The member who is away and for whom this one was asked.
      "standsFor",
      "askedAt",
    ],
  },
  /** One mail of several was sent; the approval has not ended. */
  "effect.recorded": { group: "approvals", needs: ["digest"], may: ["messages"] },
  /** A mail that breaks the table of tiers, and why: `by` is the member who has to say yes too; `breaks` are document, tier and reader of each. */
  "tier.override_asked": { group: "approvals", needs: ["by", "why", "breaks", "digest"] },
  /** What the policy, a role, a denial of before or the state of the world kept from the phone. `kind` is the wish's, or a tool that the role lacks. */
  "wish.refused": { group: "approvals", needs: ["kind", "reason", "conversationId"] },
  /** The first request of a sign-in; `since` in seconds since the epoch, as the extension or the bearer says it. */
  "session.signed_in": { group: "access", needs: ["since"] },
  "session.signed_out_everywhere": { group: "access", needs: ["before"] },
  /** What Google grants is not what it was: the scopes, without their common address. */
  "google.connected": { group: "access", needs: ["scopes"] },
  "google.disconnected": { group: "access", needs: [] },
  "settings.changed": { group: "settings", needs: ["changed"] },
  /** `reason`: `expired`; absent when its person did it. */
  "conversation.deleted": { group: "records", needs: ["conversationId"], may: ["reason"] },
  /** `by`: `self` or `operator`. What they had is gone; the rows that name them stay. */
  "person.forgotten": { group: "records", needs: ["by", "conversations"] },
  "room.created": { group: "rooms", needs: ["memberId"] },
  /** `circle`: how many lines came to each side. */
  "room.changed": { group: "rooms", needs: ["version", "stage"], may: ["circle"] },
  "room.roles_changed": { group: "rooms", needs: ["version"] },
  "room.rules_changed": { group: "rooms", needs: ["version"] },
  "room.closed": { group: "rooms", needs: ["version"] },
  "room.reopened": { group: "rooms", needs: ["version"] },
  "room.deleted": { group: "rooms", needs: ["version"] },
  "member.invited": { group: "rooms", needs: ["memberId", "role"] },
  "member.joined": { group: "rooms", needs: ["memberId", "role"] },
  "member.kept_out": { group: "rooms", needs: ["memberId"] },
  "member.role_changed": { group: "rooms", needs: ["memberId", "from", "to"] },
  "member.removed": { group: "rooms", needs: ["memberId", "role"] },
  "member.left": { group: "rooms", needs: ["memberId", "role"] },
  /** `until`: the first day back, which ends it without a row. */
  "member.away": { group: "rooms", needs: ["memberId", "delegateId", "until"] },
  /** Ended before its day: by somebody, or since one of the two left or has another role. */
  "member.back": { group: "rooms", needs: ["memberId", "reason"] },
  "thread.added": { group: "rooms", needs: ["linkId"] },
  "thread.removed": { group: "rooms", needs: ["linkId"] },
  "milestone.proposed": { group: "rooms", needs: ["entryId", "milestone"] },
  /** `instead`: of which one. */
  "milestone.confirmed": { group: "rooms", needs: ["entryId", "milestone"], may: ["instead"] },
  "milestone.rejected": { group: "rooms", needs: ["entryId", "milestone"] },
  "milestone.withdrawn": { group: "rooms", needs: ["entryId", "milestone"] },
  "tracker.exported": { group: "rooms", needs: ["entries"] },
  "document.marked": { group: "rooms", needs: ["documentId", "tier"] },
  "document.tier_changed": { group: "rooms", needs: ["documentId", "from", "to"] },
  "document.unmarked": { group: "rooms", needs: ["documentId", "tier"] },
  "room.tiers_changed": { group: "rooms", needs: ["version"] },
  /** Rows up to `seq` were removed by their age, `rows` of them; the last one's hash. */
  "audit.cut": { group: "records", needs: ["seq", "hash", "rows"] },
  "audit.exported": { group: "records", needs: ["format"], may: ["rows"] },
  "hold.added": { group: "records", needs: ["hold"], may: ["person", "conversation"] },
  "hold.removed": { group: "records", needs: ["hold"], may: ["person", "conversation"] },
  /** The server started with another policy of the organisation; `digest` of what it says, `none` without one. */
  "policy.changed": { group: "records", needs: ["digest", "from"] },
  /** The store was brought back from a backup that ended at row `seq`: what was written after it is gone from here. */
  "store.restored": { group: "records", needs: ["seq", "hash"] },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type AuditKind = keyof typeof KINDS;
export const AUDIT_KINDS: Readonly<Record<AuditKind, KindFacts>> = KINDS;

/** `sub` of what no person of the tenant did: the operator, at the server's own command line. */
export const OPERATOR = "operator";

export function isAuditKind(kind: string): kind is AuditKind {
  return Object.hasOwn(KINDS, kind);
}

/** An entry as anybody may read it: of a kind of ours or of a later version. */
export const AuditEntryView = z.object({
  kind: z.string(),
  sub: z.string(),
  approvalId: z.string().optional(),
  roomId: z.string().optional(),
  facts: z.record(z.string(), z.string().or(z.number())),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** What is wrong with an entry's facts, in words; `undefined` when they are what its kind says. */
export function factsFault({ kind, facts }: AuditEntryView): string | undefined {
  if (!isAuditKind(kind)) return `${kind} is no kind`;
  const { needs, may = [] } = AUDIT_KINDS[kind];
  const lacking = needs.find((name) => !Object.hasOwn(facts, name));
  if (lacking !== undefined) return `${kind} lacks ${lacking}`;
  const extra = Object.keys(facts).find((name) => !needs.includes(name) && !may.includes(name));
  return extra === undefined ? undefined : `${kind} has ${extra}`;
}

/** What a row's hash is of. */
export function rowText(prev: string, seq: number, at: string, entry: string): string {
  return `${prev}\n${seq}\n${at}\n${entry}`;
}

export const AuditRow = z.object({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  /** The text as it was hashed. */
  entry: z.string(),
  prev: z.string(),
  hash: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;

/**
 * The server's word that these rows of one person are in its chain: whoever holds a whole export sees whether they are. `signature` is Ed25519,
 * `publicKey` raw, both base64url.
 */
export const AuditSeal = z.object({
  publicKey: z.string(),
  /** The chain's last row, and when the server said so. */
  head: z.object({ seq: z.int().nonnegative(), hash: z.string(), at: z.iso.datetime() }),
  signature: z.string(),
});
export type AuditSeal = z.infer<typeof AuditSeal>;

/** Whose rows a seal is of where they are a deal room's. */
export function roomSubject(id: RoomId): string {
  return `room ${id}`;
}

/** What the seal signs: whose rows, up to which row of the chain, and which. Row hashes are of fixed length and carry no text. */
export function sealedText(
  sub: string,
  head: AuditSeal["head"],
  rows: readonly Pick<AuditRow, "seq" | "hash">[],
): string {
  const lines = rows.map(({ seq, hash }) => `${seq} ${hash}`);
  return ["vaultdesk audit extract v1", sub, head.seq, head.hash, head.at, ...lines].join("\n");
}

/** A page of rows, newest first. */
export const AuditPage = z.object({
  rows: z.array(AuditRow),
  seal: AuditSeal,
  /** `before` of the page after this. */
  next: z.string().optional(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** A page of a deal room's rows, and the addresses of those of its members whose rows are among them. */
export const RoomAuditPage = AuditPage.extend({
  people: z.array(z.object({ sub: z.string(), address: z.string() })),
});
export type RoomAuditPage = z.infer<typeof RoomAuditPage>;
