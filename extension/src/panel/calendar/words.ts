/** What the calendar's page says. Pure. */
import type { CalendarEvent, TimeSpan } from "@vaultdesk/shared/calendar-view.ts";
import { clockWords, dayWords, spanOfEvent } from "@vaultdesk/shared/event-words.ts";

export const WORDS = {
  title: "Calendar",
  reading: "Reading your calendar.",
  zone: (timeZone: string) => `All times are ${timeZone}, the zone of your calendar.`,
  today: "Today",
  noneToday: "Nothing more today.",
  next: "Next",
  noneNext: "Nothing in the seven days after.",
  more: "Your calendar holds more than can be listed here. Ask for the days you need.",
  free: "Free times to offer",
  freeAbout: "Monday to Friday, 09:00 to 18:00, where nothing else stands in your calendar.",
  noneFree: "No free time of this length in the coming days. Choose a shorter one, or ask.",
  length: "Length",
  offer: "Offer these times",
  offerAbout: "Puts them into the question box. Nothing is sent.",
  untitled: "(no title)",
  notBusy: "Shown as free, or declined",
} as const;

export const LENGTHS = [30, 60].map((value) => ({ value, label: `${value} min` }));

export function titleOf({ title }: { title: string }): string {
  return title === "" ? WORDS.untitled : title;
}

/** The quiet line under an event's title. */
export function factsOf(event: CalendarEvent, timeZone: string): string {
  const { guests, busy } = event;
  const named = guests.slice(0, 3).join(", ");
  const others = guests.length > 3 ? ` and ${guests.length - 3} more` : "";
  return [
    spanOfEvent({ ...event, timeZone }),
    ...(guests.length === 0 ? [] : [`with ${named}${others}`]),
    ...(busy ? [] : [WORDS.notBusy]),
  ].join(" · ");
}

/** `10:00 to 10:30`. */
export function hoursOf({ start, end }: TimeSpan, timeZone: string): string {
  return `${clockWords(Date.parse(start), timeZone)} to ${clockWords(Date.parse(end), timeZone)}`;
}

/** In their order, under their day in words. */
export function byDay(slots: readonly TimeSpan[], timeZone: string): [string, TimeSpan[]][] {
  const days = Map.groupBy(
    slots.toSorted((a, b) => a.start.localeCompare(b.start)),
    ({ start }) => dayWords(Date.parse(start), timeZone),
  );
  return [...days];
}

/** `Monday 30 November 2026, 10:00 to 10:30 or 14:00 to 14:30; Tuesday ... (Europe/Berlin).` */
export function offerOf(slots: readonly TimeSpan[], timeZone: string, inThread: boolean): string {
  const days = byDay(slots, timeZone).map(
    ([day, ofDay]) => `${day}, ${ofDay.map((slot) => hoursOf(slot, timeZone)).join(" or ")}`,
  );
  const what = inThread ? "Draft a reply that offers" : "Draft a mail that offers";
  const times = slots.length === 1 ? "this time" : "these times";
  return `${what} ${times}: ${days.join("; ")} (${timeZone}).`;
}
