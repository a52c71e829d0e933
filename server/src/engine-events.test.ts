/** Calendar and filing through the whole engine, on both stores: what Google holds afterwards is the judge. */
import { calendar, type calendar_v3 } from "@googleapis/calendar";
import { undoOf } from "@vaultdesk/shared/action.ts";
import type { EventContent } from "@vaultdesk/shared/calendar-event.ts";
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { CALENDAR_EVENTS } from "@vaultdesk/shared/scope.ts";
import { OAuth2Client } from "google-auth-library";
import { describe, expect, test } from "vitest";

import type { EventWish } from "./actions/wish.ts";
import { ANA, MAYA, office, panel, STORES } from "./engine-office.ts";

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

const CALL: EventContent = {
  title: "Falcon: closing call",
  start: `${TOMORROW}T12:00:00.000Z`,
  end: `${TOMORROW}T12:30:00.000Z`,
  allDay: false,
  timeZone: "Europe/Berlin",
  location: "",
  description: "Agenda follows.",
  guests: [ANA],
  meet: true,
};

async function desk(store: (typeof STORES)[number]) {
  const here = await office({ store });
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: here.google.issue(MAYA, [CALENDAR_EVENTS]).accessToken });
  const api = calendar({ version: "v3", auth, rootUrl: here.google.url, retry: false });
  async function ask(wish: EventWish): Promise<string> {
    const asked = await here.proposer.propose({
      grant: panel,
      conversationId: here.conversationId,
      runId: undefined,
      callId: undefined,
      wish,
    });
    if (!asked.ok) throw new Error(asked.problem.code);
    return asked.approval.view.id;
  }
  const list = async () => (await api.events.list({ calendarId: "primary" })).data.items ?? [];
  const invites = () => here.google.outbox.filter((entry) => entry.kind === "invite");
  const insert = async (more: calendar_v3.Schema$Event = {}) => {
    const { data } = await api.events.insert({
      calendarId: "primary",
      conferenceDataVersion: 1,
      requestBody: {
        summary: CALL.title,
        start: { dateTime: CALL.start, timeZone: "Europe/Berlin" },
        end: { dateTime: CALL.end, timeZone: "Europe/Berlin" },
        attendees: [{ email: ANA, responseStatus: "accepted" }],
        ...more,
      },
    });
    return EventId.parse(data.id);
  };
  return { ...here, api, ask, list, invites, insert };
}

const create = { kind: "event.create", content: CALL, guestsMailed: true } as const;

