/**
 * Tiers, whole, on either store: a marked document is known in any mail by what it holds, and goes to nobody whom its room's table leaves
 * out, but by an override that somebody else gives by name; at the wish, and again at the yes.
 */
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { BUILT_IN } from "@vaultdesk/shared/org-policy.ts";
import { CEILING } from "@vaultdesk/shared/role.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import type { Tier } from "@vaultdesk/shared/tier.ts";
import { zipSync } from "fflate";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { pdfOf } from "./attachments/files-for-tests.ts";
import { bytesPrint, printsOf } from "./attachments/prints.ts";
import { ANA, grantFor, MAYA, office, panel, STORES } from "./engine-office.ts";
import { gmailClient } from "./google/call.ts";
import { createDraft, liveDraft } from "./google/drafts.ts";
import { buildMime } from "./google/mime.ts";
import { createMover } from "./rooms/change.ts";
import { createDocuments } from "./rooms/documents.ts";
import { createMembers } from "./rooms/members.ts";
import { createRooms } from "./rooms/record.ts";
import { createTracker } from "./rooms/tracker.ts";

const SUB = panel.sub;
const LEAD = "google-oauth2|1003";
const LEAD_MAIL = "lea@northgate.example";
const OWN = "ben@northgate.example";
const WHY = "NDA signed on paper, scan follows";
const now = () => new Date();

const LINES = Array.from({ length: 20 }, (_, line) => `Revenue of line ${line} is ${line * 17}m`);
const CIM = Buffer.from(pdfOf(LINES));
/** The same words, other bytes. */
const SAVED = Buffer.from(pdfOf(LINES.map((line) => `${line}.`)));
const mailWith = (bytes: Uint8Array) =>
  Buffer.from(
    `From: a@x.example\r\nSubject: x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString("base64")}\r\n`,
  );

interface Mail {
  to?: string[];
  cc?: string[];
  bcc?: string[];
  file?: Uint8Array;
  name?: string;
  type?: string;
}

/** Maya is an associate in a room that Lea leads, which knows one CIM. The mail is in a conversation of no room. */
async function deal(store: "sqlite" | "postgres", tier: Tier = "cim") {
  const desk = await office({ store });
  const { db, bus, keyring: keys, google } = desk;
  const move = createMover({ db, bus, keys, ceiling: CEILING, now });
  const rooms = createRooms({ db, keys, move, policy: BUILT_IN, now });
  const members = createMembers({ db, bus, keys, move, policy: BUILT_IN, now });
  const tracker = createTracker({ db, keys, move, ceiling: CEILING, now });
  const documents = createDocuments({ db, keys, move });
  await members.arrive(LEAD, LEAD_MAIL);
  const made = await rooms.create(LEAD, "Falcon");
  if (!made.ok) throw new Error(made.problem.code);
  const { id: roomId, version, details } = made.value;
  const circle = [
    { who: "northgate.example", side: "own" as const },
    { who: "helio-capital.example", side: "counterparty" as const },
  ];
  await rooms.change(LEAD, roomId, version, { ...details, circle });
  await members.invite(LEAD, roomId, MAYA, "associate");
  await members.arrive(SUB, MAYA);
  const { words = "" } = await printsOf(CIM, "");
  const mark = (as: Tier, by = LEAD) =>
    documents.mark(by, roomId, {
      title: "CIM.pdf",
      tier: as,
      prints: [bytesPrint(CIM), words],
      place: "place 1 <a@x>",
    });
  await mark(tier);

  async function draft(mail: Mail) {
    const api = gmailClient(google.url, google.issue(MAYA, CONNECT_SCOPES).accessToken);
    const raw = await buildMime({
      from: MAYA,
      to: mail.to ?? [ANA],
      cc: mail.cc ?? [],
      bcc: mail.bcc ?? [],
      subject: "Files",
      text: "As discussed",
      attachments: [
        {
          filename: mail.name ?? "holiday.pdf",
          contentType: mail.type ?? "application/pdf",
          content: Buffer.from(mail.file ?? CIM),
        },
      ],
    });
    const { view } = await liveDraft(api, await createDraft(api, raw, undefined));
    await desk.conversations.addDraft(SUB, desk.conversationId, view.draftId);
    return view;
  }

  async function ask(mail: Mail, override?: { by: string; why: string }) {
    const view = await draft(mail);
    return desk.proposer.propose({
      grant: panel,
      conversationId: desk.conversationId,
      runId: undefined,
      callId: undefined,
      wish: {
        kind: "email.send",
        drafts: [{ draftId: view.draftId, shown: await digestOf(view.content) }],
        override,
      },
    });
  }

  /** What came of it: the refusal's code, or who else was asked. */
  async function outcome(mail: Mail, override?: { by: string; why: string }) {
    const asked = await ask(mail, override);
    if (!asked.ok) return asked.problem.code;
    return (asked.approval.view.others ?? []).map(({ who }) => who);
  }

  const says: Record<string, "yes" | "no" | "nothing"> = {};
  desk.says(async (request) => {
    const word = says[request.approver] ?? "nothing";
    if (word === "nothing") return { kind: "pending" };
    if (word === "no") return { kind: "access_denied" };
    return { kind: "token", accessToken: await grantFor(request) };
  });
  return { ...desk, rooms, members, documents, tracker, roomId, mark, ask, outcome, says };
}

