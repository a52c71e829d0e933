/** Four eyes, on either store: an analyst's mail to the counterparty waits for the lead's own phone, and the two end together, whatever happens. */
import { untilWords } from "@vaultdesk/shared/absence.ts";
import { AuditEntryView, factsFault } from "@vaultdesk/shared/audit.ts";
import { MemberId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { BUILT_IN } from "@vaultdesk/shared/org-policy.ts";
import { CEILING, DEFAULT_ROLES } from "@vaultdesk/shared/role.ts";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";

import type { PushRequest } from "./approvals/ciba.ts";
import { markRestored } from "./approvals/restored.ts";
import type { PollAnswer } from "./approvals/transition.ts";
import { withdraw } from "./approvals/withdraw.ts";
import { ANA, grantFor, MAYA, office, panel, STORES, type Yes } from "./engine-office.ts";
import { createAbsences } from "./rooms/absence.ts";
import { createMover } from "./rooms/change.ts";
import { createEndAccess } from "./rooms/end-access.ts";
import { createMembers } from "./rooms/members.ts";
import { createRooms } from "./rooms/record.ts";

const SUB = panel.sub;
const LEAD = "google-oauth2|1003";
const LEAD_MAIL = "lea@northgate.example";

const CARA = "google-oauth2|1004";
const CARA_MAIL = "cara@northgate.example";

const Move = z.object({
  approvalId: z.string().optional(),
  facts: z.object({
    to: z.string().optional(),
    approver: z.string().optional(),
    digest: z.string().optional(),
  }),
});

type Says = "yes" | "no" | "nothing" | Yes;

async function answerOf(request: PushRequest, says: Says): Promise<PollAnswer> {
  if (says === "nothing") return { kind: "pending" };
  if (says === "no") return { kind: "access_denied" };
  return { kind: "token", accessToken: await grantFor(request, says === "yes" ? {} : says) };
}

const now = () => new Date();

/** Four days ahead: the first day back. */
const BACK = new Date(Date.now() + 345_600_000).toISOString().slice(0, 10);

/**
 * Maya is an analyst in a room that Lea leads, and asks to mail the counterparty. `away`: Lea is, and named her associate Cara, who could not
 * say yes of herself.
 */
async function asked(
  store: "sqlite" | "postgres",
  { away = false, ...options }: Parameters<typeof office>[0] & { away?: boolean } = {},
) {
  const desk = await office({ store, ...options });
  const { db, bus, keyring: keys } = desk;
  const move = createMover({ db, bus, keys, ceiling: CEILING, now });
  const rooms = createRooms({ db, keys, move, policy: BUILT_IN, now });
  const members = createMembers({ db, bus, keys, move, policy: BUILT_IN, now });
  await members.arrive(LEAD, LEAD_MAIL);
  const made = await rooms.create(LEAD, "Falcon");
  if (!made.ok) throw new Error(made.problem.code);
  const { id: roomId, details, version } = made.value;
  const circle = [
    { who: "northgate.example", side: "own" as const },
    { who: "helio-capital.example", side: "counterparty" as const },
  ];
  await rooms.change(LEAD, roomId, version, { ...details, circle });
  const analyst = { ...DEFAULT_ROLES.analyst, reach: "circle" as const };
  await rooms.changeRoles(LEAD, roomId, version + 1, { ...DEFAULT_ROLES, analyst });
  await members.invite(LEAD, roomId, MAYA, "analyst");
  await members.arrive(SUB, MAYA);
  const memberOf = async (sub: string) => {
    const member = db.selectFrom("room_members").select("id").where("sub", "=", sub);
    return MemberId.parse((await member.executeTakeFirstOrThrow()).id);
  };
  const absences = createAbsences({ move, now });
  const leave = async (by: string, who: string, delegate: string) =>
    absences.set(by, roomId, await memberOf(who), {
      until: BACK,
      timeZone: "UTC",
      delegate: await memberOf(delegate),
    });
  if (away) {
    await members.invite(LEAD, roomId, CARA_MAIL, "associate");
    await members.arrive(CARA, CARA_MAIL);
    const left = await leave(LEAD, LEAD, CARA);
    if (!left.ok) throw new Error(left.problem.code);
  }
  const { conversationId } = desk;
  await db
    .insertInto("conversation_rooms")
    .values({ conversation_id: conversationId, room_id: roomId })
    .execute();

  const says: Record<string, Says> = {};
  desk.says((request) => answerOf(request, says[request.approver] ?? "nothing"));
  const mail = await desk.draft();
  const told = vi.fn<() => void>();
  desk.log.watchAsked(away ? CARA : LEAD, told, new AbortController().signal);
  const first = await desk.asked(mail);
  const [second] = await desk.approvals.onPhone(away ? CARA : LEAD, [
    "proposed",
    "waiting",
    "approved",
  ]);
  if (second === undefined) throw new Error("nobody else was asked");
  const { id } = second.view;
  await desk.becomes(id, "waiting");
  return {
    ...desk,
    asksFor: mail,
    told,
    rooms,
    members,
    absences,
    leave,
    roomId,
    first,
    second: id,
    say: (sub: string, what: Says) => {
      says[sub] = what;
    },
    states: async () => [await desk.state(first), await desk.state(id)],
    endings: async () =>
      Promise.all(
        [first, id].map(async (one) => (await desk.approvals.find(one))?.view.ending ?? ""),
      ),
    memberOf,
  };
}

type Desk = Awaited<ReturnType<typeof asked>>;

const roleOf = (who: string, role: string) => async (desk: Desk) => {
  await desk.db.updateTable("room_members").set({ role }).where("sub", "=", who).execute();
};

const refused = (code: string) => ({ ok: false, problem: { code } });

async function becomes(desk: Desk, first: string, second: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await desk.states()).toEqual([first, second]);
  }, 5000);
}

