import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { type CalendarEvent } from "@vaultdesk/shared/calendar-view.ts";
import { array, assert, integer, property, record } from "fast-check";
import { expect, test } from "vitest";

import { layoutOf } from "./day-layout.ts";
import { clashWords, pictureWords } from "./day-words.ts";

const MINUTE = 60_000;
const MIDNIGHT = Date.parse("2026-11-30T23:00:00Z");
const ZONE = "Europe/Berlin";
const DAY = span(0, 24 * 60);

function instant(minute: number): string {
  return new Date(MIDNIGHT + minute * MINUTE).toISOString();
}

/** Minutes of the day. */
function span(from: number, to: number) {
  return { start: instant(from), end: instant(to) };
}

function event(title: string, from: number, to: number, more: Partial<CalendarEvent> = {}) {
  const id = EventId.parse(`vd${title.toLowerCase()}xxx`);
  return { id, title, ...span(from, to), allDay: false, guests: [], busy: true, ...more };
}

test("two hours before and after are shown, inside the day", () => {
  const { hours, height } = layoutOf(DAY, span(13 * 60 + 15, 14 * 60), []);
  expect(hours.map(({ at }) => at.slice(11, 13))).toEqual(["10", "11", "12", "13", "14"]);
  expect(height).toBe(5 * 36);
  expect(layoutOf(DAY, span(0, 30), []).hours[0]?.at).toBe(DAY.start);
  expect(layoutOf(DAY, span(23 * 60, 24 * 60), []).hours).toHaveLength(3);
});

test("a clash is what takes time while the proposed one does; what touches its edge is none", () => {
  const others = [
    event("Before", 12 * 60, 13 * 60),
    event("Weekly", 13 * 60, 14 * 60),
    event("Inside", 13 * 60 + 10, 13 * 60 + 20),
    event("After", 13 * 60 + 30, 15 * 60),
    event("Free", 13 * 60, 14 * 60, { busy: false }),
    event("Holiday", 0, 24 * 60, { allDay: true, start: "2026-12-01", end: "2026-12-02" }),
  ];
  const { clashes, blocks } = layoutOf(DAY, span(13 * 60, 13 * 60 + 30), others);
  expect(clashes.map(({ title }) => title)).toEqual(["Weekly", "Inside"]);
  expect(new Set(blocks.map((block) => block.event?.title))).toEqual(
    new Set(["After", "Before", "Inside", "Weekly", undefined]),
  );
  expect(blocks).toHaveLength(5);
  expect(clashWords(clashes, ZONE)).toBe(
    "Clashes with Weekly, 13:00 to 14:00; Inside, 13:10 to 13:20.",
  );
  expect(clashWords([], ZONE)).toBe("Nothing else stands in your calendar at that time.");
});

test("the picture has its text: the proposed time with its day, and what is near", () => {
  expect(pictureWords(span(13 * 60, 13 * 60 + 30), [event("Weekly", 720, 780)], ZONE)).toBe(
    "Proposed: Tuesday 1 December 2026, 13:00 to 13:30. In your calendar: Weekly, 12:00 to 13:00.",
  );
});

test("a day on which the clocks go back has an hour more, named twice", () => {
  const day = { start: "2026-10-24T22:00:00Z", end: "2026-10-25T23:00:00Z" };
  const { hours } = layoutOf(
    day,
    { start: "2026-10-25T00:30:00Z", end: "2026-10-25T02:00:00Z" },
    [],
  );
  expect(hours[0]?.at).toBe("2026-10-24T22:00:00.000Z");
  expect(hours).toHaveLength(6);
});

const Times = record({
  start: integer({ min: 0, max: 24 * 60 - 15 }),
  minutes: integer({ min: 5, max: 600 }),
});

function endOf({ start, minutes }: { start: number; minutes: number }): number {
  return Math.min(24 * 60, start + minutes);
}

test("nothing covers anything else, all stays inside, and the proposed one is always there", () => {
  assert(
    property(Times, array(Times, { maxLength: 12 }), (proposed, list) => {
      const others = list.map((times, index) => event(`E${index}`, times.start, endOf(times)));
      const { blocks, height } = layoutOf(DAY, span(proposed.start, endOf(proposed)), others);
      expect(blocks.filter((block) => block.event === undefined)).toHaveLength(1);
      for (const [index, a] of blocks.entries()) {
        expect(a.top).toBeGreaterThanOrEqual(-0.01);
        expect(a.top + a.height).toBeLessThanOrEqual(height + 0.01);
        expect(a.left + a.width).toBeLessThanOrEqual(100.01);
        for (const b of blocks.slice(index + 1)) {
          const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
          const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
          expect(Math.min(down, across)).toBeLessThanOrEqual(0.01);
        }
      }
    }),
    { numRuns: 100 },
  );
});
