/** Driven by Google's own client over HTTP. */
import type { calendar_v3 } from "@googleapis/calendar";
import { describe, expect, test } from "vitest";

import {
  ANA,
  calendarWorld,
  call,
  failure,
  ID,
  MAYA,
  OUTSIDE,
  withGuests,
} from "./calendar-world.ts";

const READ = "https://www.googleapis.com/auth/calendar.readonly";
const EVENTS = "https://www.googleapis.com/auth/calendar.events";
const MAIL = "https://www.googleapis.com/auth/gmail.modify";

const at = (dateTime: string) => ({ dateTime });
const here = { calendarId: "primary", eventId: ID };

const { google, client, insert, titles } = calendarWorld();

describe("scopes", () => {
  test("a token of Gmail alone reads no calendar, a reader of calendars writes none", async () => {
    expect(
      await failure(client(MAYA, [MAIL]).events.list({ calendarId: "primary" })),
    ).toMatchObject({ status: 403, reason: "insufficientPermissions" });
    expect(
      await failure(
        client(MAYA, [READ]).events.insert({ calendarId: "primary", requestBody: call() }),
      ),
    ).toMatchObject({ status: 403, reason: "insufficientPermissions" });
  });

  test("the scope of events is none for free and busy times", async () => {
    const work = client(MAYA, [EVENTS]).freebusy.query({ requestBody: {} });
    expect(await failure(work)).toMatchObject({ status: 403, reason: "insufficientPermissions" });
  });
});

describe("calendars", () => {
  test("a mailbox has its own calendar with its time zone", async () => {
    const api = client();
    const { data: list } = await api.calendarList.list();
    expect(list.items).toMatchObject([{ id: MAYA, primary: true, timeZone: "Europe/Berlin" }]);
    expect(list.nextPageToken).toBeUndefined();
    expect((await api.calendarList.get({ calendarId: "primary" })).data.accessRole).toBe("owner");
    expect((await api.calendars.get({ calendarId: MAYA })).data.timeZone).toBe("Europe/Berlin");
    expect((await api.settings.get({ setting: "timezone" })).data.value).toBe("Europe/Berlin");
  });

  test("another's calendar is not there", async () => {
    const refusal = { status: 404, reason: "notFound", message: "Not Found" };
    expect(await failure(client().events.list({ calendarId: ANA }))).toEqual(refusal);
    expect(await failure(client().calendars.get({ calendarId: ANA }))).toEqual(refusal);
  });
});

