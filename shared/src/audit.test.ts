import { expect, test } from "vitest";

import { AUDIT_KINDS, factsFault, isAuditKind } from "./audit.ts";

/** Changing a line here changes what old exports are read by: kinds are added, not altered. */
test("each kind carries these facts, in brackets where they apply", () => {
  const rows = Object.entries(AUDIT_KINDS).map(([kind, { group, needs, may = [] }]) =>
    [group, kind, ...needs, ...may.map((name) => `[${name}]`)].join(" "),
  );
  expect(rows).toEqual([
    "approvals approval.moved from to digest approver [kind] [conversationId] [warnings] [request] [jti] [messages] [events] [reason] [restored] [seconds] [secondOf] [standsFor] [askedAt]",
    "approvals effect.recorded digest [messages]",
    "approvals tier.override_asked by why breaks digest",
    "approvals wish.refused kind reason conversationId",
    "access session.signed_in since",
    "access session.signed_out_everywhere before",
    "access google.connected scopes",
    "access google.disconnected",
    "settings settings.changed changed",
    "records conversation.deleted conversationId [reason]",
    "records person.forgotten by conversations",
    "rooms room.created memberId",
    "rooms room.changed version stage [circle]",
    "rooms room.roles_changed version",
    "rooms room.rules_changed version",
    "rooms room.closed version",
    "rooms room.reopened version",
    "rooms room.deleted version",
    "rooms member.invited memberId role",
    "rooms member.joined memberId role",
    "rooms member.kept_out memberId",
    "rooms member.role_changed memberId from to",
    "rooms member.removed memberId role",
    "rooms member.left memberId role",
    "rooms member.away memberId delegateId until",
    "rooms member.back memberId reason",
    "rooms thread.added linkId",
    "rooms thread.removed linkId",
    "rooms milestone.proposed entryId milestone",
    "rooms milestone.confirmed entryId milestone [instead]",
    "rooms milestone.rejected entryId milestone",
    "rooms milestone.withdrawn entryId milestone",
    "rooms tracker.exported entries",
    "rooms document.marked documentId tier",
    "rooms document.tier_changed documentId from to",
    "rooms document.unmarked documentId tier",
    "rooms room.tiers_changed version",
    "records audit.cut seq hash rows",
    "records audit.exported format [rows]",
    "records hold.added hold [person] [conversation]",
    "records hold.removed hold [person] [conversation]",
    "records policy.changed digest from",
    "records store.restored seq hash",
  ]);
});

test.each([
  [{ kind: "session.signed_in", facts: { since: 1 } }, undefined],
  [{ kind: "session.signed_in", facts: {} }, "session.signed_in lacks since"],
  [{ kind: "session.signed_in", facts: { since: 1, device: "x" } }, "session.signed_in has device"],
  [{ kind: "toString", facts: {} }, "toString is no kind"],
])("%j", ({ kind, facts }, fault) => {
  expect(factsFault({ kind, facts, sub: "a" })).toBe(fault);
  expect(isAuditKind(kind)).toBe(kind !== "toString");
});
