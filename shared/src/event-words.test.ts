import { expect, test } from "vitest";

import { timeOfEvent } from "./event-words.ts";

const BASE = {
  start: "2026-11-25T12:00:00.000Z",
  end: "2026-11-25T12:30:00.000Z",
  allDay: false,
  timeZone: "Europe/Berlin",
};

test.each([
  [{}, "Wednesday 25 November 2026, 13:00 to 13:30 (Europe/Berlin)"],
  [
    { timeZone: "America/New_York" },
    "Wednesday 25 November 2026, 07:00 to 07:30 (America/New_York)",
  ],
  [
    { end: "2026-11-26T12:30:00Z" },
    "Wednesday 25 November 2026, 13:00 to Thursday 26 November 2026, 13:30 (Europe/Berlin)",
  ],
  // The clocks go back on 25 October 2026 in Berlin, between start and end.
  [
    { start: "2026-10-25T00:30:00Z", end: "2026-10-25T02:30:00Z" },
    "Sunday 25 October 2026, 02:30 to 03:30 (Europe/Berlin)",
  ],
  [{ start: "2026-12-24", end: "2026-12-25", allDay: true }, "Thursday 24 December 2026, all day"],
  [
    { start: "2026-12-24", end: "2026-12-27", allDay: true },
    "Thursday 24 December 2026 to Saturday 26 December 2026, all day",
  ],
  [{ timeZone: "Mars/Olympus" }, "Wednesday 25 November 2026, 12:00 to 12:30 (UTC)"],
  [{ start: "" }, "no time"],
])("%j is said as %s", (change, words) => {
  expect(timeOfEvent({ ...BASE, ...change })).toBe(words);
});
