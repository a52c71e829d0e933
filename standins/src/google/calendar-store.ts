/** Calendars of the world, one for each mailbox. A meeting is one object in the calendars of its organizer and guests; each sees it by their own zone. */
import { z } from "zod";

import { calendarError, invalid, notBuilt } from "./errors.ts";
import { instantIn, isZone, writtenIn } from "./zone.ts";

const OFFSET = /(Z|[+-]\d\d:\d\d)$/;

const Json = z.record(z.string(), z.unknown());

const When = z.looseObject({
  date: z.iso.date().optional(),
  dateTime: z.iso.datetime({ offset: true, local: true }).optional(),
  timeZone: z.string().refine(isZone).optional(),
});
type When = z.output<typeof When>;

/** Google's own marks (`self`, `organizer`) are not kept: they differ by who looks. */
const Attendee = z.object({
  email: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/)
    .toLowerCase(),
  responseStatus: z
    .enum(["needsAction", "declined", "tentative", "accepted"])
    .default("needsAction"),
  displayName: z.string().optional(),
  comment: z.string().optional(),
  optional: z.boolean().optional(),
  resource: z.boolean().optional(),
  additionalGuests: z.number().optional(),
});

const EventBody = z.looseObject({
  status: z.enum(["confirmed", "tentative", "cancelled"]).default("confirmed"),
  summary: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  start: When.optional(),
  end: When.optional(),
  attendees: z.array(Attendee).default([]),
  transparency: z.enum(["opaque", "transparent"]).default("opaque"),
  guestsCanModify: z.boolean().default(false),
  recurrence: z.array(z.string()).optional(),
  extendedProperties: z
    .looseObject({ shared: z.record(z.string(), z.string()).optional() })
    .optional(),
});

/** A body whose times have been proven. */
export type Fields = z.output<typeof EventBody> & { start: When; end: When };

export interface Meeting {
  id: string;
  organizer: string;
  fields: Fields;
  created: number;
  updated: number;
  revision: number;
}

export interface Calendar {
  email: string;
  timeZone: string;
  /** An entry stays when its meeting is deleted or left: the id is taken for ever. */
  events: Map<string, { meeting: Meeting; left: boolean }>;
}

export type Calendars = ReadonlyMap<string, Calendar>;

export function createCalendars(
  users: readonly { email: string; timeZone?: string }[],
): Map<string, Calendar> {
  return new Map(
    users.map(({ email, timeZone }) => [
      email.toLowerCase(),
      { email: email.toLowerCase(), timeZone: timeZone ?? "UTC", events: new Map() },
    ]),
  );
}

/** All-day dates begin at midnight of `zone`. */
export function instantOf(when: When, zone: string): number {
  if (when.date !== undefined) return instantIn(zone, `${when.date}T00:00:00`);
  const text = when.dateTime ?? "";
  return OFFSET.test(text) ? Date.parse(text) : instantIn(when.timeZone ?? zone, text);
}

function checkTime(name: "start" | "end", when: When | undefined): When {
  if (when === undefined || (when.date === undefined && when.dateTime === undefined))
    throw calendarError(400, `Missing ${name} time.`, "required");
  if (when.date !== undefined && when.dateTime !== undefined)
    throw calendarError(400, `Invalid ${name} time.`, "invalid");
  const local = when.dateTime !== undefined && !OFFSET.test(when.dateTime);
  if (local && when.timeZone === undefined)
    throw calendarError(400, `Missing time zone definition for ${name} time.`, "required");
  return when;
}

/** A whole event, as inserted or as it would be after a change. */
export function provenFields(body: unknown, zone: string): Fields {
  const parsed = EventBody.safeParse(body);
  if (!parsed.success)
    throw invalid(`Invalid value at '${parsed.error.issues[0]?.path.join(".") ?? ""}'`);
  const start = checkTime("start", parsed.data.start);
  const end = checkTime("end", parsed.data.end);
  if ((start.date === undefined) !== (end.date === undefined))
    throw calendarError(
      400,
      "Start and end times must either both be date or both be dateTime.",
      "invalid",
    );
  if (instantOf(end, zone) <= instantOf(start, zone))
    throw calendarError(400, "The specified time range is empty.", "timeRangeEmpty");
  if ((parsed.data.recurrence ?? []).length > 0) throw notBuilt("Recurrence is a part of events");
  return { ...parsed.data, start, end };
}