describe("insert", () => {
  test("the client's id is kept, times are shown in the calendar's zone", async () => {
    const { data } = await insert(call());
    expect(data).toMatchObject({
      id: ID,
      status: "confirmed",
      start: { dateTime: "2026-11-03T10:00:00+01:00", timeZone: "Europe/Berlin" },
      organizer: { email: MAYA, self: true },
    });
    expect((await client().events.get(here)).data).toEqual(data);
  });

  test("an id is taken once, and stays taken after its event is deleted", async () => {
    const taken = {
      status: 409,
      reason: "duplicate",
      message: "The requested identifier already exists.",
    };
    const tries = await Promise.allSettled([1, 2, 3].map(() => insert(call())));
    expect(tries.map((one) => one.status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(await failure(insert(call()))).toEqual(taken);
    await client().events.delete(here);
    expect(await failure(insert(call()))).toEqual(taken);
    expect(await titles(MAYA)).toEqual([]);
  });

  test.each(["abcd", "withWide", "with-dash", "xyzzy0"])("the id %s is refused", async (id) => {
    expect(await failure(insert(call({ id })))).toEqual({
      status: 400,
      reason: "invalid",
      message: "Invalid resource id value.",
    });
  });

  test.each<[string, calendar_v3.Schema$Event, string]>([
    ["no start", { start: {} }, "required"],
    ["no end", { end: {} }, "required"],
    ["a wall clock without zone", { start: at("2026-11-03T10:00:00") }, "required"],
    ["a day and a time", { end: { date: "2026-11-04" } }, "invalid"],
    ["an end at its start", { end: at("2026-11-03T09:00:00Z") }, "timeRangeEmpty"],
    ["a date that is none", { end: { date: "2026-02-30" } }, "invalidArgument"],
    ["a guest without address", { attendees: [{ email: "Ana" }] }, "invalidArgument"],
  ])("%s is refused", async (_, more, reason) => {
    expect(await failure(insert(call(more)))).toMatchObject({ status: 400, reason });
  });

  test("recurrence is said to be missing, not dropped", async () => {
    const work = insert(call({ recurrence: ["RRULE:FREQ=DAILY"] }));
    expect(await failure(work)).toMatchObject({ status: 501, reason: "notImplemented" });
  });

  test("a conference is made once, can be taken out, and is only for a client that knows of them", async () => {
    const conferenceData = { createRequest: { requestId: "one" } };
    const made = (await insert(call({ conferenceData }), { conferenceDataVersion: 1 })).data;
    expect(made.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    const changed = await client().events.update({
      ...here,
      requestBody: call({ summary: "New" }),
    });
    expect(changed.data.conferenceData).toEqual(made.conferenceData);
    const without = await client().events.update({
      ...here,
      conferenceDataVersion: 1,
      requestBody: call(),
    });
    expect(without.data.hangoutLink).toBeUndefined();
    const old = (await insert(call({ id: "other0", conferenceData }))).data;
    expect(old.conferenceData).toBeUndefined();
  });
});

describe("two mailboxes", () => {
  test("a guest of this world has the event in their own calendar and zone, once", async () => {
    await insert(withGuests({ extendedProperties: { private: { vd: "1" } } }), {
      sendUpdates: "all",
    });
    const { data } = await client(ANA).events.get(here);
    expect(data).toMatchObject({
      start: { dateTime: "2026-11-03T04:00:00-05:00" },
      organizer: { email: MAYA },
      attendees: [
        { email: ANA, self: true, responseStatus: "needsAction" },
        { email: OUTSIDE, responseStatus: "needsAction" },
      ],
    });
    expect(data.extendedProperties?.private).toBeUndefined();
    expect(google().outbox).toMatchObject([
      { kind: "invite", from: MAYA, recipients: [ANA, OUTSIDE], id: ID, sendUpdates: "all" },
    ]);
  });

  test("no word goes out by default, and only to strangers with externalOnly", async () => {
    await insert(withGuests());
    expect(google().outbox).toEqual([]);
    await client().events.patch({ ...here, requestBody: {}, sendUpdates: "externalOnly" });
    expect(google().outbox).toMatchObject([{ recipients: [OUTSIDE], sendUpdates: "externalOnly" }]);
    const work = client().events.patch({ ...here, requestBody: {}, sendUpdates: "some" });
    expect(await failure(work)).toMatchObject({ status: 400 });
  });

  test("a guest answers and leaves, and changes nothing that is shared", async () => {
    await insert(withGuests());
    const api = client(ANA);
    const attendees = [{ email: ANA, responseStatus: "accepted" }];
    await api.events.patch({ ...here, requestBody: { attendees }, sendUpdates: "all" });
    expect((await client().events.get(here)).data.attendees).toMatchObject([
      { email: ANA, responseStatus: "accepted" },
      { email: OUTSIDE },
    ]);
    expect(google().outbox).toMatchObject([{ from: ANA, recipients: [MAYA] }]);
    expect(
      await failure(api.events.patch({ ...here, requestBody: { summary: "Mine" } })),
    ).toMatchObject({ status: 403, reason: "forbiddenForNonOrganizer" });
    await api.events.delete(here);
    expect(await titles(ANA)).toEqual([]);
    expect(await failure(api.events.delete(here))).toMatchObject({ status: 410 });
    expect((await client().events.get(here)).data.attendees?.[0]?.responseStatus).toBe("declined");
  });

  test("a guest who is taken out loses the event and is told", async () => {
    await insert(withGuests());
    const requestBody = { attendees: [{ email: OUTSIDE }] };
    await client().events.patch({ ...here, requestBody, sendUpdates: "all" });
    expect(await titles(ANA)).toEqual([]);
    expect(google().outbox).toMatchObject([{ recipients: [ANA, OUTSIDE] }]);
  });
});

describe("changes", () => {
  test("a patch merges and null removes; an update replaces", async () => {
    await insert(call({ description: "Terms", location: "Berlin" }));
    const api = client();
    const requestBody = {
      summary: "Moved",
      location: null,
      start: { dateTime: "2026-11-03T09:30:00" },
    };
    const { data } = await api.events.patch({ ...here, requestBody });
    expect(data).toMatchObject({
      summary: "Moved",
      description: "Terms",
      start: { dateTime: "2026-11-03T09:30:00+01:00" },
    });
    expect(data.location).toBeUndefined();
    const updated = (await api.events.update({ ...here, requestBody: call() })).data;
    expect(updated.description).toBeUndefined();
    expect(updated.etag).not.toBe(data.etag);
  });

  test("a change that is refused changes nothing", async () => {
    const { data } = await insert(call());
    const requestBody = { summary: "Bad", end: { dateTime: "2026-11-03T08:00:00Z" } };
    expect(await failure(client().events.patch({ ...here, requestBody }))).toMatchObject({
      status: 400,
      reason: "timeRangeEmpty",
    });
    expect((await client().events.get(here)).data).toEqual(data);
  });

  test("an event that never was is 404, one that was deleted is gone", async () => {
    const api = client();
    for (const work of [
      api.events.get(here),
      api.events.patch({ ...here, requestBody: {} }),
      api.events.update({ ...here, requestBody: call() }),
      api.events.delete(here),
    ])
      expect(await failure(work)).toEqual({
        status: 404,
        reason: "notFound",
        message: "Not Found",
      });
    await insert(withGuests());
    await api.events.delete({ ...here, sendUpdates: "all" });
    expect(google().outbox).toMatchObject([{ recipients: [ANA, OUTSIDE] }]);
    expect(await failure(api.events.delete(here))).toEqual({
      status: 410,
      reason: "deleted",
      message: "Resource has been deleted",
    });
    expect((await api.events.get(here)).data.status).toBe("cancelled");
    expect([await titles(MAYA), await titles(ANA)]).toEqual([[], []]);
    expect(await titles(MAYA, { showDeleted: true })).toEqual(["Closing call"]);
  });
});

test("a fault of a calendar method is said once", async () => {
  google().faults.next("calendar.events.insert", 503);
  expect(await failure(insert(call()))).toMatchObject({ status: 503, reason: "backendError" });
  expect((await insert(call())).data.id).toBe(ID);
});
