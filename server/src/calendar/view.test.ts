import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { assert, integer, property, uniqueArray } from "fast-check";
import { expect, test } from "vitest";

import type { LiveEvent } from "../google/calendar.ts";
import { calendarView, dayOf, spread } from "./view.ts";

const BERLIN = "Europe/Berlin";
/** A Friday, 11:05 in Berlin. */
const NOW = new Date("2026-11-27T10:05:00Z");

function event(
  id: string,
  start: string,
  end: string,
  more: Partial<LiveEvent> & { allDay?: true } = {},
): LiveEvent {
  const { allDay = false, ...rest } = more;
  return {
    id: EventId.parse(id),
    etag: "1",
    attendees: [],
    content: {
      title: id,
      start,
      end,
      allDay,
      timeZone: BERLIN,
      location: "",
      description: "",
      guests: [],
      meet: false,
    },
    cancelled: false,
    mine: true,
    organizer: "",
    link: undefined,
    busy: true,
    ...rest,
  };
}

const view = (events: LiveEvent[], more = false, minutes = 30) =>
  calendarView({ timeZone: BERLIN, events, more }, NOW, minutes);

test("today ends at midnight of the calendar's zone, and the next days a week later", () => {
  const { today, next } = view([
    event("overx", "2026-11-27T08:00:00.000Z", "2026-11-27T09:00:00.000Z"),
    event("nowxx", "2026-11-27T10:00:00.000Z", "2026-11-27T10:30:00.000Z"),
    event("wholeday", "2026-11-27", "2026-11-28", { allDay: true }),
    event("latex", "2026-11-27T22:30:00.000Z", "2026-11-27T23:30:00.000Z"),
    event("afterx", "2026-11-27T23:00:00.000Z", "2026-11-27T23:30:00.000Z"),
    event("lastx", "2026-12-04T22:30:00.000Z", "2026-12-04T22:45:00.000Z"),
    event("toolate", "2026-12-04T23:00:00.000Z", "2026-12-04T23:30:00.000Z"),
  ]);
  expect(today.map(({ id }) => id)).toEqual(["nowxx", "wholeday", "latex"]);
  expect(next.map(({ id }) => id)).toEqual(["afterx", "lastx"]);
});

test("free is where nothing that takes time stands, in working hours, from now on", () => {
  const [first] = view([]).free;
  expect(first).toEqual({ start: "2026-11-27T10:15:00.000Z", end: "2026-11-27T10:45:00.000Z" });
  const whole = event("wholeday", "2026-11-27", "2026-11-28", { allDay: true });
  // The weekend is passed over: Monday, nine in Berlin.
  expect(view([whole]).free[0]?.start).toBe("2026-11-30T08:00:00.000Z");
  expect(view([{ ...whole, busy: false }]).free[0]).toEqual(first);
});

test("with more events than were read, no time is called free", () => {
  expect(view([], true)).toMatchObject({ free: [], more: true });
});

test("the slots are spread: no day has more than three, and several days are offered", () => {
  for (const minutes of [15, 30, 60, 240]) {
    const days = Map.groupBy(view([], false, minutes).free, ({ start }) => start.slice(0, 10));
    expect(days.size).toBeGreaterThan(2);
    for (const slots of days.values()) expect(slots.length).toBeLessThanOrEqual(3);
  }
});

test("what is spread was free, in its order", () => {
  const Slots = uniqueArray(integer({ min: 0, max: 400 }))
    .map((hours) =>
      hours.toSorted((a, b) => a - b).map((hour) => 1_790_000_000_000 + hour * 3_600_000),
    )
    .map((starts) => starts.map((at) => ({ start: new Date(at).toISOString(), end: "" })));
  assert(
    property(Slots, (slots) => {
      const chosen = new Set(spread(slots, BERLIN));
      expect(slots.filter((slot) => chosen.has(slot))).toEqual([...chosen]);
      expect(chosen.size > 0).toBe(slots.length > 0);
    }),
    { numRuns: 50 },
  );
});

test("a day is as long as it is there", () => {
  expect(dayOf(new Date("2026-10-25T12:00:00Z"), BERLIN)).toEqual({
    start: "2026-10-24T22:00:00.000Z",
    end: "2026-10-25T23:00:00.000Z",
  });
});
