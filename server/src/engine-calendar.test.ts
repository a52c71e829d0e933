/** The calendar's routes over the stand-ins: one's own calendar, what is missing said in words, and nothing changed. */
import { routes } from "@vaultdesk/shared/api.ts";
import { CALENDAR_EVENTS, FIRST_SCOPES } from "@vaultdesk/shared/scope.ts";
import type { Visitor } from "@vaultdesk/standins/visitor.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { calendarClient } from "./google/calendar.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

const HOUR = 3_600_000;

let office: Awaited<ReturnType<typeof startOffice>>;
let maya: Visitor;
let ana: Visitor;

beforeAll(async () => {
  office = await startOffice();
  [maya, ana] = await Promise.all([office.visit(MAYA), office.visit(ANA)]);
  await maya.connect(MAYA_MAIL, [...FIRST_SCOPES, CALENDAR_EVENTS]);
  await ana.connect(ANA_MAIL, FIRST_SCOPES);
});

afterAll(() => office.close());

const ask = (who: Visitor, { path }: { path: string }, query = "") =>
  office.call(who.api, { ...routes.calendar, path: `${path}${query}` });

function when(at: number) {
  return { dateTime: new Date(at).toISOString() };
}

async function put(title: string, start: number, hours: number): Promise<void> {
  const api = calendarClient(
    office.google.url,
    office.google.issue(MAYA_MAIL, [CALENDAR_EVENTS]).accessToken,
  );
  await api.events.insert({
    calendarId: "primary",
    requestBody: {
      summary: title,
      start: when(start),
      end: when(start + hours * HOUR),
      attendees: [{ email: ANA_MAIL }],
    },
  });
}

test("the calendar has what runs now and what comes, and offers no time that is taken", async () => {
  const now = Date.now();
  await put("Falcon: running", now - HOUR, 2);
  // Four days are always partly in a week's working days, whatever today is.
  await put("Falcon: site visit", now + 30 * HOUR, 96);
  const { body } = await ask(maya, routes.calendar, "?minutes=60");
  const view = routes.calendar.reply.parse(body);
  expect(view).toMatchObject({ timeZone: "UTC", more: false });
  expect([...view.today, ...view.next].map(({ title, guests }) => [title, guests])).toEqual([
    ["Falcon: running", [ANA_MAIL]],
    ["Falcon: site visit", [ANA_MAIL]],
  ]);
  expect(view.free.length).toBeGreaterThan(0);
  for (const { start, end } of view.free) {
    expect(Date.parse(end) - Date.parse(start)).toBe(HOUR);
    expect(Date.parse(start)).toBeGreaterThanOrEqual(now + HOUR);
    const clear = Date.parse(end) <= now + 30 * HOUR || Date.parse(start) >= now + 126 * HOUR;
    expect([start, clear]).toEqual([start, true]);
  }
});

test("the day round a time is the day there, with all that touches it", async () => {
  await put("Falcon: over midnight", Date.parse("2031-03-10T22:30:00Z"), 2);
  await put("Falcon: next day", Date.parse("2031-03-11T23:30:00Z"), 1);
  const query = "?at=2031-03-11T12:00:00.000Z&zone=Europe/Berlin";
  const day = routes.calendarDay.reply.parse((await ask(maya, routes.calendarDay, query)).body);
  expect(day.day).toEqual({ start: "2031-03-10T23:00:00.000Z", end: "2031-03-11T23:00:00.000Z" });
  expect(day.events.map(({ title }) => title)).toEqual(["Falcon: over midnight"]);
});

test("without the permission it is named, and a silent Google is said", async () => {
  for (const route of [routes.calendar, routes.calendarDay]) {
    expect(await ask(ana, route)).toMatchObject({
      status: 409,
      body: { problem: { code: "google_scope_missing", scopes: [CALENDAR_EVENTS] } },
    });
  }
});

test.each(["?minutes=0", "?minutes=x", "?minutes=1e9"])("%s is refused", async (query) => {
  expect((await ask(maya, routes.calendar, query)).status).toBe(400);
});

test.each(["?at=tomorrow", "?at=9999-12-31T12:00:00Z", "?zone=Moon/Base"])(
  "%s is refused",
  async (query) => {
    expect((await ask(maya, routes.calendarDay, query)).status).toBe(400);
  },
);
