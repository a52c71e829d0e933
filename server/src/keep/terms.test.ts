import { assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { endedBy, endOf, termsAt } from "./terms.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-27T08:00:00.000Z");
const at = (ms: number) => new Date(ms).toISOString();
const stood = { days: 30, since: NOW - 9 * DAY, seen: NOW - HOUR };

describe("terms that nobody could have seen for a day end nothing", () => {
  test.each([
    ["they stand", stood, 30, at(NOW - 30 * DAY)],
    ["a day ago to the millisecond", { ...stood, since: NOW - DAY }, 30, at(NOW - 30 * DAY)],
    ["a millisecond less", { ...stood, since: NOW - DAY + 1 }, 30, undefined],
    ["the first start of a version that has them", undefined, 30, undefined],
    ["fewer days", stood, 7, undefined],
    ["more days", stood, 90, undefined],
    ["the server was off, or its clock is ahead", { ...stood, seen: NOW - DAY - 1 }, 30, undefined],
    ["its clock was ahead", { ...stood, seen: NOW + 1 }, 30, undefined],
    ["they began when it was", { ...stood, since: NOW + DAY }, 30, undefined],
  ])("%s", (_, before, days, ended) => {
    expect(endedBy(termsAt(NOW, days, before), NOW)).toBe(ended);
  });
});

test("what the list says is when it ends: not a millisecond earlier, and at its time", () => {
  const ms = integer({ min: 0, max: 100 * DAY });
  assert(
    property(ms, ms, integer({ min: 1, max: 60 }), (used, since, days) => {
      const terms = { days, since, seen: since };
      const end = Date.parse(endOf(at(used), terms));
      expect(at(used) <= (endedBy(terms, end) ?? "")).toBe(true);
      expect(at(used) <= (endedBy(terms, end - 1) ?? "")).toBe(false);
    }),
  );
});
