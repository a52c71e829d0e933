import { expect, test } from "vitest";

import { sayTime, takeDays } from "./days.ts";

const MONDAY = "2026-11-23";

test.each([
  ["since October 1", { after: "2026-10-01" }],
  ["since 1 Oct 2001", { after: "2001-10-01" }],
  ["after 2026-02-28", { after: "2026-02-28" }],
  ["since December 5", { after: "2025-12-05" }],
  ["before 10/01/2001", { before: "2001-10-01" }],
  ["until 5 November", { before: "2026-11-06" }],
  ["between 1 October and 15 October", { after: "2026-10-01", before: "2026-10-16" }],
  ["from March to May 2001", { after: "2001-03-01", before: "2001-06-01" }],
  ["in October", { after: "2026-10-01", before: "2026-11-01" }],
  ["in December", { after: "2025-12-01", before: "2026-01-01" }],
  ["in 2001", { after: "2001-01-01", before: "2002-01-01" }],
  ["yesterday", { after: "2026-11-22", before: "2026-11-23" }],
  ["today", { after: "2026-11-23", before: "2026-11-24" }],
  ["on Tuesday", { after: "2026-11-17", before: "2026-11-18" }],
  ["since Monday", { after: "2026-11-16" }],
  ["last week", { after: "2026-11-16", before: "2026-11-23" }],
  ["this month", { after: "2026-11-01", before: "2026-11-24" }],
  ["in the last 30 days", { after: "2026-10-24" }],
  ["over the past 2 weeks", { after: "2026-11-09" }],
  ["since the kick-off", {}],
  ["about the 2 May mandates", { after: "2026-05-02", before: "2026-05-03" }],
])("%s", (words, span) => {
  expect(takeDays(`mails from Ana ${words}`, MONDAY).span).toEqual(span);
});

test("the days are cut out of the request", () => {
  expect(takeDays("mails from Ana since October 1 about escrow", MONDAY).rest).toBe(
    "mails from Ana about escrow",
  );
});

test("times are the user's", () => {
  expect(sayTime("2026-11-20T14:04:00.000Z", "Europe/Madrid")).toBe("Fri 20 Nov 2026, 15:04");
  expect(sayTime("2026-11-20T14:04:00.000Z", "No/Where")).toBe("Fri 20 Nov 2026, 14:04");
});
