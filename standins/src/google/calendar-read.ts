/** events.list and freebusy.query. */
import { z } from "zod";

import {
  type Calendar,
  type Calendars,
  eventResource,
  instantOf,
  isCancelled,
  type Meeting,
} from "./calendar-store.ts";
import { calendarError, notBuilt } from "./errors.ts";
import { bodyOf, type Call } from "./request.ts";
import { isZone, writtenIn } from "./zone.ts";

const Instant = z.iso.datetime({ offset: true });
const UNBUILT = [
  "syncToken",
  "updatedMin",
  "privateExtendedProperty",
  "sharedExtendedProperty",
  "eventTypes",
];

function instant(name: string, text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return undefined;
  // Google wants a time zone offset: a date or a wall clock is refused.
  if (!Instant.safeParse(text).success)
    throw calendarError(400, `Invalid value for ${name}: ${text}`, "badRequest");
  return Date.parse(text);
}

function range(from: number, to: number): void {
  if (to <= from) throw calendarError(400, "The specified time range is empty.", "timeRangeEmpty");
}

function zoneOf(wanted: string | null | undefined, otherwise: string): string {
  const zone = wanted ?? otherwise;
  if (!isZone(zone)) throw calendarError(400, `Invalid time zone: ${zone}`, "invalid");
  return zone;
}

function matches({ organizer, fields }: Meeting, words: readonly string[]): boolean {
  const { summary, description, location, attendees } = fields;
  const people = attendees.flatMap((one) => [one.email, one.displayName]);
  const text = [summary, description, location, organizer, ...people].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

export function listEvents(call: Call, calendar: Calendar, now: number): object {
  const { query } = call;
  const unbuilt = UNBUILT.find((name) => query.has(name));
  if (unbuilt !== undefined) throw notBuilt(`${unbuilt} is a parameter of calendar.events.list`);
  const byStart = query.get("orderBy") === "startTime";
  if (byStart && query.get("singleEvents") !== "true")
    throw calendarError(
      400,
      "The requested ordering is not available for the particular query.",
      "invalid",
    );
  const from = instant("timeMin", query.get("timeMin")) ?? -Infinity;
  const to = instant("timeMax", query.get("timeMax")) ?? Infinity;
  range(from, to);
  const zone = zoneOf(query.get("timeZone"), calendar.timeZone);
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/);
  const uid = query.get("iCalUID");
  const start = (one: Meeting) => instantOf(one.fields.start, calendar.timeZone);
  const order = (one: Meeting) => (byStart ? start(one) : one.updated);
  const found = [...calendar.events.values()]
    .map(({ meeting }) => meeting)
    .filter((one) => query.get("showDeleted") === "true" || !isCancelled(calendar, one.id))
    .filter((one) => instantOf(one.fields.end, calendar.timeZone) > from && start(one) < to)
    .filter((one) => matches(one, words) && (uid === null || uid === `${one.id}@google.com`))
    .toSorted((a, b) => order(a) - order(b));
  const first = Number(query.get("pageToken") ?? 0);
  const last = first + Math.min(2500, Number(query.get("maxResults") ?? 250));
  return {
    kind: "calendar#events",
    summary: calendar.email,
    timeZone: calendar.timeZone,
    accessRole: "owner",
    updated: new Date(now).toISOString(),
    defaultReminders: [{ method: "popup", minutes: 30 }],
    items: found.slice(first, last).map((one) => eventResource(calendar, one, zone)),
    ...(last < found.length ? { nextPageToken: String(last) } : {}),
  };
}

const FreeBusy = z.looseObject({
  timeMin: z.string().optional(),
  timeMax: z.string().optional(),
  timeZone: z.string().optional(),
  items: z.array(z.looseObject({ id: z.string() })).default([]),
});

/** Times that are taken, joined where they touch and cut to what was asked. */
function busyOf(calendar: Calendar, from: number, to: number): { start: number; end: number }[] {
  const busy: { start: number; end: number }[] = [];
  const spans = [...calendar.events.values()]
    .map(({ meeting }) => meeting)
    .filter(({ id, fields }) => {
      const own = fields.attendees.find((one) => one.email === calendar.email);
      const free = fields.transparency === "transparent" || own?.responseStatus === "declined";
      return !free && !isCancelled(calendar, id);
    })
    .map(({ fields }) => ({
      start: Math.max(from, instantOf(fields.start, calendar.timeZone)),
      end: Math.min(to, instantOf(fields.end, calendar.timeZone)),
    }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start);
  for (const span of spans) {
    const last = busy.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else busy.push(span);
  }
  return busy;
}

/** Of any mailbox of this world, as inside one company; an unknown one is an error of its own. */
export function freeBusy(call: Call, calendars: Calendars): object {
  const body = bodyOf(call, FreeBusy);
  const from = instant("timeMin", body.timeMin);
  const to = instant("timeMax", body.timeMax);
  if (from === undefined || to === undefined) {
    const name = from === undefined ? "timeMin" : "timeMax";
    throw calendarError(400, `Missing ${name} parameter.`, "required");
  }
  range(from, to);
  const zone = zoneOf(body.timeZone, "UTC");
  const rows = body.items.map(({ id }): [string, object] => {
    const calendar = calendars.get(id === "primary" ? call.box.email : id.toLowerCase());
    if (calendar === undefined)
      return [id, { errors: [{ domain: "global", reason: "notFound" }], busy: [] }];
    const busy = busyOf(calendar, from, to).map(({ start, end }) => ({
      start: writtenIn(zone, start),
      end: writtenIn(zone, end),
    }));
    return [id, { busy }];
  });
  return {
    kind: "calendar#freeBusy",
    timeMin: new Date(from).toISOString(),
    timeMax: new Date(to).toISOString(),
    calendars: Object.fromEntries(rows),
  };
}