/** Google's patch: objects merge, arrays are replaced, null removes. */
export function patched(old: unknown, change: Record<string, unknown>): Record<string, unknown> {
  const out = { ...Json.safeParse(old).data };
  for (const [key, value] of Object.entries(change)) {
    const inner = Json.safeParse(value);
    if (value === null) delete out[key];
    else out[key] = inner.success ? patched(out[key], inner.data) : value;
  }
  return out;
}

export function isCancelled(calendar: Calendar, id: string): boolean {
  const entry = calendar.events.get(id);
  if (entry === undefined || entry.left || entry.meeting.fields.status === "cancelled") return true;
  const { organizer, fields } = entry.meeting;
  return (
    calendar.email !== organizer && !fields.attendees.some((one) => one.email === calendar.email)
  );
}

/** The meeting enters the calendars of its guests of this world; an id of another meeting there is left alone. */
export function deliver(calendars: Calendars, meeting: Meeting): void {
  for (const { email } of meeting.fields.attendees) {
    const calendar = calendars.get(email);
    if (calendar !== undefined && !calendar.events.has(meeting.id))
      calendar.events.set(meeting.id, { meeting, left: false });
  }
}

function whenResource(when: When, own: string, zone: string): object {
  if (when.date !== undefined) return { date: when.date };
  return { dateTime: writtenIn(zone, instantOf(when, own)), timeZone: when.timeZone ?? own };
}

/** The event as the owner of the calendar sees it, with its times written in `zone`. */
export function eventResource(
  calendar: Calendar,
  meeting: Meeting,
  zone = calendar.timeZone,
): Record<string, unknown> {
  const { id, organizer, fields, created, updated, revision } = meeting;
  const { attendees, extendedProperties, transparency, guestsCanModify, ...rest } = fields;
  const self = (email: string) => (email === calendar.email ? { self: true } : {});
  // Private extended properties belong to one copy: guests do not see the organizer's.
  const properties =
    calendar.email === organizer || extendedProperties === undefined
      ? extendedProperties
      : { shared: extendedProperties.shared ?? {} };
  return {
    reminders: { useDefault: true },
    // One that came from elsewhere keeps its own.
    iCalUID: `${id}@google.com`,
    ...rest,
    kind: "calendar#event",
    etag: `"${updated}${revision}"`,
    id,
    status: isCancelled(calendar, id) ? "cancelled" : fields.status,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${calendar.email}`).toString("base64url")}`,
    created: new Date(created).toISOString(),
    updated: new Date(updated).toISOString(),
    creator: { email: organizer, ...self(organizer) },
    organizer: { email: organizer, ...self(organizer) },
    start: whenResource(fields.start, calendar.timeZone, zone),
    end: whenResource(fields.end, calendar.timeZone, zone),
    eventType: "default",
    ...(transparency === "opaque" ? {} : { transparency }),
    ...(guestsCanModify ? { guestsCanModify } : {}),
    ...(properties === undefined ? {} : { extendedProperties: properties }),
    ...(attendees.length === 0
      ? {}
      : {
          attendees: attendees.map((one) => ({
            ...one,
            ...self(one.email),
            ...(one.email === organizer ? { organizer: true } : {}),
          })),
        }),
  };
}

export interface EventView {
  id: string;
  title: string;
  /** Milliseconds since the epoch. */
  start: number;
  guests: string[];
}

export function viewOfCalendar(calendars: Calendars, email: string): EventView[] {
  const calendar = calendars.get(email.toLowerCase());
  if (calendar === undefined) throw new Error(`the world has no calendar of ${email}`);
  return [...calendar.events.values()]
    .filter(({ meeting }) => !isCancelled(calendar, meeting.id))
    .map(({ meeting: { id, fields } }) => ({
      id,
      title: fields.summary ?? "",
      start: instantOf(fields.start, calendar.timeZone),
      guests: fields.attendees.map((guest) => guest.email),
    }));
}
