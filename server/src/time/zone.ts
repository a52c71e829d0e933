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

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
