/** `check_calendar`: when the user and colleagues are busy, and where all are free in working hours. */
import { timeOfEvent } from "@vaultdesk/shared/event-words.ts";
import { z } from "zod";

import { busyUnion, freeSlots, WORKING } from "../../time/free.ts";
import { Guests, spanOf, When } from "./event-args.ts";
import { plural, refused } from "./outcome.ts";
import { readTool } from "./tool.ts";

const Hour = z.int().min(0).max(24);

export const checkCalendar = readTool(
  {
    name: "check_calendar",
    title: "Checking calendars",
    description:
      "Busy times of the user, and of colleagues who share them, and slots where all are free in working hours.",
    args: z.strictObject({
      from: When.describe("First day or time, in the user's words or YYYY-MM-DD."),
      to: When.optional().describe("Last day or time; without it the day of from."),
      people: Guests.default([]).describe("Addresses of colleagues."),
      minutes: z.int().min(5).max(600).default(30).describe("Length of a free slot."),
      work_from: Hour.default(WORKING.hours.start),
      work_to: Hour.default(WORKING.hours.end),
    }),
  },
  async (args, room, signal) => {
    const { timeZone } = room;
    const first = spanOf(args.from, args.minutes, room);
    if (!first.ok) return first.outcome;
    const last = args.to === undefined ? first : spanOf(args.to, args.minutes, room);
    if (!last.ok) return last.outcome;
    const from = new Date(first.span.start).toISOString();
    const end = new Date(last.span.end);
    const to = (end.getTime() > Date.parse(from) ? end : new Date(first.span.end)).toISOString();
    const who = ["primary", ...args.people];
    const found = await room.diary.busy({ from, to, who }, signal);
    if (!found.ok) return refused(found.problem);
    const hidden = found.value.filter(({ busy }) => busy === undefined).map((one) => one.who);
    const free = freeSlots({
      busy: busyUnion(found.value.map(({ busy }) => busy ?? [])),
      from: from > room.now.toISOString() ? from : room.now.toISOString(),
      to,
      minutes: args.minutes,
      timeZone,
      hours: { start: args.work_from, end: args.work_to },
      days: WORKING.days,
      limit: 8,
    });
    const said = (span: { start: string; end: string }) =>
      timeOfEvent({ ...span, allDay: false, timeZone });
    return {
      json: {
        from,
        to,
        time_zone: timeZone,
        working_hours: `${args.work_from}:00 to ${args.work_to}:00, Monday to Friday`,
        calendars: found.value.map(({ who: person, busy }) => ({
          who: person === "primary" ? "the user" : person,
          busy: busy === undefined ? "not visible" : busy.map(said),
        })),
        free: free.map(said),
      },
      ok: true,
      untrusted: true,
      summary:
        free.length === 0
          ? "No free slot in working hours"
          : `Found ${plural(free.length, "free slot")}`,
      details: [
        ...free.map((slot) => `Free: ${said(slot)}`),
        ...hidden.map((person) => `${person}: Google does not show this calendar`),
      ],
    };
  },
);
