import { expect, test } from "vitest";

import { busyUnion, freeSlots } from "./free.ts";

const DAY: Parameters<typeof freeSlots>[0] = {
  busy: [],
  from: "2026-11-25T00:00:00Z",
  to: "2026-11-26T00:00:00Z",
  minutes: 60,
  timeZone: "UTC",
  hours: { start: 9, end: 12 },
  days: [1, 2, 3, 4, 5],
  limit: 8,
};
const span = (from: string, to: string) => ({
  start: `2026-11-25T${from}:00Z`,
  end: `2026-11-25T${to}:00Z`,
});

test.each<[string, Partial<typeof DAY>, string[]]>([
  ["nobody is busy", {}, ["09:00", "10:00", "11:00"]],
  ["a meeting in the middle", { busy: [span("09:30", "10:10")] }, ["10:15"]],
  ["meetings that overlap", { busy: [span("10:00", "11:00"), span("09:00", "10:30")] }, ["11:00"]],
  ["meetings that touch", { busy: [span("09:00", "10:00"), span("10:00", "11:00")] }, ["11:00"]],
  [
    "a meeting that ends as the day begins",
    { busy: [span("08:00", "09:00")] },
    ["09:00", "10:00", "11:00"],
  ],
  ["busy all day", { busy: [span("00:00", "23:59")] }, []],
  ["half hours", { minutes: 30, limit: 2 }, ["09:00", "09:30"]],
  ["asked for in the middle of the day", { from: "2026-11-25T10:20:00Z" }, ["10:30"]],
  ["longer than the day", { minutes: 240 }, []],
  ["a Saturday", { from: "2026-11-28T00:00:00Z", to: "2026-11-29T00:00:00Z" }, []],
  ["working hours of another zone", { timeZone: "Europe/Berlin" }, ["08:00", "09:00", "10:00"]],
])("%s", (_, change, starts) => {
  const slots = freeSlots({ ...DAY, ...change });
  expect(slots.map(({ start }) => start.slice(11, 16))).toEqual(starts);
});

test("working hours follow the clocks over a change", () => {
  // Berlin: 25 October 2026 is a Sunday; 23 and 26 October are its neighbours.
  const slots = freeSlots({
    ...DAY,
    from: "2026-10-23T00:00:00Z",
    to: "2026-10-27T00:00:00Z",
    timeZone: "Europe/Berlin",
    hours: { start: 9, end: 10 },
  });
  expect(slots.map(({ start }) => start)).toEqual([
    "2026-10-23T07:00:00.000Z",
    "2026-10-26T08:00:00.000Z",
  ]);
});

test("busy times of several people are one list, in order", () => {
  expect(
    busyUnion([[span("10:00", "11:00"), span("09:00", "10:00")], [span("13:00", "14:00")]]),
  ).toEqual([
    { start: "2026-11-25T09:00:00.000Z", end: "2026-11-25T11:00:00.000Z" },
    { start: "2026-11-25T13:00:00.000Z", end: "2026-11-25T14:00:00.000Z" },
  ]);
});
