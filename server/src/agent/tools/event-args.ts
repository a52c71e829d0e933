/** What the calendar tools share: times in the user's words, resolved by code and never by the model; events as the model reads them. */
import { timeOfEvent } from "@vaultdesk/shared/event-words.ts";
import { z } from "zod";

import type { LiveEvent } from "../../google/calendar.ts";
import { textOfHtml } from "../../google/message.ts";
import { visible } from "../../google/visible.ts";
import { resolveWhen } from "../../time/when.ts";
import { failed, type ToolOutcome } from "./outcome.ts";
import type { Room } from "./tool.ts";

export const When = z
  .string()
  .min(1)
  .max(200)
  .describe(
    'The time in the user\'s own words ("tomorrow at 1", "Friday 3pm"), or YYYY-MM-DDTHH:MM in the user\'s zone. Don\'t compute dates.',
  );

export const EventRef = z
  .string()
  .regex(/^[a-z0-9_TZ]{5,1024}$/, "use an event_id from list_upcoming_events");

export const Guests = z.array(z.string().max(320)).max(100);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A span in time, or the outcome that says what to write instead. */
export interface Span {
  start: string;
  end: string;
  allDay: boolean;
}

type Spanned = { ok: true; span: Span } | { ok: false; outcome: ToolOutcome };

/** RFC 3339 with milliseconds, as Google's times are compared. */
function instant(time: string): string {
  return new Date(time).toISOString();
}

/** `words` as a span; a point in time lasts `minutes`. */
export function spanOf(words: string, minutes: number, { now, timeZone }: Room): Spanned {
  const when = resolveWhen(words, { now, timeZone });
  if (!when.ok) return { ok: false, outcome: failed("time_unclear", when.why) };
  const { start, end, allDay } = when.moment;
  if (allDay) {
    const next = new Date(Date.parse(start) + DAY_MS).toISOString().slice(0, 10);
    return { ok: true, span: { start, end: end ?? next, allDay } };
  }
  const until = end ?? new Date(Date.parse(start) + minutes * MINUTE_MS).toISOString();
  return { ok: true, span: { start: instant(start), end: instant(until), allDay } };
}

/** Refused where it is over already: a meeting in the past is a mistake of the model. */
export function pastOutcome({ end }: Span, now: Date): ToolOutcome | undefined {
  return Date.parse(end) > now.getTime()
    ? undefined
    : failed("time_in_the_past", "That time is over. Name a time that is still to come.");
}

/** Google Calendar shows the HTML of a description. */
function seenText(text: string): string {
  return /<[a-z!/]/i.test(text) ? textOfHtml(text) : visible(text);
}

/** An event for the model: times in its zone, absolute. */
export function eventJson({ id, content, mine, organizer }: LiveEvent): object {
  const { guests, meet } = content;
  const title = visible(content.title).slice(0, 500);
  const location = visible(content.location).slice(0, 500);
  const description = seenText(content.description);
  return {
    event_id: id,
    title,
    when: timeOfEvent(content),
    ...(location === "" ? {} : { location }),
    ...(guests.length === 0 ? {} : { guests }),
    ...(meet ? { meet } : {}),
    ...(description === "" ? {} : { description: description.slice(0, 500) }),
    ...(mine ? {} : { organizer, note: "only its organizer can change it" }),
  };
}
