/** What was read of a calendar -> what the panel shows of it. Pure. */
import type { CalendarEvent, CalendarView, TimeSpan } from "@vaultdesk/shared/calendar-view.ts";

import type { Listed, LiveEvent } from "../google/calendar.ts";
import { freeSlots, WORKING } from "../time/free.ts";
import { dayAfter, instantOf, wallOf } from "../time/zone.ts";

const DAYS = 7;
/** So that a week has something to choose from, and a morning does not fill the list. */
const SLOTS_A_DAY = 3;
const SLOTS = 12;

/** Midnight there, `days` after the day on which `at` falls. RFC 3339 in UTC. */
function midnight(at: Date, timeZone: string, days: number): string {
  const [year = 0, month = 0, day = 0] = dayAfter(wallOf(at, timeZone), days)
    .split("-")
    .map(Number);
  return instantOf({ year, month, day }, timeZone);
}

export function dayOf(at: Date, timeZone: string): TimeSpan {
  return { start: midnight(at, timeZone, 0), end: midnight(at, timeZone, 1) };
}

/** When an event takes place; one of whole days from midnight to midnight of the calendar's zone. */
function placeOf({ content }: LiveEvent, timeZone: string): TimeSpan {
  if (!content.allDay) return { start: content.start, end: content.end };
  const at = (date: string) => {
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    return instantOf({ year, month, day }, timeZone);
  };
  return { start: at(content.start), end: at(content.end) };
}

export function viewOfEvent({ id, content, busy, link }: LiveEvent): CalendarEvent {
  const { title, start, end, allDay, guests } = content;
  return { id, title, start, end, allDay, guests, busy, ...(link === undefined ? {} : { link }) };
}

/** Evenly taken from each day, so that mornings and afternoons are offered. */
export function spread(slots: readonly TimeSpan[], timeZone: string): TimeSpan[] {
  const days = Map.groupBy(slots, ({ start }) => dayAfter(wallOf(new Date(start), timeZone), 0));
  return [...days.values()]
    .flatMap((all) => {
      const step = Math.max(1, all.length / SLOTS_A_DAY);
      return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
    })
    .slice(0, SLOTS);
}

export function calendarView(listed: Listed, now: Date, minutes: number): CalendarView {
  const { timeZone, more } = listed;
  const tomorrow = midnight(now, timeZone, 1);
  const last = midnight(now, timeZone, 1 + DAYS);
  const from = now.toISOString();
  const events = listed.events
    .map((event) => ({ event, at: placeOf(event, timeZone) }))
    .filter(({ at }) => at.end > from && at.start < last);
  const free = freeSlots({
    busy: events.filter(({ event }) => event.busy).map(({ at }) => at),
    from,
    to: last,
    minutes,
    timeZone,
    ...WORKING,
    limit: 500,
  });
  return {
    timeZone,
    today: events.filter(({ at }) => at.start < tomorrow).map(({ event }) => viewOfEvent(event)),
    next: events.filter(({ at }) => at.start >= tomorrow).map(({ event }) => viewOfEvent(event)),
    free: more ? [] : spread(free, timeZone),
    more,
  };
}

/** What to ask Google for, before the calendar's zone is known: the days of every zone. */
export function askedFor(now: Date): { from: string; to: string; max: number } {
  const to = new Date(now.getTime() + (DAYS + 2) * 86_400_000);
  return { from: now.toISOString(), to: to.toISOString(), max: 250 };
}
