/**
 * The table holds whatever zone this process is in: `TZ=America/Los_Angeles npx vitest run server/src/time`, and so for Asia/Kolkata.
 */
import { describe, expect, test } from "vitest";

import { worked } from "../worked.ts";
import { resolveWhen } from "./when.ts";
import { instantOf, isZone } from "./zone.ts";

/** Tuesday 24 November 2026, 10:00 in Berlin, 04:00 in New York, 18:00 in Tokyo. */
const NOW = new Date("2026-11-24T09:00:00Z");
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"] as const;

/** Wall clock in the zone, `YYYY-MM-DDTHH:MM`, or a day; a second one is the end. */
const TABLE: readonly [words: string, start: string, end?: string][] = [
  ["tomorrow at 1", "2026-11-25T13:00"],
  ["tomorrow at 1pm", "2026-11-25T13:00"],
  ["tomorrow at 01:00", "2026-11-25T01:00"],
  ["tomorrow at 9", "2026-11-25T09:00"],
  ["tomorrow at 7", "2026-11-25T07:00"],
  ["tomorrow at 12", "2026-11-25T12:00"],
  ["Friday 3pm", "2026-11-27T15:00"],
  ["Thursday at 5", "2026-11-26T17:00"],
  ["this Friday at 10am", "2026-11-27T10:00"],
  ["next Friday at 10am", "2026-12-04T10:00"],
  ["next Tuesday 10:30-11:15", "2026-12-01T10:30", "2026-12-01T11:15"],
  ["next week Wednesday at 11:00", "2026-12-02T11:00"],
  ["Wednesday next week at 11:00", "2026-12-02T11:00"],
  ["tomorrow 14:00 to 15:30", "2026-11-25T14:00", "2026-11-25T15:30"],
  ["tomorrow from 1 to 2", "2026-11-25T13:00", "2026-11-25T14:00"],
  ["tomorrow 11 to 1", "2026-11-25T11:00", "2026-11-25T13:00"],
  ["tomorrow 22:00 to 00:30", "2026-11-25T22:00", "2026-11-26T00:30"],
  ["on 3 December at noon", "2026-12-03T12:00"],
  ["December 3rd at 4:30 pm", "2026-12-03T16:30"],
  ["3 Dec 2026 9:15", "2026-12-03T09:15"],
  ["the day after tomorrow at 9", "2026-11-26T09:00"],
  ["Monday morning", "2026-11-30T09:00"],
  ["tomorrow afternoon", "2026-11-25T15:00"],
  ["end of day Thursday", "2026-11-26T17:00"],
  ["Thursday EOD", "2026-11-26T17:00"],
  ["tomorrow at half past 2", "2026-11-25T14:30"],
  ["in 3 days at 4pm", "2026-11-27T16:00"],
  ["in two weeks", "2026-12-08"],
  ["tomorrow", "2026-11-25"],
  ["Friday", "2026-11-27"],
  ["yesterday", "2026-11-23"],
  ["last Monday", "2026-11-23"],
  ["next week", "2026-11-30", "2026-12-07"],
  ["this week", "2026-11-24", "2026-11-30"],
  ["24.12.2026", "2026-12-24"],
  ["13/12/2026 at 10:00", "2026-12-13T10:00"],
  ["2026-12-03", "2026-12-03"],
  ["2026-12-03T10:00", "2026-12-03T10:00"],
  ["2026-12-03 10:00:00", "2026-12-03T10:00"],
  ["morgen um 13 Uhr", "2026-11-25T13:00"],
  ["übermorgen um 9 Uhr", "2026-11-26T09:00"],
];

function wall(text: string, timeZone: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[-T:]/).map(Number);
  return instantOf({ year, month, day, hour, minute }, timeZone);
}

describe.each(ZONES)("in %s", (timeZone) => {
  test.each(TABLE)("%s", (words, start, end) => {
    const at = (text: string) => (text.includes("T") ? wall(text, timeZone) : text);
    expect(resolveWhen(words, { now: NOW, timeZone })).toEqual({
      ok: true,
      moment: {
        start: at(start),
        end: end === undefined ? undefined : at(end),
        allDay: !start.includes("T"),
      },
    });
  });
});

/** A Thursday at 10:00 whose Sunday has 25 or 23 hours. */
const CHANGES = [
  ["Europe/Berlin", "2026-10-22T08:00:00Z"],
  ["America/New_York", "2026-10-29T14:00:00Z"],
  ["Australia/Sydney", "2026-10-01T00:00:00Z"],
] as const;