describe.each(STORES)("on %s", (store) => {
  test("each phone is asked for the same digest; nothing is sent before both said yes, and then once", async () => {
    const desk = await asked(store);
    const [mine, hers] = [SUB, LEAD].map((sub) => desk.pushes.find((one) => one.approver === sub));
    expect(hers?.details.instruction).toBe(`${MAYA} asks you: Approve sending this mail`);
    expect(hers?.details.properties["digest"]).toEqual(mine?.details.properties["digest"]);
    expect(hers?.bindingMessage).not.toBe(mine?.bindingMessage);
    const why = "Mail or an event to anybody outside by an analyst needs a lead.";
    // At once: a panel of hers reads it again.
    expect(desk.told.mock.calls.length).toBeGreaterThan(0);
    const [shown] = await desk.approvals.list(LEAD);
    expect(shown?.asker).toEqual({ who: MAYA, why });
    expect(shown?.items[0]).toMatchObject({ content: { to: [`Ana Ruiz <${ANA}>`] } });
    expect((await desk.approvals.list(SUB))[0]?.others).toEqual([
      { who: LEAD_MAIL, role: "lead", state: "waiting", why },
    ]);

    desk.say(SUB, "yes");
    await becomes(desk, "approved", "waiting");
    // Neither the token of an open panel nor another process gets past the one who has not answered.
    await desk.executor.settle(panel);
    await desk.rival.execute(desk.first, panel);
    await desk.rival.execute(desk.second, { kind: "panel", sub: LEAD, subjectToken: "bearer" });
    expect(await desk.states()).toEqual(["approved", "waiting"]);
    expect(desk.delivered()).toEqual([]);

    desk.say(LEAD, "yes");
    await becomes(desk, "executed", "executed");
    expect(desk.delivered()).toHaveLength(1);
    expect(desk.lent.at(-1)).toBe("approval");
    await vi.waitFor(() => {
      expect(desk.ended).toEqual([desk.first]);
    });
    expect(await desk.queue.next()).toBeUndefined();
    expect((await desk.endings())[1]).toBe(
      `Sent. You and ${MAYA} approved it, and Google has done it in their account.`,
    );
    const rows = await desk.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    const moves = rows.flatMap(({ entry }) => {
      const { approvalId, facts } = Move.parse(parseJson(entry));
      return facts.to === "executing" ? [[approvalId, facts.approver, facts.digest]] : [];
    });
    const digest = mine?.details.properties["digest"]?.value;
    expect(moves).toEqual([
      [desk.second, LEAD, digest],
      [desk.first, SUB, digest],
    ]);
  });

  test("two yeses at the same moment, two processes that watch: it is sent once", async () => {
    const desk = await asked(store);
    desk.watching();
    desk.say(SUB, "yes");
    desk.say(LEAD, "yes");
    await becomes(desk, "executed", "executed");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("the hold begins with the last yes, and the one who was asked can stop it too", async () => {
    const desk = await asked(store, { holdSeconds: 30 });
    desk.say(SUB, "yes");
    await becomes(desk, "approved", "waiting");
    expect((await desk.approvals.find(desk.first))?.view.holdUntil).toBeUndefined();
    desk.say(LEAD, "yes");
    await becomes(desk, "approved", "approved");
    const hold = (await desk.approvals.find(desk.first))?.view.holdUntil;
    expect(hold).toBe((await desk.approvals.find(desk.second))?.view.holdUntil);
    expect(Date.parse(hold ?? "")).toBeGreaterThan(Date.now());
    const held = await desk.approvals.find(desk.second);
    if (held !== undefined) await withdraw(desk.approvals, held);
    expect(await desk.states()).toEqual(["cancelled", "cancelled"]);
    expect(desk.delivered()).toEqual([]);
  });

  test.each<[string, string, Says, string, string, string]>([
    ["the requester denies", SUB, "no", "denied", "cancelled", `${MAYA} denied it`],
    ["the lead denies", LEAD, "no", "cancelled", "denied", `${LEAD_MAIL} denied it`],
    [
      "the lead's request is answered with a yes of the requester",
      LEAD,
      { sub: SUB },
      "cancelled",
      "failed",
      "does not fit what was asked",
    ],
  ])("%s: both end in words, and nothing is sent", async (_, who, what, first, second, words) => {
    const desk = await asked(store);
    desk.say(who === SUB ? LEAD : SUB, "yes");
    await desk.becomes(who === SUB ? desk.second : desk.first, "approved");
    desk.say(who, what);
    await becomes(desk, first, second);
    expect((await desk.endings())[who === SUB ? 1 : 0]).toContain(words);
    expect(desk.delivered()).toEqual([]);
    await vi.waitFor(() => {
      expect(desk.ended).toEqual([desk.first]);
    });
    expect(await desk.queue.next()).toBeUndefined();
  });

  test("what the lead denied is not asked for again in this conversation", async () => {
    const desk = await asked(store);
    desk.say(LEAD, "no");
    await becomes(desk, "cancelled", "denied");
    expect(await desk.propose(desk.asksFor)).toMatchObject({ problem: { code: "denied_before" } });
  });

  test.each(["first", "second"] as const)(
    "the %s runs out, is withdrawn: both end",
    async (which) => {
      for (const to of ["expired", "cancelled"] as const) {
        const desk = await asked(store);
        await desk.approvals.move(desk[which], "waiting", to);
        expect(await desk.states()).toEqual(
          which === "first" ? [to, "cancelled"] : ["cancelled", to],
        );
        desk.say(SUB, "yes");
        desk.say(LEAD, "yes");
        expect(await desk.queue.next()).toBeUndefined();
        await desk.executor.settle(panel);
        expect(desk.delivered()).toEqual([]);
      }
    },
  );

  test("a grant that was used once is no yes of somebody else", async () => {
    const desk = await asked(store);
    const jti = "spent-once";
    desk.say(SUB, { jti });
    await becomes(desk, "approved", "waiting");
    desk.say(LEAD, { jti });
    await becomes(desk, "cancelled", "failed");
    expect(desk.delivered()).toEqual([]);
  });

  test("the draft changes meanwhile: both are told that it drifted", async () => {
    const desk = await asked(store);
    await desk.deleteDraft(desk.asksFor.draftId);
    desk.say(SUB, "yes");
    desk.say(LEAD, "yes");
    await becomes(desk, "drifted", "drifted");
    expect(desk.delivered()).toEqual([]);
    expect((await desk.endings())[1]).toContain(`changed in ${MAYA}'s account`);
  });

  test("the lead said yes and leads no more: the rules are read again", async () => {
    const desk = await asked(store);
    desk.say(LEAD, "yes");
    await desk.becomes(desk.second, "approved");
    await desk.db
      .updateTable("room_members")
      .set({ role: "associate" })
      .where("sub", "=", LEAD)
      .execute();
    desk.say(SUB, "yes");
    await becomes(desk, "failed", "failed");
    expect(desk.delivered()).toEqual([]);
    expect((await desk.endings())[0]).toContain("It needs the yes of a lead");
  });

  test.each([
    ["the requester", SUB, "keeps you apart from mail"],
    ["the lead", LEAD, "It needs the yes of a lead"],
  ])(
    "%s is at a wall from the mail by now: both said yes, nothing is sent",
    async (_, who, words) => {
      const desk = await asked(store);
      const { db, keyring: keys } = desk;
      const mail = "<one@x>";
      await desk.conversations.holds(desk.conversationId, [mail]);
      // Written by a process that died before it withdrew anything.
      const key = { key_wrapped: Buffer.alloc(1), body_sealed: Buffer.alloc(1), created_at: "" };
      const room = { ...key, state: "open", wall: "helio", version: 1 };
      await db
        .insertInto("rooms")
        .values([
          { ...room, id: "mine", wall_side: "buy" },
          { ...room, id: "across", wall_side: "sell" },
        ])
        .execute();
      const link = { room_id: "across", link_id: "l", hash: "h", blind: keys.blind(mail) };
      await db.insertInto("room_messages").values(link).execute();
      const member = { address_sealed: Buffer.alloc(1), role: "lead", since: "" };
      await db
        .insertInto("room_members")
        .values({ ...member, id: "m", room_id: "mine", sub: who, address_hash: "a" })
        .execute();
      desk.say(SUB, "yes");
      desk.say(LEAD, "yes");
      await becomes(desk, "failed", "failed");
      expect(desk.delivered()).toEqual([]);
      expect((await desk.endings())[0]).toContain(words);
      expect(await desk.approvals.list(who)).toEqual([]);
    },
  );

  test("the lead is away: who stands in is asked instead, in words and on the record", async () => {
    const desk = await asked(store, { away: true });
    const { pushes } = desk;
    expect(pushes.map((one) => one.approver)).not.toContain(LEAD);
    const words = `for ${LEAD_MAIL}, away until ${untilWords(BACK, now())}`;
    const hers = pushes.find((one) => one.approver === CARA);
    expect(hers?.details.instruction).toBe(`${MAYA} asks you, ${words}: Approve sending this mail`);
    const standsFor = { who: LEAD_MAIL, until: BACK };
    expect((await desk.approvals.list(CARA))[0]?.asker).toMatchObject({ who: MAYA, standsFor });
    expect((await desk.approvals.list(SUB))[0]?.others).toMatchObject([
      { who: CARA_MAIL, role: "associate", standsFor },
    ]);
    desk.say(SUB, "yes");
    desk.say(CARA, "yes");
    await becomes(desk, "executed", "executed");
    const rows = await desk.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    const entries = rows.map(({ entry }) => AuditEntryView.parse(parseJson(entry)));
    const [memberId, delegateId] = [await desk.memberOf(LEAD), await desk.memberOf(CARA)];
    expect(entries.filter(({ kind }) => kind === "member.away")).toMatchObject([
      { sub: LEAD, facts: { memberId, delegateId, until: BACK } },
    ]);
    expect(entries.filter(({ facts }) => "standsFor" in facts)).toMatchObject([
      { sub: CARA, approvalId: desk.second, facts: { to: "proposed", standsFor: memberId } },
    ]);
    expect(entries.map(factsFault)).not.toContainEqual(expect.any(String));
  });

  test.each<[string, (desk: Desk) => Promise<unknown>]>([
    ["is back", async (desk) => desk.absences.end(LEAD, desk.roomId, await desk.memberOf(LEAD))],
    ["leads no more", roleOf(LEAD, "associate")],
    [
      "is in the room no more",
      (desk) => desk.db.deleteFrom("room_members").where("sub", "=", LEAD).execute(),
    ],
    ["left it to somebody who only observes by now", roleOf(CARA, "observer")],
  ])("who stood in said yes, and the lead %s: nothing is sent", async (_, happens) => {
    const desk = await asked(store, { away: true });
    desk.say(CARA, "yes");
    await desk.becomes(desk.second, "approved");
    await happens(desk);
    desk.say(SUB, "yes");
    await becomes(desk, "failed", "failed");
    expect(desk.delivered()).toEqual([]);
    expect((await desk.endings())[0]).toContain("It needs the yes of a lead");
  });

  test("only a lead names somebody with another role, and nobody is away for others; it ends when one of the two leaves", async () => {
    const desk = await asked(store, { away: true });
    expect(await desk.leave(CARA, CARA, SUB)).toMatchObject(refused("absence_refused"));
    expect(await desk.leave(CARA, CARA, CARA)).toMatchObject(refused("absence_refused"));
    expect(await desk.leave(CARA, LEAD, SUB)).toMatchObject(refused("role_lacks"));
    expect(await desk.leave(LEAD, CARA, LEAD)).toMatchObject(refused("absence_refused"));
    expect(await desk.leave(LEAD, SUB, CARA)).toMatchObject({ ok: true });
    const away = async () =>
      (await desk.rooms.view(LEAD, desk.roomId))?.members.flatMap((one) => one.away ?? []);
    expect(await away()).toHaveLength(2);
    await desk.members.change(LEAD, desk.roomId, await desk.memberOf(CARA), {
      from: "associate",
      role: "analyst",
    });
    expect(await away()).toHaveLength(2);
    await desk.members.remove(LEAD, desk.roomId, await desk.memberOf(CARA));
    expect(await away()).toEqual([]);
    const back = await desk.db
      .selectFrom("audit")
      .select("entry")
      .where("kind", "=", "member.back")
      .execute();
    expect(back).toHaveLength(2);
  });

  test("the lead is removed: their request goes at once, and they see it no more", async () => {
    const desk = await asked(store);
    const { db, approvals } = desk;
    await desk.members.invite(LEAD, desk.roomId, "second@northgate.example", "lead");
    await desk.members.arrive("google-oauth2|1005", "second@northgate.example");
    desk.say(LEAD, "yes");
    await desk.becomes(desk.second, "approved");
    const memberId = await desk.memberOf(LEAD);
    const removed = await desk.members.remove("google-oauth2|1005", desk.roomId, memberId);
    expect(removed.ok).toBe(true);
    const endAccess = createEndAccess({
      db,
      approvals,
      openRuns: () => Promise.resolve([]),
      cancelRun: () => Promise.resolve(true),
    });
    expect(await approvals.list(LEAD)).toEqual([]);
    expect(await approvals.find(desk.second, LEAD)).toBeUndefined();
    await endAccess(LEAD, desk.roomId);
    expect(await desk.states()).toEqual(["cancelled", "cancelled"]);
    expect((await desk.endings())[0]).toContain(`The request to ${LEAD_MAIL} was withdrawn.`);
  });

  test("a row that stands for the lead's yes and was taken out of the table makes no yes", async () => {
    const desk = await asked(store);
    await desk.db.deleteFrom("approvals").where("id", "=", desk.second).execute();
    await desk.db.deleteFrom("queue").where("approval_id", "=", desk.second).execute();
    desk.say(SUB, "yes");
    await desk.becomes(desk.first, "approved");
    await desk.executor.settle(panel);
    expect(await desk.state(desk.first)).toBe("approved");
    expect(desk.delivered()).toEqual([]);
  });

  test("the process that had the requester's token is gone: the open panel's goes on", async () => {
    const desk = await asked(store, { panelGrant: () => panel });
    desk.say(SUB, "yes");
    await becomes(desk, "approved", "waiting");
    await desk.watcher.stop();
    desk.say(LEAD, "yes");
    desk.watching();
    await desk.becomes(desk.second, "approved");
    await desk.db.updateTable("queue").set({ due_at: 1 }).execute();
    await becomes(desk, "executed", "executed");
    expect(desk.lent.at(-1)).toBe("panel");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("a store brought back from a backup asks both again", async () => {
    const desk = await asked(store);
    desk.say(SUB, "yes");
    await becomes(desk, "approved", "waiting");
    await desk.watcher.stop();
    await markRestored(desk.db, desk.keyring, now);
    expect(await desk.states()).toEqual(["unknown", "unknown"]);
    desk.say(SUB, "nothing");
    desk.watching();
    await desk.executor.settle(panel);
    await becomes(desk, "waiting", "waiting");
    expect(desk.pushes.filter((one) => one.approver === LEAD)).toHaveLength(2);
    desk.say(SUB, "yes");
    desk.say(LEAD, "yes");
    await becomes(desk, "executed", "executed");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("nobody in the room could say yes: no phone is asked", async () => {
    const desk = await asked(store);
    const count = desk.pushes.length;
    await desk.db
      .updateTable("room_members")
      .set({ role: "counsel" })
      .where("sub", "=", LEAD)
      .execute();
    const answer = await desk.propose(await desk.draft("Another", "Another"));
    expect(answer).toMatchObject({ ok: false, problem: { code: "nobody_to_approve" } });
    expect(desk.pushes).toHaveLength(count);
  });
});