describe.each(STORES)("on %s", (store) => {
  test("an approved event is in the calendar once, with what was shown, and the guests are mailed", async () => {
    const { ask, becomes, yes, list, invites, approvals } = await desk(store);
    yes();
    const id = await ask(create);
    await becomes(id, "executed");
    const [event, ...more] = await list();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ summary: CALL.title, description: CALL.description });
    expect(Date.parse(event?.start?.dateTime ?? "")).toBe(Date.parse(CALL.start));
    expect(event?.start?.timeZone).toBe("Europe/Berlin");
    expect(event?.attendees).toMatchObject([{ email: ANA }]);
    expect(event?.hangoutLink).toContain("https://meet.google.com/");
    expect(invites()).toMatchObject([{ recipients: [ANA] }]);
    expect((await approvals.find(id))?.view.ending).toContain("Scheduled");
  });

  test("without a yes there is no event, and without the tick no guest is mailed", async () => {
    const { ask, becomes, yes, no, list, invites, freePhone } = await desk(store);
    no();
    const denied = await ask(create);
    await becomes(denied, "denied");
    expect(await list()).toEqual([]);
    await expect(ask(create)).rejects.toThrow("denied_before");
    await freePhone();
    yes();
    const quiet = await ask({ ...create, guestsMailed: false });
    await becomes(quiet, "executed");
    expect(await list()).toHaveLength(1);
    expect(invites()).toEqual([]);
  });

  test("a lost answer of the insert is settled by reading: one event", async () => {
    const { ask, becomes, yes, list, google } = await desk(store);
    google.faults.next("calendar.events.insert", "lost");
    yes();
    const id = await ask(create);
    await becomes(id, "executed");
    expect(await list()).toHaveLength(1);
  });

  test("a change keeps the answers of guests who stay, and is undone exactly", async () => {
    const { ask, becomes, yes, api, insert, approvals, proposer, conversationId } =
      await desk(store);
    const eventId = await insert();
    yes();
    const start = CALL.start.replace("T12", "T14");
    const change = { start, addGuests: ["tom@northgate.example"] };
    const id = await ask({ kind: "event.update", eventId, change, guestsMailed: true });
    await becomes(id, "executed");
    const changed = (await api.events.get({ calendarId: "primary", eventId })).data;
    expect(Date.parse(changed.start?.dateTime ?? "")).toBe(Date.parse(start));
    expect(Date.parse(changed.end?.dateTime ?? "")).toBe(
      Date.parse(CALL.end.replace("T12", "T14")),
    );
    expect(changed.attendees).toMatchObject([
      { email: ANA, responseStatus: "accepted" },
      { email: "tom@northgate.example" },
    ]);
    const { action } = (await approvals.find(id)) ?? {};
    if (action?.kind !== "event.update") throw new Error("another action");
    const back = await proposer.propose({
      grant: panel,
      conversationId,
      runId: undefined,
      callId: undefined,
      wish: { kind: "deed", deed: { ...action, before: action.content, content: action.before } },
    });
    if (!back.ok) throw new Error(back.problem.code);
    await becomes(back.approval.view.id, "executed");
    const again = (await api.events.get({ calendarId: "primary", eventId })).data;
    expect(Date.parse(again.start?.dateTime ?? "")).toBe(Date.parse(CALL.start));
    expect(again.attendees).toMatchObject([{ email: ANA, responseStatus: "accepted" }]);
  });

  test.each<[string, calendar_v3.Schema$Event, string]>([
    ["title", { summary: "Falcon: another call" }, "title"],
    ["time", { start: { dateTime: CALL.start.replace("T12:00", "T12:10") } }, "time"],
    ["guests", { attendees: [{ email: ANA }, { email: "eve@evil.example" }] }, "guests"],
    ["place", { location: "Room 4" }, "place"],
  ])("an event whose %s changed between push and yes is left alone", async (_, patch, named) => {
    const { ask, becomes, yes, api, insert, approvals, invites } = await desk(store);
    const eventId = await insert();
    const cancel = await ask({ kind: "event.cancel", eventId, guestsMailed: true });
    await api.events.patch({ calendarId: "primary", eventId, requestBody: patch });
    yes();
    await becomes(cancel, "drifted");
    expect((await approvals.find(cancel))?.outcomes).toEqual([
      { state: "drifted", changed: [named] },
    ]);
    const { status } = (await api.events.get({ calendarId: "primary", eventId })).data;
    expect(status).toBe("confirmed");
    expect(invites()).toEqual([]);
  });

  test.each([true, false])(
    "an undone cancellation is a new event with the same content, and guests are mailed as before: %s",
    async (guestsMailed) => {
      const { ask, becomes, yes, list, insert, approvals, proposer, conversationId, ...here } =
        await desk(store);
      const eventId = await insert({ description: "Agenda" });
      yes();
      const id = await ask({ kind: "event.cancel", eventId, guestsMailed });
      await becomes(id, "executed");
      const { action } = (await approvals.find(id)) ?? {};
      const deed = action?.kind === "event.cancel" ? undoOf(action) : undefined;
      if (deed === undefined) throw new Error("no undo");
      const mailed = here.invites().length;
      const back = await proposer.propose({
        grant: panel,
        conversationId,
        runId: undefined,
        callId: undefined,
        wish: { kind: "deed", deed },
      });
      if (!back.ok) throw new Error(back.problem.code);
      await becomes(back.approval.view.id, "executed");
      const [event, ...more] = await list();
      expect(more).toEqual([]);
      expect(event?.id).not.toBe(eventId);
      expect(event).toMatchObject({ summary: CALL.title, description: "Agenda" });
      expect(event?.attendees).toMatchObject([{ email: ANA, responseStatus: "needsAction" }]);
      expect(here.invites().length - mailed).toBe(guestsMailed ? 1 : 0);
      expect(JSON.stringify(here.pushes[1]?.details)).toContain("in place of the cancelled one");
    },
  );

  test("an approved cancellation takes the event away; of somebody else's event nothing is asked", async () => {
    const { ask, becomes, yes, list, insert, google } = await desk(store);
    const eventId = await insert();
    yes();
    const id = await ask({ kind: "event.cancel", eventId, guestsMailed: true });
    await becomes(id, "executed");
    expect(await list()).toEqual([]);

    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: google.issue(ANA, [CALENDAR_EVENTS]).accessToken });
    const ana = calendar({ version: "v3", auth, rootUrl: google.url, retry: false });
    const { data } = await ana.events.insert({
      calendarId: "primary",
      requestBody: {
        summary: "Ana's call",
        start: { dateTime: CALL.start },
        end: { dateTime: CALL.end },
        attendees: [{ email: MAYA }],
      },
    });
    const hers = EventId.parse(data.id);
    await expect(ask({ kind: "event.cancel", eventId: hers, guestsMailed: true })).rejects.toThrow(
      "event_not_yours",
    );
  });
});
