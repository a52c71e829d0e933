/** Where nobody is busy: slots on the quarter-hour inside working hours, in order and apart. Pure. */
import { dayAfter, instantOf, wallOf } from "./zone.ts";

/** RFC 3339 in UTC. */
export interface Span {
  start: string;
  end: string;
}

/** Monday to Friday, nine to six: nobody has said otherwise. */
export const WORKING = { days: [1, 2, 3, 4, 5], hours: { start: 9, end: 18 } } as const;

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** Asking for longer than this looks no further. */
const DAYS = 62;

interface Times {
  start: number;
  end: number;
}

function timesOf({ start, end }: Span): Times {
  return { start: Date.parse(start), end: Date.parse(end) };
}

function spanOf({ start, end }: Times): Span {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** All busy times as one list, joined where they touch. */
export function busyUnion(lists: readonly (readonly Span[])[]): Span[] {
  const joined: Times[] = [];
  for (const span of lists
    .flat()
    .map(timesOf)
    .toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else joined.push(span);
  }
  return joined.map(spanOf);
}

interface Asked {
  busy: readonly Span[];
  from: string;
  to: string;
  minutes: number;
  timeZone: string;
  /** Of the clock there, `end` up to 24. */
  hours: { start: number; end: number };
  /** 1 Monday to 7 Sunday. */
  days: readonly number[];
  limit: number;
}

/** Working hours of each asked day, as times. */
function openings({ from, to, timeZone, hours, days }: Asked): Times[] {
  const first = wallOf(new Date(from), timeZone);
  const clock = (day: string, hour: number) => {
    const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
    return Date.parse(instantOf({ year, month, day: date, hour }, timeZone));
  };
  const out: Times[] = [];
  for (let index = 0; index < DAYS; index += 1) {
    const weekday = ((first.weekday - 1 + index) % 7) + 1;
    const day = dayAfter(first, index);
    const start = Math.max(clock(day, hours.start), Date.parse(from));
    const last = hours.end === 24 ? clock(dayAfter(first, index + 1), 0) : clock(day, hours.end);
    if (clock(day, 0) >= Date.parse(to)) break;
    if (days.includes(weekday)) out.push({ start, end: Math.min(last, Date.parse(to)) });
  }
  return out;
}

export function freeSlots(asked: Asked): Span[] {
  const busy = busyUnion([asked.busy]).map(timesOf);
  const length = asked.minutes * MINUTE_MS;
  const out: Times[] = [];
  for (const open of openings(asked)) {
    let start = Math.ceil(open.start / QUARTER_MS) * QUARTER_MS;
    while (start + length <= open.end && out.length < asked.limit) {
      const end = start + length;
      const clash = busy.find((one) => one.start < end && one.end > start);
      if (clash === undefined) out.push({ start, end });
      start = Math.ceil((clash?.end ?? end) / QUARTER_MS) * QUARTER_MS;
    }
  }
  return out.map(spanOf);
}