/** Days after that Thursday, with the time on the wall. */
const OVER_THE_CHANGE: readonly [words: string, start: string, end?: string][] = [
  ["tonight at 8", "0 20:00"],
  ["tomorrow at 1", "1 13:00"],
  ["morgen um 13 Uhr", "1 13:00"],
  ["Friday 3pm", "1 15:00"],
  ["Saturday at noon", "2 12:00"],
  ["the day after tomorrow at 9", "2 09:00"],
  ["two days after Saturday at 9", "4 09:00"],
  ["Saturday 22:00 to 05:00", "2 22:00", "3 05:00"],
  ["Saturday 23:30 to 00:30", "2 23:30", "3 00:30"],
  ["Sunday at 01:00", "3 01:00"],
  ["Sunday at 03:30", "3 03:30"],
  ["Sunday at 9", "3 09:00"],
  ["this Sunday at 10am", "3 10:00"],
  ["in 3 days at 4pm", "3 16:00"],
  ["Sunday 22:00", "3 22:00"],
  ["Sunday 22:00 to 00:30", "3 22:00", "4 00:30"],
  ["Sunday 01:00 to 04:00", "3 01:00", "3 04:00"],
  ["Monday at 9", "4 09:00"],
  ["Monday morning", "4 09:00"],
  ["Monday afternoon", "4 15:00"],
  ["next Monday at 8am", "4 08:00"],
  ["Monday from 1 to 2", "4 13:00", "4 14:00"],
  ["Monday at half past 2", "4 14:30"],
  ["end of day Monday", "4 17:00"],
  ["Monday EOD", "4 17:00"],
  ["in 4 days at 9am", "4 09:00"],
  ["Tuesday 10:30-11:15", "5 10:30", "5 11:15"],
  ["next Tuesday 10:30-11:15", "5 10:30", "5 11:15"],
  ["next week Wednesday at 11:00", "6 11:00"],
  ["next Friday at 10am", "8 10:00"],
  ["yesterday", "-1"],
  ["Sunday", "3"],
  ["Monday", "4"],
  ["this week", "0", "4"],
  ["next week", "4", "11"],
  ["in two weeks", "14"],
];

/** The time on a wall in the zone, by Intl and not by our own arithmetic. */
function onTheWall(time: string | undefined, now: string, timeZone: string): string | undefined {
  if (time === undefined) return undefined;
  const allDay = !time.includes("T");
  const shown = new Intl.DateTimeFormat("en-CA", {
    timeZone: allDay ? "UTC" : timeZone,
    dateStyle: "short",
    ...(allDay ? {} : { timeStyle: "short" }),
    hourCycle: "h23",
  }).format(new Date(time));
  const [day = "", clock] = shown.split(", ");
  const thursday = new Date(now).toLocaleDateString("en-CA", { timeZone });
  const days = Math.round((Date.parse(day) - Date.parse(thursday)) / 86_400_000);
  return clock === undefined ? `${days}` : `${days} ${clock}`;
}

describe.each(CHANGES)("in %s, over the change of the clocks", (timeZone, now) => {
  test.each(OVER_THE_CHANGE)("%s", (words, start, end) => {
    const when = resolveWhen(words, { now: new Date(now), timeZone });
    const moment = when.ok ? when.moment : undefined;
    expect(onTheWall(moment?.start, now, timeZone)).toBe(start);
    expect(onTheWall(moment?.end, now, timeZone)).toBe(end);
  });

  test("that Sunday does not have 24 hours", () => {
    const at = (words: string) => {
      const when = resolveWhen(words, { now: new Date(now), timeZone });
      return when.ok ? Date.parse(when.moment.start) : Number.NaN;
    };
    const hours = (at("Monday at 00:00") - at("Sunday at 00:00")) / 3_600_000;
    expect(hours).toBe(timeZone === "Australia/Sydney" ? 23 : 25);
  });
});

