/**
 * Where a proposed event and what stands round it go in the picture of a day. Pure; in px from the top, in hundredths of the width from
 * the side. Hours are hours of time, so a day on which the clocks change has 23 or 25 of them.
 */
import type { CalendarEvent, TimeSpan } from "@vaultdesk/shared/calendar-view.ts";

const HOUR_MS = 3_600_000;
/** Shown before and after what is proposed. */
const ROUND_MS = 2 * HOUR_MS;
/** One line of text. */
const LEAST_PX = 18;
const TALLEST_PX = 288;
const HOUR_PX = { least: 16, most: 36 };

interface Block {
  /** Absent for what is proposed. */
  event?: CalendarEvent;
  top: number;
  height: number;
  /** Of 100. */
  left: number;
  width: number;
}

export interface DayLayout {
  height: number;
  /** RFC 3339 each. */
  hours: { at: string; top: number }[];
  blocks: Block[];
  /** That take time while the proposed one does, in order of their beginning; those of whole days are not counted. */
  clashes: CalendarEvent[];
}

interface Placed {
  event?: CalendarEvent;
  start: number;
  end: number;
  /** Where its picture ends: no block is lower than a line. */
  drawn: number;
}

/** Blocks that touch, one group after the other; in each, the first column that is free. */
function columns(placed: readonly Placed[]): { one: Placed; column: number; of: number }[] {
  const groups: { one: Placed; column: number }[][] = [];
  let ends: number[] = [];
  for (const one of placed.toSorted((a, b) => a.start - b.start)) {
    if (ends.every((end) => end <= one.start)) {
      ends = [];
      groups.push([]);
    }
    const free = ends.findIndex((end) => end <= one.start);
    const column = free === -1 ? ends.length : free;
    ends[column] = one.drawn;
    groups.at(-1)?.push({ one, column });
  }
  return groups.flatMap((group) => {
    const of = Math.max(...group.map(({ column }) => column)) + 1;
    return group.map((entry) => ({ ...entry, of }));
  });
}

export function layoutOf(
  day: TimeSpan,
  proposed: TimeSpan,
  others: readonly CalendarEvent[],
): DayLayout {
  const [dayStart, dayEnd] = [Date.parse(day.start), Date.parse(day.end)];
  const [start, end] = [Date.parse(proposed.start), Date.parse(proposed.end)];
  const whole = (at: number, round: "floor" | "ceil") =>
    dayStart + Math[round]((at - dayStart) / HOUR_MS) * HOUR_MS;
  const from = Math.max(dayStart, whole(start - ROUND_MS, "floor"));
  const to = Math.min(dayEnd, whole(end + ROUND_MS, "ceil"));
  const count = (to - from) / HOUR_MS;
  const hourPx = Math.max(HOUR_PX.least, Math.min(HOUR_PX.most, TALLEST_PX / count));
  const px = (ms: number) => (ms / HOUR_MS) * hourPx;
  const leastMs = (LEAST_PX / hourPx) * HOUR_MS;

  const timed = others
    .filter(({ allDay, busy }) => !allDay && busy)
    .map((event) => ({ event, start: Date.parse(event.start), end: Date.parse(event.end) }))
    .toSorted((a, b) => a.start - b.start);
  const inside = [{ start, end }, ...timed]
    .filter((one) => one.start < to && one.end > from)
    .map((one): Placed => {
      const first = Math.min(Math.max(one.start, from), to - leastMs);
      return { ...one, start: first, drawn: Math.max(Math.min(one.end, to), first + leastMs) };
    });
  return {
    height: px(to - from),
    hours: Array.from({ length: Math.ceil(count) }, (_, index) => ({
      at: new Date(from + index * HOUR_MS).toISOString(),
      top: index * hourPx,
    })),
    blocks: columns(inside).map(({ one, column, of }) => ({
      ...(one.event === undefined ? {} : { event: one.event }),
      top: px(one.start - from),
      height: px(one.drawn - one.start),
      left: (100 * column) / of,
      width: 100 / of,
    })),
    clashes: timed.filter((one) => one.start < end && one.end > start).map(({ event }) => event),
  };
}