// What a file is known by does not depend on the store, and each is looked at in a worker.
test("under any name, to anybody, packed or saved again, it is refused before a phone is asked", async () => {
  const desk = await deal("sqlite");
  const rows: [string, Mail, string | string[]][] = [
    ["renamed", {}, "tier_break"],
    ["to own side", { to: [OWN] }, []],
    ["in a reply to all", { to: [OWN, ANA], cc: [LEAD_MAIL] }, "tier_break"],
    ["in copy", { to: [OWN], cc: [`Ana <${ANA}>`] }, "tier_break"],
    ["in blind copy", { to: [OWN], bcc: ["bob@helio-capital.example"] }, "tier_break"],
    ["past the role, in a conversation of no room", { to: ["x@far.example"] }, "role_lacks"],
    ["saved again", { file: SAVED }, "tier_break"],
    ["in a zip", { file: zipSync({ "a.bin": CIM }), type: "application/zip" }, "tier_break"],
    ["forwarded as a mail", { file: mailWith(CIM), type: "message/rfc822" }, "tier_break"],
    ["another file", { file: Buffer.from("Agenda") }, []],
  ];
  for (const [what, mail, wanted] of rows) {
    expect([what, await desk.outcome(mail)]).toEqual([what, wanted]);
  }
  const asked = await desk.ask({ name: "agenda.pdf" });
  expect(asked).toMatchObject({
    problem: {
      detail: `agenda.pdf is a CIM, and ${ANA} has no NDA.`,
      overriders: [LEAD_MAIL],
    },
  });
  // A locked file is said on card and phone, and goes.
  const locked = zipSync({ a: CIM });
  locked[6] = 1;
  const through = await desk.ask({ file: locked, name: "data.zip" });
  expect(through.ok && through.approval.warnings.flat()).toContainEqual({
    kind: "not_looked_into",
    about: "data.zip",
  });
  expect(desk.pushes.every(({ approver }) => approver === SUB)).toBe(true);
}, 60_000);

