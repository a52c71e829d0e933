/**
 * Wall clock and instant in an IANA zone, over daylight-saving changes: a time that does not exist moves forward by the gap, of one that
 * is there twice the earlier is meant (RFC 5545 3.3.5, Temporal's "compatible"). Pure.
 */
import { Temporal } from "temporal-polyfill";

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
}

/** RFC 3339 in UTC. */
export function instantOf(wall: Wall, timeZone: string): string {
  const time = Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone);
  return new Date(time.epochMilliseconds).toISOString();
}

/** Year, month, day, hour, minute and day of the week (1 Monday to 7 Sunday) there and then. */
export function wallOf(at: Date, timeZone: string): Required<Wall> & { weekday: number } {
  const time = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const { year, month, day, hour, minute, dayOfWeek } = time;
  return { year, month, day, hour, minute, weekday: dayOfWeek };
}

/** Minutes east of UTC there and then. */
export function offsetOf(at: Date, timeZone: string): number {
  const time = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return time.offsetNanoseconds / 60_000_000_000;
}

/** `YYYY-MM-DD`, `days` later. */
export function dayAfter({ year, month, day }: Wall, days: number): string {
  return Temporal.PlainDate.from({ year, month, day }).add({ days }).toString();
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const REMEMBERED = 500;

/** Date, minute and weekday there; `undefined` where that is no zone. Made once: ICU takes longer over a zone's rules than over a date. */
export function clockIn(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      weekday: "long",
      hourCycle: "h23",
    });
    // A zone may be written in any case: there is no end to the names.
    if (clocks.size >= REMEMBERED) clocks.clear();
    clocks.set(timeZone, made);
    return made;
  } catch {
    return undefined;
  }
}

export function isZone(name: string): boolean {
  return clockIn(name) !== undefined;
}
