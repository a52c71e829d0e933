/** An event's time in words, the same on the card and on the phone: absolute, with weekday and zone. Pure. */
import type { EventContent } from "./calendar-event.ts";

type Time = Pick<EventContent, "start" | "end" | "allDay" | "timeZone">;

const NO_TIME = "no time";
const DAY_MS = 86_400_000;
const DATE = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** `Wednesday 25 November 2026`, without the comma that some versions of ICU put after the weekday. */
export function dayWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...DATE, timeZone }).format(at).replaceAll(",", "");
}

/** `13:00`. */
export function clockWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...CLOCK, timeZone }).format(at);
}

function known(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** `Wednesday 25 November 2026, 13:00 to 13:30`; over midnight, both days are named. */
export function spanOfEvent(time: Time): string {
  const start = Date.parse(time.start);
  const end = Date.parse(time.end);
  if (Number.isNaN(start) || Number.isNaN(end)) return NO_TIME;
  if (time.allDay) {
    const first = dayWords(start, "UTC");
    // Google's end is the day after the last.
    const last = dayWords(end - DAY_MS, "UTC");
    return first === last ? `${first}, all day` : `${first} to ${last}, all day`;
  }
  const zone = known(time.timeZone);
  const [from, to] = [dayWords(start, zone), dayWords(end, zone)];
  const until = from === to ? clockWords(end, zone) : `${to}, ${clockWords(end, zone)}`;
  return `${from}, ${clockWords(start, zone)} to ${until}`;
}

/** The same with its zone: `Wednesday 25 November 2026, 13:00 to 13:30 (Europe/Berlin)`. */
export function timeOfEvent(time: Time): string {
  const span = spanOfEvent(time);
  return time.allDay || span === NO_TIME ? span : `${span} (${known(time.timeZone)})`;
}

/** What an undone cancellation is, and is not. */
export const RECREATED =
  "A new event in place of the cancelled one: guests answer again, and a Meet link is a new one.";

const FIELDS = [
  ["title", "title"],
  ["location", "place"],
  ["description", "description"],
  ["guests", "guests"],
  ["meet", "Meet link"],
  ["reminders", "reminders"],
] as const satisfies readonly (readonly [keyof EventContent, string])[];

/** What an update changes, by the card's names; the time first. */
export function changesOf(before: EventContent, after: EventContent): string[] {
  const differs = FIELDS.filter(
    ([field]) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  ).map(([, name]) => name);
  return timeOfEvent(before) === timeOfEvent(after) ? differs : ["time", ...differs];
}