describe.each(STORES)("on %s", (store) => {
  test("an override is asked of one who may, by name; both phones name the break, and both yeses send it", async () => {
    const desk = await deal(store);
    for (const by of [MAYA, OWN, "nobody@x.example"]) {
      expect([by, await desk.outcome({}, { by, why: WHY })]).toEqual([by, "tier_break"]);
    }
    const asked = await desk.ask({ name: "CIM.pdf" }, { by: LEAD_MAIL, why: WHY });
    if (!asked.ok) throw new Error(asked.problem.code);
    const { id } = asked.approval.view;
    await vi.waitFor(() => expect(desk.pushes).toHaveLength(2));
    for (const { details } of desk.pushes) {
      expect(details.properties["careful"]?.value).toContain(
        `override: CIM.pdf is a CIM, and ${ANA} has no NDA; because: ${WHY}`,
      );
    }
    desk.says[SUB] = "yes";
    await desk.becomes(id, "approved");
    await desk.executor.settle(panel);
    expect(desk.delivered()).toEqual([]);
    desk.says[LEAD] = "yes";
    await desk.becomes(id, "executed");
    expect(desk.delivered()).toHaveLength(1);
    const rows = await desk.db
      .selectFrom("audit")
      .select("entry")
      .where("kind", "=", "tier.override_asked")
      .execute();
    const facts = rows.map(
      ({ entry }) =>
        z.object({ facts: z.record(z.string(), z.string()) }).parse(parseJson(entry)).facts,
    );
    expect(facts).toMatchObject([{ by: LEAD, why: WHY }]);
    expect(facts[0]?.["breaks"]).toMatch(/^doc_\w+ cim none$/);
    expect(JSON.stringify(rows)).not.toMatch(/@|CIM\.pdf/);
  });

  test("the one who is asked says no: nothing is sent, and the same words are not asked again", async () => {
    const desk = await deal(store);
    desk.says[SUB] = "yes";
    desk.says[LEAD] = "no";
    const asked = await desk.ask({}, { by: LEAD_MAIL, why: WHY });
    if (!asked.ok) throw new Error(asked.problem.code);
    await desk.becomes(asked.approval.view.id, "cancelled");
    expect(desk.delivered()).toEqual([]);
  });

  test.each<[string, (desk: Awaited<ReturnType<typeof deal>>) => Promise<unknown>]>([
    ["it becomes more confidential", (desk) => desk.mark("board")],
    [
      "the room takes readers away",
      async ({ rooms, roomId }) => {
        const version = (await rooms.view(LEAD, roomId))?.version ?? 0;
        return rooms.changeTiers(LEAD, roomId, version, { teaser: ["none"] });
      },
    ],
  ])("between push and yes %s: it is not sent", async (_, change) => {
    const desk = await deal(store, "teaser");
    const asked = await desk.ask({});
    if (!asked.ok) throw new Error(asked.problem.code);
    const { id } = asked.approval.view;
    await change(desk);
    desk.says[SUB] = "yes";
    await desk.becomes(id, "failed");
    expect(desk.delivered()).toEqual([]);
    expect((await desk.approvals.find(id))?.view.ending).toContain(`${ANA} has no NDA`);
  });

  test("an NDA that a member confirmed lets a CIM go; taken back between push and yes, it is not sent", async () => {
    const desk = await deal(store);
    const { roomId, tracker } = desk;
    const signed = {
      who: "helio-capital.example",
      milestone: "nda_signed" as const,
      day: "2026-11-20",
    };
    await tracker.propose(SUB, roomId, signed, { rfcId: "<a@x>", quote: "signed as agreed" });
    expect(await desk.outcome({})).toBe("tier_break");
    await tracker.note(LEAD, roomId, signed, {});
    const asked = await desk.ask({ name: "agreed.pdf" });
    if (!asked.ok) throw new Error(asked.problem.code);
    const entries = (await tracker.read(LEAD, roomId))?.entries ?? [];
    await tracker.withdraw(LEAD, roomId, entries[0]?.id ?? "");
    desk.says[SUB] = "yes";
    await desk.becomes(asked.approval.view.id, "failed");
    expect(desk.delivered()).toEqual([]);
    expect((await desk.approvals.find(asked.approval.view.id))?.view.ending).toContain(
      `${ANA} has no NDA`,
    );
  });

  test("no member alone puts a buyer on the own side", async () => {
    const { rooms, roomId } = await deal(store);
    const { version = 0, details } = (await rooms.view(LEAD, roomId)) ?? {};
    if (details === undefined) throw new Error("no room");
    const circle = [{ who: "helio-capital.example", side: "own" as const }];
    const put = await rooms.change(LEAD, roomId, version, { ...details, circle });
    expect(put).toMatchObject({ problem: { code: "not_own_side" } });
    expect((await rooms.view(LEAD, roomId))?.details).toEqual(details);
  });

  test("whoever may mark makes a document more confidential, and only a lead less", async () => {
    const desk = await deal(store, "teaser");
    expect(await desk.mark("cim", SUB)).toMatchObject({ ok: true });
    const lower = await desk.mark("teaser", SUB);
    expect(lower).toMatchObject({ ok: false, problem: { code: "document_lower" } });
    const [document] = (await desk.rooms.view(SUB, desk.roomId))?.documents ?? [];
    expect(document).toMatchObject({ title: "CIM.pdf", tier: "cim" });
    const unmarked = await desk.documents.unmark(SUB, desk.roomId, document?.id ?? "");
    expect(unmarked).toMatchObject({ ok: false, problem: { code: "role_lacks" } });
    await desk.documents.unmark(LEAD, desk.roomId, document?.id ?? "");
    expect(await desk.outcome({ to: [OWN] })).toEqual([]);
    await desk.rooms.remove(LEAD, desk.roomId);
    for (const table of ["room_documents", "room_prints"] as const) {
      expect(await desk.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  test("a room that one is not in is not looked in: a refusal would tell of it", async () => {
    const desk = await deal(store, "board");
    const memberId = (await desk.rooms.view(SUB, desk.roomId))?.members.find((one) => one.you)?.id;
    await desk.members.remove(LEAD, desk.roomId, memberId ?? "");
    expect(await desk.outcome({})).toEqual([]);
  });
});
