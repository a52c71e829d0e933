/** `list_upcoming_events`: the user's own calendar, in order. */
import { timeOfEvent } from "@vaultdesk/shared/event-words.ts";
import { z } from "zod";

import { eventJson, spanOf, When } from "./event-args.ts";
import { plural, refused } from "./outcome.ts";
import { Max, readTool } from "./tool.ts";

const WEEK_MS = 7 * 86_400_000;

export const listUpcomingEvents = readTool(
  {
    name: "list_upcoming_events",
    title: "Reading your calendar",
    description: "The user's calendar events, in order. Without times: the coming seven days.",
    args: z.strictObject({
      from: When.optional(),
      to: When.optional(),
      query: z.string().max(200).optional().describe("Words in the event."),
      max: Max,
    }),
  },
  async ({ from, to, query, max }, room, signal) => {
    const first = from === undefined ? undefined : spanOf(from, 0, room);
    if (first?.ok === false) return first.outcome;
    const last = to === undefined ? undefined : spanOf(to, 0, room);
    if (last?.ok === false) return last.outcome;
    const start = new Date(first?.span.start ?? room.now);
    const named = last?.span.end ?? (first?.span.allDay === true ? first.span.end : undefined);
    const end = new Date(named ?? start.getTime() + WEEK_MS);
    if (end <= start) end.setTime(start.getTime() + WEEK_MS);
    const range = { from: start.toISOString(), to: end.toISOString() };
    const found = await room.diary.events({ ...range, max, words: query }, signal);
    if (!found.ok) return refused(found.problem);
    const { events, timeZone, more } = found.value;
    return {
      json: {
        time_zone: timeZone,
        ...range,
        events: events.map(eventJson),
        ...(more ? { more: "there are more: ask for a shorter time" } : {}),
      },
      ok: true,
      untrusted: true,
      summary: events.length === 0 ? "No events" : `Read ${plural(events.length, "event")}`,
      details: events.map(({ content }) => `${content.title} · ${timeOfEvent(content)}`),
    };
  },
);
