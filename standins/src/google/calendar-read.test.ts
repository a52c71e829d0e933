/** Driven by Google's own client over HTTP. */
import { beforeEach, describe, expect, test } from "vitest";

import { ANA, calendarWorld, call, failure, MAYA, OUTSIDE, withGuests } from "./calendar-world.ts";

const { client, insert, titles } = calendarWorld();

describe("list", () => {
  beforeEach(async () => {
    await insert(
      call({
        id: "later0",
        summary: "Later",
        start: { dateTime: "2026-11-05T09:00:00Z" },
        end: { dateTime: "2026-11-05T10:00:00Z" },
      }),
    );
    await insert(withGuests());
    await insert(
      call({
        id: "leave0",
        summary: "Day off",
        start: { date: "2026-11-04" },
        end: { date: "2026-11-05" },
      }),
    );
  });
  const inOrder = { singleEvents: true, orderBy: "startTime" };

  test("starts are in order, and there is one page", async () => {
    expect(await titles(MAYA, inOrder)).toEqual(["Closing call", "Day off", "Later"]);
    const { data } = await client().events.list({ calendarId: "primary" });
    expect(data.nextPageToken).toBeUndefined();
  });

  test("events that touch the range are in it, those that end at its start or begin at its end are not", async () => {
    const timeMin = "2026-11-03T10:00:00Z";
    const timeMax = "2026-11-05T09:00:00Z";
    expect(await titles(MAYA, { ...inOrder, timeMin, timeMax })).toEqual(["Day off"]);
    const inside = { timeMin: "2026-11-03T09:59:59Z", timeMax: "2026-11-05T09:00:01Z" };
    expect(await titles(MAYA, { ...inOrder, ...inside })).toHaveLength(3);
  });

  test("words are found in title and guests", async () => {
    expect(await titles(MAYA, { q: "closing ana@" })).toEqual(["Closing call"]);
    expect(await titles(MAYA, { q: "closing day" })).toEqual([]);
  });

  test("a page that is asked small has a next one", async () => {
    const { data } = await client().events.list({
      calendarId: "primary",
      ...inOrder,
      maxResults: 2,
    });
    expect(data.items).toHaveLength(2);
    const pageToken = data.nextPageToken ?? "";
    expect(await titles(MAYA, { ...inOrder, maxResults: 2, pageToken })).toEqual(["Later"]);
  });

  test.each([
    ["an order without single events", { orderBy: "startTime" }, 400],
    ["a range without offset", { timeMin: "2026-11-03T10:00:00" }, 400],
    ["an empty range", { timeMin: "2026-11-03T10:00:00Z", timeMax: "2026-11-03T10:00:00Z" }, 400],
    ["a sync token", { syncToken: "x" }, 501],
  ])("%s is refused", async (_, more, status) => {
    expect(await failure(client().events.list({ calendarId: "primary", ...more }))).toMatchObject({
      status,
    });
  });
});

describe("freebusy", () => {
  const range = { timeMin: "2026-11-03T00:00:00Z", timeMax: "2026-11-03T23:00:00Z" };
  const ask = async (...ids: string[]) => {
    const requestBody = { ...range, items: ids.map((id) => ({ id })) };
    return (await client().freebusy.query({ requestBody })).data.calendars;
  };

  test("times of any mailbox of the world are joined; an unknown one is an error of its own", async () => {
    await insert(withGuests());
    const end = { dateTime: "2026-11-03T10:30:00Z" };
    await insert(call({ id: "second", start: { dateTime: "2026-11-03T09:30:00Z" }, end }));
    expect(await ask("primary", ANA, OUTSIDE)).toEqual({
      primary: { busy: [{ start: "2026-11-03T09:00:00Z", end: "2026-11-03T10:30:00Z" }] },
      [ANA]: { busy: [{ start: "2026-11-03T09:00:00Z", end: "2026-11-03T10:00:00Z" }] },
      [OUTSIDE]: { errors: [{ domain: "global", reason: "notFound" }], busy: [] },
    });
  });

  test("a transparent or deleted event takes no time, a declined one none of who declined", async () => {
    await insert(withGuests({ transparency: "transparent" }));
    await insert(withGuests({ id: "deleted" }));
    await client().events.delete({ calendarId: "primary", eventId: "deleted" });
    expect(await ask(MAYA, ANA)).toEqual({ [MAYA]: { busy: [] }, [ANA]: { busy: [] } });
    const attendees = [{ email: ANA, responseStatus: "declined" }];
    await insert(call({ id: "declined", attendees }));
    expect(await ask(MAYA, ANA)).toMatchObject({ [MAYA]: { busy: [{}] }, [ANA]: { busy: [] } });
  });

  test("a day off is a day of its owner's zone, cut to what was asked", async () => {
    const day = { start: { date: "2026-11-03" }, end: { date: "2026-11-04" } };
    await insert(call({ ...day, attendees: [{ email: ANA }] }));
    expect(await ask(MAYA, ANA)).toEqual({
      [MAYA]: { busy: [{ start: "2026-11-03T00:00:00Z", end: "2026-11-03T23:00:00Z" }] },
      [ANA]: { busy: [{ start: "2026-11-03T05:00:00Z", end: "2026-11-03T23:00:00Z" }] },
    });
  });

  test("no range is refused", async () => {
    const work = client().freebusy.query({ requestBody: { items: [{ id: MAYA }] } });
    expect(await failure(work)).toMatchObject({ status: 400, reason: "required" });
  });
});
