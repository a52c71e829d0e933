/**
 * The tracker, whole, on either store: what an assistant proposes is its person's alone until they confirm it; what two members say is kept
 * side by side; the words of a mail reach nobody whose own mailbox does not have them; who has not answered is counted from the mail itself.
 */
import { routes } from "@vaultdesk/shared/api.ts";
import { type RoomDetails, RoomView } from "@vaultdesk/shared/room.ts";
import { boardOf, TrackerView } from "@vaultdesk/shared/tracker.ts";
import { toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { deal, OUTSIDE } from "./engine-deal.ts";
import { ANA_MAIL, MAYA_MAIL } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const SECRET = "We signed it at nine.";
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toUTCString();
const reply = (id: string, text: string) =>
  Buffer.from(
    `Message-ID: <${id}@x>\r\nIn-Reply-To: <one@x>\r\nReferences: <one@x>\r\nFrom: ${OUTSIDE}\r\nTo: ${MAYA_MAIL}\r\nSubject: Re: NDA\r\n\r\n${text}\r\n`,
  );
const chase = Buffer.from(
  `Message-ID: <four@x>\r\nDate: ${daysAgo(6)}\r\nFrom: ${MAYA_MAIL}\r\nTo: kim@orchard.example\r\nSubject: CIM\r\n\r\nAttached.\r\n`,
);

test.each(["sqlite", "postgres"] as const)(
  "proposed, confirmed, disputed, withdrawn, asked about, on %s",
  async (kind) => {
    const office = await deal(kind);
    const { call, maya, ana } = office;
    try {
      await office.google.importMail(MAYA_MAIL, [{ raw: reply("three", SECRET) }, { raw: chase }]);
      for (const who of [maya, ana]) await call(who, routes.session);
      const made = await call(maya, routes.createRoom, {}, { codeName: "Falcon" });
      const { id, version, details } = RoomView.parse(made.body);
      const known: RoomDetails = {
        ...details,
        circle: [
          { who: "rival.example", side: "counterparty", party: "Rival" },
          { who: "orchard.example", side: "counterparty", party: "=Orchard" },
        ],
        dates: [{ day: "2020-01-01", what: "IOIs", milestone: "ioi" }],
      };
      await call(maya, routes.changeRoom, { id }, { version, details: known });
      await call(maya, routes.inviteMember, { id }, { address: ANA_MAIL, role: "analyst" });
      await call(ana, routes.rooms);
      const [hers, his] = [office.threadOf(MAYA_MAIL, "NDA"), office.threadOf(ANA_MAIL, "NDA")];
      for (const threadId of [hers, office.threadOf(MAYA_MAIL, "CIM")]) {
        await call(maya, routes.addThread, { id }, { threadId });
      }
      const seenBy = async (who = maya) => {
        const answer = await call(who, routes.tracker, { id });
        return { text: JSON.stringify(answer.body), ...TrackerView.parse(answer.body) };
      };
      const rival = async () => boardOf(known.circle, (await seenBy()).entries)[0];
      const { messageIds = [] } =
        office.google
          .mailbox(MAYA_MAIL)
          .threads()
          .find(({ threadId }) => threadId === hers) ?? {};

      // The quote has to stand in its message; what does is proposed, and to Maya alone.
      const note = (quote: string, message = messageIds[0]) =>
        toolUse("note_milestone", {
          thread_id: hers,
          message_id: message,
          milestone: "nda_signed",
          quote,
        });
      const read = toolUse("read_email_thread", { thread_id: hers });
      const lied = await office.ask(maya, hers, [read, note("Signed by everybody")]);
      expect(lied.results).toContain("quote_unknown");
      const told = await office.ask(maya, hers, [read, note("As agreed."), note("As agreed.")]);
      expect(told.results).toContain("NDA signed, Rival");
      const [proposed, ...others] = (await seenBy()).entries;
      if (proposed === undefined) throw new Error("nothing was proposed");
      expect([proposed.state, proposed.said.who, others.length]).toEqual([
        "proposed",
        "rival.example",
        0,
      ]);
      expect((await seenBy(ana)).entries).toEqual([]);
      expect((await rival())?.nda).toBe("none");

      // Only the one whose assistant proposed it stands for it, once, as they correct it.
      const entry = { id, entryId: proposed.id };
      const said = { ...proposed.said, day: "2026-11-20" };
      expect((await call(ana, routes.confirmMilestone, entry, { said })).status).toBe(404);
      expect((await call(ana, routes.withdrawMilestone, entry)).status).toBe(404);
      expect((await call(ana, routes.milestoneMail, entry)).status).toBe(404);
      expect((await call(maya, routes.confirmMilestone, entry, { said })).status).toBe(200);
      const again = await call(maya, routes.confirmMilestone, entry, { said });
      expect(again.problem?.code).toBe("room_changed");
      const forAna = await seenBy(ana);
      expect(forAna.entries).toMatchObject([{ said, state: "confirmed", by: MAYA_MAIL }]);
      expect(forAna.text).not.toContain("As agreed");
      expect((await rival())?.nda).toBe("signed");

      // Her mailbox has that mail; it has none with these other words, whatever a mail of that id says.
      const mail = await call(ana, routes.milestoneMail, entry);
      expect(mail.body).toMatchObject({ threadId: his, quote: "As agreed." });
      const byHand = { said, mail: { threadId: hers, quote: SECRET } };
      const hand = await call(maya, routes.noteMilestone, { id }, byHand);
      const secret = TrackerView.parse(hand.body).entries.at(-1)?.id ?? "";
      const hidden = { id, entryId: secret };
      expect((await call(ana, routes.milestoneMail, hidden)).problem?.code).toBe("mail_not_here");
      await office.google.importMail(ANA_MAIL, [{ raw: reply("three", "We signed nothing.") }]);
      expect((await call(ana, routes.milestoneMail, hidden)).problem?.code).toBe("mail_not_here");
      expect((await call(maya, routes.milestoneMail, hidden)).body).toMatchObject({
        quote: SECRET,
      });
      const wrong = { said, mail: { threadId: his, quote: "Never said" } };
      expect((await call(ana, routes.noteMilestone, { id }, wrong)).problem?.code).toBe(
        "quote_unknown",
      );
      const nobody = { said: { ...said, who: "nobody.example" } };
      expect((await call(ana, routes.noteMilestone, { id }, nobody)).problem?.code).toBe(
        "party_unknown",
      );

      // Another day by another member: both stay, and neither counts until one is withdrawn, once.
      const other = { said: { ...said, day: "2026-11-21" } };
      await call(ana, routes.noteMilestone, { id }, other);
      expect((await rival())?.cells[0]).toMatchObject({ confirmed: true, conflict: true });
      expect((await rival())?.nda).toBe("none");
      const disputed = (await seenBy()).entries.find(({ by }) => by === ANA_MAIL)?.id ?? "";
      const gone = { id, entryId: disputed };
      const withdrawn = await Promise.all([
        call(maya, routes.withdrawMilestone, gone),
        call(ana, routes.withdrawMilestone, gone),
      ]);
      expect(new Set(withdrawn.map(({ status }) => status))).toEqual(new Set([200, 409]));
      expect((await rival())?.nda).toBe("signed");
      expect((await seenBy()).entries).toHaveLength(3);

      // Our last mail to Orchard is six days old; Rival had the last word.
      const asked = await office.ask(maya, hers, [toolUse("read_tracker", {})]);
      expect(asked.results).toContain("=Orchard");
      expect(asked.results).toMatch(/not_answered[^\]]*=Orchard[^\]]*6/);
      expect(asked.results).not.toMatch(/not_answered[^\]]*Rival/);
      expect(asked.results).toContain("IOIs");
      const silence = await call(maya, routes.trackerSilence, { id });
      expect(silence.body).toMatchObject({ silent: [{ name: "=Orchard", days: 6 }] });
      expect((await call(ana, routes.trackerSilence, { id })).body).toEqual({ silent: [] });

      // The table holds no mail's words and no formula; an observer reads it and notes nothing.
      const member = RoomView.parse((await call(maya, routes.room, { id })).body).members[1];
      const at = { id, memberId: member?.id ?? "" };
      await call(maya, routes.changeMember, at, { from: "analyst", role: "observer" });
      expect((await call(ana, routes.noteMilestone, { id }, { said })).problem?.code).toBe(
        "role_lacks",
      );
      const table = routes.trackerTable.reply.parse(
        (await call(ana, routes.trackerTable, { id })).body,
      );
      expect(table.csv.split("\r\n")).toHaveLength(6);
      expect(table.csv).toContain("\r\n'=Orchard,orchard.example,,,,,,,\r\n");
      expect(table.csv).not.toMatch(/agreed|nine/);

      // Sealed at rest, each move in the trail, and no fact of it is content.
      const rows = await office.db.selectFrom("room_entries").selectAll().execute();
      for (const row of rows) {
        expect(Buffer.from(row.body_sealed).toString()).not.toMatch(/rival|agreed|nine/);
      }
      const trail = await office.db.selectFrom("audit").select(["kind", "entry"]).execute();
      const moves = trail.filter(({ kind: of }) => /^(?:milestone|tracker)\./.test(of));
      expect(moves.map(({ kind: of }) => of)).toEqual([
        "milestone.proposed",
        "milestone.confirmed",
        "milestone.confirmed",
        "milestone.confirmed",
        "milestone.withdrawn",
        "tracker.exported",
      ]);
      expect(JSON.stringify(moves)).not.toMatch(/rival|orchard|agreed/i);
    } finally {
      await office.close();
    }
  },
  30_000,
);
