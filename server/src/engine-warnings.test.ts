/** Warnings on the way to the phone, on both stores: kept with the draft and the approval, the same on the card and in what the phone is sent. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { describe, expect, test } from "vitest";

import { byHand, type OriginOf } from "./actions/standing.ts";
import { ANA, MAYA, office, panel, STORES } from "./engine-office.ts";
import { buildMime } from "./google/mime.ts";

const EVE = "pay@helio-capitaI.example".toLowerCase();
const never = new AbortController().signal;

type Office = Awaited<ReturnType<typeof office>>;

async function wroteTo(desk: Office, to: string): Promise<void> {
  const raw = await buildMime({
    from: MAYA,
    to: [to],
    cc: [],
    bcc: [],
    subject: "Before",
    text: "Hello",
    attachments: [],
  });
  await desk.google.importMail(MAYA, [{ raw, labels: ["SENT"] }]);
}

async function drafted(desk: Office, to: string, originOf: OriginOf = byHand): Promise<DraftView> {
  const wanted = { mode: "new", to: [to], subject: "Wire", body: "Hello" } as const;
  const saved = await desk.mail.saveDraft(wanted, never, {
    originOf,
    readings: [],
  });
  if (!saved.ok) throw new Error(saved.problem.code);
  const { view, dossier } = saved.value;
  await desk.conversations.addDraft(panel.sub, desk.conversationId, view.draftId, dossier);
  return view;
}

const kinds = (view: Pick<DraftView, "warnings">) => view.warnings?.map(({ kind }) => kind);
const careful = (desk: Office) => desk.pushes.at(-1)?.details.properties?.["careful"]?.value;

describe.each(STORES)("on %s", (store) => {
  test("an address that only a mail's text names is flagged on the draft, the approval and the phone", async () => {
    const desk = await office({ store });
    const draft = await drafted(desk, EVE, () => "text");
    expect(kinds(draft)).toEqual(["from_mail_text_only", "first_time_domain"]);
    const id = await desk.asked(draft);
    const [item] = (await desk.approvals.find(id))?.view.items ?? [];
    expect(item).toMatchObject({ origins: { [EVE]: "text" }, warnings: draft.warnings });
    expect(careful(desk)).toBe(
      `named only in a mail's text: ${EVE}; first to this domain: helio-capitai.example`,
    );
  });

  test("somebody to whom the user wrote before is warned of by nothing, wherever named", async () => {
    const desk = await office({ store });
    await wroteTo(desk, ANA);
    const draft = await drafted(desk, ANA, () => "text");
    expect(draft).toMatchObject({ origins: { [ANA]: "correspondent" }, warnings: [] });
    await desk.asked(draft);
    expect(careful(desk)).toBeUndefined();
  });

  test("a name typed over a planted address stays flagged, a new address by hand is the user's", async () => {
    const desk = await office({ store });
    const draft = await drafted(desk, EVE, () => "text");
    const known = await desk.conversations.dossier(panel.sub, desk.conversationId, draft.draftId);
    const edit = { ...draft.content, to: [`Ana <${EVE}>`, "new@other.example"] };
    const edited = await desk.mail.editDraft(draft.draftId, draft.messageId, edit, known);
    expect(edited).toMatchObject({
      ok: true,
      value: { view: { origins: { [EVE]: "text", "new@other.example": "user" } } },
    });
  });

  test("what changed in Gmail meanwhile is looked at before the phone is asked", async () => {
    const desk = await office({ store });
    const draft = await drafted(desk, MAYA);
    expect(kinds(draft)).toEqual([]);
    const edit = { ...draft.content, to: [EVE] };
    const edited = await desk.mail.editDraft(draft.draftId, draft.messageId, edit);
    if (!edited.ok) throw new Error(edited.problem.code);
    await desk.asked(edited.value.view);
    expect(careful(desk)).toBe("first to this domain: helio-capitai.example");
  });

  test("a guest whom only a text names is flagged on the phone", async () => {
    const desk = await office({ store });
    const proposed = await desk.proposer.propose({
      grant: panel,
      conversationId: desk.conversationId,
      runId: undefined,
      callId: undefined,
      by: { provenance: { originOf: () => "text", readings: [] }, asked: () => true },
      wish: {
        kind: "event.create",
        guestsMailed: true,
        content: {
          title: "Closing call",
          start: "2027-01-11T13:00:00.000Z",
          end: "2027-01-11T13:30:00.000Z",
          allDay: false,
          timeZone: "UTC",
          guests: [EVE],
          location: "",
          description: "",
          meet: false,
        },
      },
    });
    expect(proposed).toMatchObject({
      ok: true,
      approval: { view: { items: [{ origins: { [EVE]: "text" } }] } },
    });
    expect(careful(desk)).toContain(`named only in a mail's text: ${EVE}`);
  });

  test("of a bundle each mail is warned of in its own line", async () => {
    const desk = await office({ store });
    await wroteTo(desk, ANA);
    const safe = await drafted(desk, ANA);
    const planted = await drafted(desk, EVE, () => "text");
    await desk.asked([safe, planted]);
    const properties = desk.pushes.at(-1)?.details.properties;
    expect(properties?.["mail_1"]?.value).toBe("Wire: Hello");
    expect(properties?.["mail_2"]?.value).toMatch(/^Careful: named only in a mail's text: .+ Wire/);
  });
});
