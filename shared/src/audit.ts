/**
 * What the audit trail holds, in one place: the kinds of its rows and the facts that each may carry. Ids, digests, states, counts and times;
 * never mail text, an address or a token. And the wire form in which a person's own rows reach the panel. Pure.
 */
import { z } from "zod";

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
    ],
  },
  /** One mail of several was sent; the approval has not ended. */
  "effect.recorded": { group: "approvals", needs: ["digest"], may: ["messages"] },
  /** What the policy, a denial of before or the state of the world kept from the phone. `kind` is the wish's. */
  "wish.refused": { group: "approvals", needs: ["kind", "reason", "conversationId"] },
  /** The first request of a sign-in; `since` in seconds since the epoch, as the extension or the bearer says it. */
  "session.signed_in": { group: "access", needs: ["since"] },
  "session.signed_out_everywhere": { group: "access", needs: ["before"] },
  /** What Google grants is not what it was: the scopes, without their common address. */
  "google.connected": { group: "access", needs: ["scopes"] },
  "google.disconnected": { group: "access", needs: [] },
  "settings.changed": { group: "settings", needs: ["changed"] },
  "conversation.deleted": { group: "records", needs: ["conversationId"] },
  "conversation.expired": { group: "records", needs: ["conversationId"] },
  "room.created": { group: "rooms", needs: ["memberId"] },
  "room.changed": { group: "rooms", needs: ["version", "stage"] },
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
  "thread.added": { group: "rooms", needs: ["linkId"] },
  "thread.removed": { group: "rooms", needs: ["linkId"] },
  "audit.exported": { group: "records", needs: ["format"], may: ["rows"] },
  /** Rows up to `through` were removed; what follows is joined to a signed anchor. */
  "audit.pruned": { group: "records", needs: ["through", "before"] },
  "hold.added": { group: "records", needs: ["hold"], may: ["person", "conversation"] },
  "hold.removed": { group: "records", needs: ["hold"], may: ["person", "conversation"] },
  /** The store was brought back from a backup that ended at row `seq`: what was written after it is gone from here. */
  "store.restored": { group: "records", needs: ["seq", "hash"] },
  "person.forgotten": { group: "records", needs: ["conversations"] },
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
