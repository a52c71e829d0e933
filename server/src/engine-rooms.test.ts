/**
 * Deal rooms, whole, on either store: an invitation is nothing until its mailbox comes; the thread is known in each member's own mailbox;
 * the model is told of the tools that the role leaves and no other; the role holds at the wish and at the yes; a removal ends all of it.
 */
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { AuditEntryView, RoomAuditPage } from "@vaultdesk/shared/audit.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { DEFAULT_ROLES, type RoleName } from "@vaultdesk/shared/role.ts";
import { type RoomDetails, RoomView } from "@vaultdesk/shared/room.ts";
import { ToolName } from "@vaultdesk/shared/scope.ts";
import { ROOM_TOOLS } from "@vaultdesk/shared/tool-words.ts";
import { toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { deal, raw, sorted } from "./engine-deal.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["sqlite", "postgres"] as const)(
  "invited, joined, given a role, held to it, removed, on %s",
  async (kind) => {
    const office = await deal(kind);
    const { call, maya, ana } = office;
    try {
      // Nobody has a room before their mailbox is known.
      const early = await call(maya, routes.createRoom, {}, { codeName: "Falcon" });
      expect(early.problem?.code).toBe("google_not_connected");
      for (const who of [maya, ana]) await call(who, routes.session);

      const made = await call(maya, routes.createRoom, {}, { codeName: "Falcon" });
      const { id } = RoomView.parse(made.body);
      const view = async (who = maya) =>
        RoomView.parse((await call(who, routes.room, { id })).body);
      expect((await call(ana, routes.room, { id })).status).toBe(404);

      // The invitation is nothing until its mailbox comes: asking for one's rooms takes it up.
      await call(maya, routes.inviteMember, { id }, { address: ANA_MAIL, role: "observer" });
      expect((await view()).members.map(({ state }) => state)).toEqual(["joined", "invited"]);
      expect((await call(ana, routes.room, { id })).status).toBe(404);
      expect((await call(ana, routes.rooms)).body).toMatchObject({
        rooms: [{ id, codeName: "Falcon", yours: "observer" }],
      });
      const member = (await view()).members.find(({ address }) => address === ANA_MAIL);
      if (member === undefined) throw new Error("not there");
      expect(member.state).toBe("joined");
      const give = (from: RoleName, role: RoleName) =>
        call(maya, routes.changeMember, { id, memberId: member.id }, { from, role });

      // The one who leads it can't go, nor step down; a change of what somebody else changed is refused.
      const lead = (await view()).members[0]?.id ?? "";
      const one = { id, memberId: lead };
      const down = { from: "lead", role: "analyst" };
      expect((await call(maya, routes.removeMember, one)).problem?.code).toBe("last_lead");
      expect((await call(maya, routes.changeMember, one, down)).problem?.code).toBe("last_lead");
      expect((await give("analyst", "associate")).problem?.code).toBe("room_changed");

      // Put there by Maya under her id, found by Ana under hers.
      const [hers, his] = [office.threadOf(MAYA_MAIL, "NDA"), office.threadOf(ANA_MAIL, "NDA")];
      expect(hers).not.toBe(his);
      expect(await office.place(ana, his)).toEqual({ rooms: [], others: [] });
      await call(maya, routes.addThread, { id }, { threadId: hers });
      expect((await office.place(ana, his)).rooms).toMatchObject([{ id, codeName: "Falcon" }]);
      // An answer that only Ana got refers to what is known, and is known by it from then on.
      await office.google.importMail(ANA_MAIL, [
        { raw: raw("two", "Re: NDA", "In-Reply-To: <one@x>\r\nReferences: <one@x>\r\n") },
      ]);
      expect((await office.place(ana, his)).rooms).toHaveLength(1);
      const elsewhere = office.threadOf(ANA_MAIL, "Lunch");
      expect((await office.place(ana, elsewhere)).rooms).toEqual([]);

      // The model is told of what each role leaves, in a room's thread alone.
      const draft = toolUse("draft_email_reply", {
        mode: "new",
        to: [MAYA_MAIL],
        subject: "Escrow",
        body: "Hello",
      });
      let now: RoleName = "observer";
      for (const role of ["observer", "counsel", "analyst", "associate"] as const) {
        await give(now, role);
        now = role;
        const asked = await office.ask(ana, his, []);
        expect(asked.tools).toEqual([sorted(DEFAULT_ROLES[role].tools)]);
      }
      expect((await office.ask(ana, elsewhere, [])).tools).toEqual([
        sorted(ToolName.options.filter((tool) => !ROOM_TOOLS.includes(tool))),
      ]);
      await give(now, "observer");
      const refused = await office.ask(ana, his, [draft]);
      expect(refused.drafts).toEqual([]);
      expect(refused.results).toContain("There is no tool named draft_email_reply");
      expect(refused.results).not.toContain("send_email_with_approval");
      const lacked = await office.db
        .selectFrom("audit")
        .select("entry")
        .where("sub", "=", ANA)
        .where("kind", "=", "wish.refused")
        .execute();
      expect(lacked.map(({ entry }) => parseJson(entry))).toMatchObject([
        { facts: { kind: "draft_email_reply", reason: "role_lacks" } },
      ]);
      const typed = { to: [MAYA_MAIL], subject: "x", text: "y", threadId: his };
      expect((await call(ana, routes.compose, {}, typed)).problem?.code).toBe("role_lacks");

      // A draft of an associate, asked for as an observer; then the yes of somebody who became one.
      await give("observer", "associate");
      const wrote = await office.ask(ana, his, [draft]);
      const [saved] = wrote.drafts;
      if (saved === undefined) throw new Error("no draft");
      const { conversationId } = wrote;
      const request = {
        conversationId,
        drafts: [{ draftId: saved.draftId, shown: await digestOf(saved.content) }],
      };
      await give("associate", "observer");
      expect((await call(ana, routes.askApproval, {}, request)).problem).toEqual({
        code: "role_lacks",
        detail: "As observer in Falcon you may not send a draft.",
      });
      expect(office.auth0.phone.pushes(ANA)).toEqual([]);
      await give("observer", "associate");
      const waiting = routes.askApproval.reply.parse(
        (await call(ana, routes.askApproval, {}, request)).body,
      );
      const pushed = async (count: number) =>
        vi.waitFor(() => {
          expect(office.auth0.phone.pushes(ANA)).toHaveLength(count);
        });
      const stateOf = async (approval: string) =>
        (
          await office.db
            .selectFrom("approvals")
            .select("state")
            .where("id", "=", approval)
            .executeTakeFirstOrThrow()
        ).state;
      await pushed(1);
      await give("associate", "observer");
      office.auth0.phone.approve(office.auth0.phone.pushes(ANA)[0]?.id ?? "");
      await vi.waitFor(async () => {
        expect(await stateOf(waiting.id)).toBe("failed");
      }, 8000);

      // Whoever leads the room reads what became of it, and of nothing that was asked outside of the room.
      const log = async (who: typeof maya, query = {}) => {
        const { status, body } = await call(who, routes.roomAudit, { id, ...query });
        const page = RoomAuditPage.safeParse(body).data;
        const entries = (page?.rows ?? []).map((row) => AuditEntryView.parse(parseJson(row.entry)));
        return { status, page, entries };
      };
      expect((await log(ana)).status).toBe(403);
      const { page: led, entries } = await log(maya);
      expect(entries.map((entry) => entry.kind)).toEqual(
        expect.arrayContaining(["room.created", "member.joined", "thread.added"]),
      );
      const asked = entries.filter(({ approvalId }) => approvalId !== undefined);
      expect(asked.map(({ facts }) => facts["to"])).toContain("approved");
      expect(new Set(asked.map((e) => [e.sub, e.approvalId].join()))).toEqual(
        new Set([[ANA, waiting.id].join()]),
      );
      expect(led?.people).toContainEqual({ sub: ANA, address: ANA_MAIL });

      // Removed while a request waits and a stream is open: both end, and nothing of the room answers.
      await give("observer", "associate");
      const seen = await view();
      const wall = { name: "Helio", side: "buy" };
      const walls = { version: seen.version, details: { ...seen.details, wall } };
      const byAna = await call(ana, routes.changeRoom, { id }, walls);
      expect(byAna.problem?.detail).toBe("Only a lead sets a wall or takes it down.");
      const again = routes.askApproval.reply.parse(
        (await call(ana, routes.askApproval, {}, request)).body,
      );
      await pushed(2);
      const events = EVENTS_PATH.replace(":id", conversationId);
      const headers = { authorization: `Bearer ${ana.api}` };
      const stream = await office.app.request(events, {
        headers,
        signal: AbortSignal.timeout(10_000),
      });
      const over = (async () => {
        for await (const _ of stream.body ?? []) continue;
        return "ended";
      })();
      await call(maya, routes.removeMember, { id, memberId: member.id });
      expect(await over).toBe("ended");
      expect(await stateOf(again.id)).toBe("cancelled");
      expect((await office.app.request(events, { headers })).status).toBe(404);
      expect((await call(ana, routes.room, { id })).status).toBe(404);
      expect((await call(ana, routes.rooms)).body).toEqual({ rooms: [] });
      expect((await office.place(ana, his)).rooms).toEqual([]);
      const listed = JSON.stringify((await call(ana, routes.conversations)).body);
      expect(listed).not.toContain(conversationId);
      expect((await call(ana, routes.approvals)).body).toEqual({ approvals: [] });
      expect((await call(ana, routes.askAgain, { id: again.id })).status).toBe(404);
      expect(office.google.outbox).toEqual([]);

      // Two who change it from one view: one does.
      const { version, details } = await view();
      const change = (codeName: string) => {
        const changed: RoomDetails = { ...details, codeName };
        return call(maya, routes.changeRoom, { id }, { version, details: changed });
      };
      const both = await Promise.all([change("Kestrel"), change("Merlin")]);
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));

      // What Ana reads and asks for before there is a wall.
      const known = await office.ask(ana, his, [
        toolUse("read_email_thread", { thread_id: his }),
        draft,
      ]);
      const [before] = known.drafts;
      if (before === undefined) throw new Error("no draft");
      const held = routes.askApproval.reply.parse(
        (
          await call(
            ana,
            routes.askApproval,
            {},
            {
              conversationId: known.conversationId,
              drafts: [{ draftId: before.draftId, shown: await digestOf(before.content) }],
            },
          )
        ).body,
      );
      const known404 = async () => {
        const { status } = await office.app.request(
          EVENTS_PATH.replace(":id", known.conversationId),
          { headers, signal: AbortSignal.timeout(200) },
        );
        const list = await office.app.request(`${routes.conversations.path}?q=Write`, { headers });
        return [status, (await list.text()).includes(known.conversationId)];
      };
      expect(await known404()).toEqual([200, true]);

      // Ana's own room on the other side of a wall: neither is let into the other's, and a mail between them stops before the push.
      const heron = RoomView.parse(
        (await call(ana, routes.createRoom, {}, { codeName: "Heron" })).body,
      );
      for (const [who, at, side] of [
        [maya, await view(), "buy"],
        [ana, heron, "sell"],
      ] as const) {
        const walled: RoomDetails = { ...at.details, wall: { name: "Helio", side } };
        const body = { version: at.version, details: walled };
        expect((await call(who, routes.changeRoom, { id: at.id }, body)).status).toBe(200);
      }
      // The request goes with the wall, and the conversation that holds the thread is closed for as long as it stands.
      expect(await stateOf(held.id)).toBe("cancelled");
      expect(await known404()).toEqual([404, false]);
      const audited = await office.db.selectFrom("audit").select("entry").execute();
      const walled = audited.filter(
        ({ entry }) => entry.includes(held.id) && entry.includes("wall"),
      );
      expect(walled).toHaveLength(1);
      await call(maya, routes.inviteMember, { id }, { address: ANA_MAIL, role: "lead" });
      expect((await call(ana, routes.rooms)).body).toMatchObject({
        rooms: [{ codeName: "Heron" }],
      });
      expect((await view()).members.map(({ address }) => address)).toEqual([MAYA_MAIL]);
      const across = await office.ask(ana, elsewhere, [draft]);
      const [letter] = across.drafts;
      if (letter === undefined) throw new Error("no draft");
      const crossing = await call(
        ana,
        routes.askApproval,
        {},
        {
          conversationId: across.conversationId,
          drafts: [{ draftId: letter.draftId, shown: await digestOf(letter.content) }],
        },
      );
      expect(crossing.problem?.code).toBe("not_for_them");
      expect(office.auth0.phone.pushes(ANA)).toHaveLength(3);

      // Falcon's thread is in her mailbox, and to whoever reads it for her it never came: by its id, in a search, on its page.
      const told = async (threadId: string) => {
        const { results } = await office.ask(ana, threadId, [
          toolUse("read_email_thread", { thread_id: threadId }),
          toolUse("search_gmail", { query: "subject:NDA" }),
          toolUse("get_latest_emails", {}),
        ]);
        const page = await office.app.request(`${routes.threadPlace.path}?threadId=${threadId}`, {
          headers,
        });
        return `${results} ${page.status} ${await page.text()}`
          .replaceAll(threadId, "it")
          .replaceAll(/"toolUseId":"[^"]*"|<\/?untrusted[^>]*>/g, "");
      };
      const barred = await told(his);
      expect(barred).toBe(await told("18f00000000000aa"));
      expect(barred).toContain("Lunch");
      expect(barred).not.toContain("Re: NDA");
      await call(ana, routes.deleteRoom, { id: heron.id });
      expect(await known404()).toEqual([200, true]);
      expect(await told(his)).toContain("Re: NDA");

      // Nothing of it can be read without its key, and its key goes with it.
      const rest = await office.db.selectFrom("rooms").selectAll().execute();
      expect(Buffer.from(rest[0]?.body_sealed ?? []).toString()).not.toMatch(
        /Falcon|Kestrel|Merlin/,
      );
      await call(maya, routes.deleteRoom, { id });
      for (const table of [
        "rooms",
        "room_members",
        "room_threads",
        "room_messages",
        "room_entries",
      ] as const) {
        expect(await office.db.selectFrom(table).selectAll().execute()).toEqual([]);
      }

      // Whoever has no mailbox connected takes up no invitation to it.
      await call(ana, routes.revokeGoogle);
      expect(await office.db.selectFrom("people").select("sub").execute()).toEqual([{ sub: MAYA }]);

      const rows = await office.db.selectFrom("audit").select("entry").orderBy("seq").execute();
      const kinds = rows.flatMap(
        ({ entry }) => /"kind":"((?:room|member|thread)\.\w+)"/.exec(entry)?.[1] ?? [],
      );
      expect(kinds.filter((name) => name !== "member.role_changed")).toEqual([
        "room.created",
        "member.invited",
        "member.joined",
        "thread.added",
        "member.removed",
        "room.changed",
        "room.created",
        "room.changed",
        "room.changed",
        "member.invited",
        "member.kept_out",
        "room.deleted",
        "room.deleted",
      ]);
      expect(JSON.stringify(rows)).not.toMatch(/Falcon|NDA|@/);
    } finally {
      await office.close();
    }
  },
  40_000,
);
