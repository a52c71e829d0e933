import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { expect, test } from "vitest";

import { byDay, factsOf, offerOf } from "./words.ts";

const ZONE = "Europe/Berlin";
const at = (start: string, end: string) => ({ start: `2026-${start}Z`, end: `2026-${end}Z` });
const TEN = at("11-30T09:00:00", "11-30T09:30:00");
const TWO = at("11-30T13:00:00", "11-30T13:30:00");
const NEXT = at("12-01T08:00:00", "12-01T08:30:00");

test("an offer names weekday, date, time and zone of each slot, in their order", () => {
  expect(offerOf([NEXT, TWO, TEN], ZONE, true)).toBe(
    "Draft a reply that offers these times: Monday 30 November 2026, 10:00 to 10:30 or 14:00 to 14:30; Tuesday 1 December 2026, 09:00 to 09:30 (Europe/Berlin).",
  );
  expect(offerOf([TEN], ZONE, false)).toBe(
    "Draft a mail that offers this time: Monday 30 November 2026, 10:00 to 10:30 (Europe/Berlin).",
  );
});

test("a slot stands under its day in the calendar's zone", () => {
  const late = at("11-30T23:30:00", "12-01T00:00:00");
  expect(byDay([late], ZONE)).toEqual([["Tuesday 1 December 2026", [late]]]);
});

test("an event says when, with whom, and whether it takes time", () => {
  const event = {
    id: EventId.parse("vdcall"),
    title: "Call",
    ...TEN,
    allDay: false,
    guests: ["a@x.example", "b@x.example", "c@x.example", "d@x.example"],
    busy: false,
  };
  expect(factsOf(event, ZONE)).toBe(
    "Monday 30 November 2026, 10:00 to 10:30 · with a@x.example, b@x.example, c@x.example and 1 more · Shown as free, or declined",
  );
});