test.each<[words: string, now: string, timeZone: string, start: string]>([
  // Elapsed time over the change of the clocks: Berlin on 25 October 2026 and 28 March 2027, New York on 1 November 2026.
  ["in 2 hours", "2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00.000Z"],
  ["in 90 minutes", "2027-03-28T00:30:00Z", "Europe/Berlin", "2027-03-28T02:00:00.000Z"],
  ["in 3 hours", "2026-11-01T04:30:00Z", "America/New_York", "2026-11-01T07:30:00.000Z"],
  // The same wall clock on either side.
  ["tomorrow at 9", "2026-10-24T08:00:00Z", "Europe/Berlin", "2026-10-25T08:00:00.000Z"],
  ["today at 9", "2026-10-24T05:00:00Z", "Europe/Berlin", "2026-10-24T07:00:00.000Z"],
  ["Monday at 9", "2027-03-26T08:00:00Z", "Europe/Berlin", "2027-03-29T07:00:00.000Z"],
  ["tomorrow at 9", "2026-10-31T12:00:00Z", "America/New_York", "2026-11-01T14:00:00.000Z"],
  // A time that does not exist moves forward; of one that is there twice the first is meant.
  ["2027-03-28T02:30", "2026-11-24T09:00:00Z", "Europe/Berlin", "2027-03-28T01:30:00.000Z"],
  ["2026-10-25T02:30", "2026-10-20T09:00:00Z", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  // The user's today is not the server's, at the edges of the world too.
  [
    "the day after tomorrow at 9",
    "2026-11-24T09:00:00Z",
    "Pacific/Kiritimati",
    "2026-11-25T19:00:00.000Z",
  ],
  [
    "the day after tomorrow at 9",
    "2026-11-24T09:00:00Z",
    "Pacific/Pago_Pago",
    "2026-11-25T20:00:00.000Z",
  ],
  ["today at 6pm", "2026-11-24T20:00:00Z", "Asia/Tokyo", "2026-11-25T09:00:00.000Z"],
  ["tomorrow at 10:00", "2026-11-24T02:00:00Z", "America/New_York", "2026-11-24T15:00:00.000Z"],
  // Without a day, the coming one.
  ["at 3", "2026-11-24T09:00:00Z", "Europe/Berlin", "2026-11-24T14:00:00.000Z"],
  ["at 3", "2026-11-24T15:00:00Z", "Europe/Berlin", "2026-11-25T14:00:00.000Z"],
  ["tonight at 8", "2026-11-24T09:00:00Z", "Europe/Berlin", "2026-11-24T19:00:00.000Z"],
  // A zone in the words wins.
  ["3 Dec 10am ET", "2026-11-24T09:00:00Z", "Europe/Berlin", "2026-12-03T15:00:00.000Z"],
  ["tomorrow 10:00 London time", "2026-11-24T09:00:00Z", "Asia/Tokyo", "2026-11-25T10:00:00.000Z"],
  ["tomorrow at 10:00 CET", "2026-11-24T09:00:00Z", "America/New_York", "2026-11-25T09:00:00.000Z"],
  ["3 July at 10am ET", "2026-06-24T09:00:00Z", "Europe/Berlin", "2026-07-03T14:00:00.000Z"],
  ["tomorrow 9:00 Asia/Singapore", "2026-11-24T09:00:00Z", "UTC", "2026-11-25T01:00:00.000Z"],
  ["2026-12-03T10:00+01:00", "2026-11-24T09:00:00Z", "Asia/Tokyo", "2026-12-03T09:00:00.000Z"],
  ["2026-12-03T10:00:00Z", "2026-11-24T09:00:00Z", "Asia/Tokyo", "2026-12-03T10:00:00.000Z"],
])("%s, said at %s in %s, is %s", (words, now, timeZone, start) => {
  const when = resolveWhen(words, { now: new Date(now), timeZone });
  expect(when).toMatchObject({ ok: true, moment: { start } });
});

test.each([
  "sometime soon",
  "",
  "asap",
  "3/4 at 10:00",
  "on the 5th at 11",
  "tomorrow at 1 and Friday at 2",
  "2026-02-30",
  "2026-12-03T25:00",
  "tomorrow at 1 for half an hour with Ana",
  "tomorrow 15:00 to 14:00",
  "\u202e\u0000",
  "9".repeat(150),
])("%j is refused with what to write instead", (words) => {
  const when = resolveWhen(words, { now: NOW, timeZone: "Europe/Berlin" });
  expect(when.ok ? "" : when.why).toContain("YYYY-MM-DD");
});

test.each(["tomorrow ".repeat(2000), "1-".repeat(5000), "next ".repeat(40), "12:".repeat(60)])(
  "a text made to be slow is refused at once",
  (words) => {
    const { result, ms } = worked(() => resolveWhen(words, { now: NOW, timeZone: "UTC" }));
    expect(result.ok).toBe(false);
    expect(ms).toBeLessThan(250);
  },
);

test("a zone is one that the machine knows", () => {
  expect([isZone("Europe/Berlin"), isZone("Mars/Olympus")]).toEqual([true, false]);
});
