/** What the picture of a proposed event's day says, also to those who do not see it. Pure. */
import type { CalendarEvent, TimeSpan } from "@vaultdesk/shared/calendar-view.ts";
import { clockWords, spanOfEvent } from "@vaultdesk/shared/event-words.ts";

import { hoursOf, titleOf } from "../calendar/words.ts";

export const WORDS = {
  proposed: "Proposed",
  clear: "Nothing else stands in your calendar at that time.",
  allDay: (titles: string) => `All day: ${titles}.`,
  unread: "Your other events of that day could not be read, so a clash is not excluded.",
  again: "Read them again",
} as const;

function named(event: CalendarEvent, timeZone: string): string {
  return `${titleOf(event)}, ${hoursOf(event, timeZone)}`;
}

/** `Clashes with Weekly, 13:00 to 14:00, and 2 more.` */
export function clashWords(clashes: readonly CalendarEvent[], timeZone: string): string {
  const [first, second, ...more] = clashes;
  if (first === undefined) return WORDS.clear;
  const also = second === undefined ? "" : `; ${named(second, timeZone)}`;
  const rest = more.length === 0 ? "" : `; and ${more.length} more`;
  return `Clashes with ${named(first, timeZone)}${also}${rest}.`;
}

export function pictureWords(
  proposed: TimeSpan,
  shown: readonly CalendarEvent[],
  timeZone: string,
): string {
  const when = spanOfEvent({ ...proposed, allDay: false, timeZone });
  const others = shown.map((event) => named(event, timeZone));
  const rest =
    others.length === 0 ? "No other event is near." : `In your calendar: ${others.join("; ")}.`;
  return `Proposed: ${when}. ${rest}`;
}

export function hourWords(at: string, timeZone: string): string {
  return clockWords(Date.parse(at), timeZone);
}
