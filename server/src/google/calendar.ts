/**
 * The user's own calendar: events read, availability asked. Writing is `effects-calendar.ts`.
 * Shapes: developers.google.com/workspace/calendar/api/v3/reference/events and .../freebusy/query.
 */
import { calendar, type calendar_v3 } from "@googleapis/calendar";
import { EventContent, EventId } from "@vaultdesk/shared/calendar-event.ts";

import { read, TIMEOUT_MS } from "./call.ts";
import { lentAuth } from "./seen-transport.ts";

export type Calendar = calendar_v3.Calendar;
type Resource = calendar_v3.Schema$Event;
type When = calendar_v3.Schema$EventDateTime;

export const PRIMARY = "primary";

export function calendarClient(
  rootUrl: string,
  accessToken: string,
  through?: Parameters<typeof lentAuth>[1],
): Calendar {
  const auth = lentAuth(accessToken, through);
  return calendar({ version: "v3", auth, rootUrl, retry: false, timeout: TIMEOUT_MS });
}

/** An event as it is now. */
export interface LiveEvent {
  id: EventId;
  /** Changes with every change. */
  etag: string;
  /** With their answers, which a change must not take away. */
  attendees: calendar_v3.Schema$EventAttendee[];
  content: EventContent;
  cancelled: boolean;
  /** The owner of this calendar may change what others see. */
  mine: boolean;
  organizer: string;
  link: string | undefined;
  /** Whether it takes time: not when it is shown as free, or was declined. */
  busy: boolean;
}

function timeOf(when: When | undefined): string {
  if (when?.date !== undefined && when.date !== null) return when.date;
  const at = Date.parse(when?.dateTime ?? "");
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

/** Google's resource -> what an approval covers. Pure. */
export function eventOf(resource: Resource, calendarZone: string): LiveEvent {
  const attendees = resource.attendees ?? [];
  const self = attendees.find((one) => one.self === true);
  const { useDefault, overrides } = resource.reminders ?? {};
  return {
    id: EventId.parse(resource.id),
    etag: resource.etag ?? "",
    attendees,
    content: EventContent.parse({
      title: resource.summary ?? "",
      start: timeOf(resource.start),
      end: timeOf(resource.end),
      allDay: typeof resource.start?.date === "string",
      timeZone: resource.start?.timeZone ?? calendarZone,
      location: resource.location ?? "",
      description: resource.description ?? "",
      guests: attendees
        .filter((one) => one.self !== true && one.resource !== true)
        .flatMap((one) => (typeof one.email === "string" ? [one.email.toLowerCase()] : []))
        .toSorted(),
      meet: resource.conferenceData !== undefined || typeof resource.hangoutLink === "string",
      ...(useDefault === false
        ? { reminders: (overrides ?? []).flatMap((one) => one.minutes ?? []).toSorted(numerically) }
        : {}),
    }),
    cancelled: resource.status === "cancelled",
    mine: resource.organizer?.self === true || resource.guestsCanModify === true,
    organizer: resource.organizer?.email ?? "",
    link: resource.htmlLink?.startsWith("https://") === true ? resource.htmlLink : undefined,
    busy: resource.transparency !== "transparent" && self?.responseStatus !== "declined",
  };
}

function numerically(a: number, b: number): number {
  return a - b;
}

function boundary(time: string, { allDay, timeZone }: EventContent): When {
  // `null` takes the other form's field away when a timed event becomes an all-day one (patch semantics).
  return allDay
    ? { date: time, dateTime: null, timeZone: null }
    : { date: null, dateTime: time, timeZone };
}

/** What an approval covers -> the fields of Google's resource; guests who were there before keep their answers. Pure. */
export function resourceOf(
  content: EventContent,
  before: readonly calendar_v3.Schema$EventAttendee[] = [],
): Resource {
  const kept = before.filter(
    ({ self, resource, email }) =>
      self === true || resource === true || content.guests.includes((email ?? "").toLowerCase()),
  );
  const known = new Set(kept.map(({ email }) => email?.toLowerCase()));
  return {
    summary: content.title,
    start: boundary(content.start, content),
    end: boundary(content.end, content),
    location: content.location,
    description: content.description,
    attendees: [
      ...kept,
      ...content.guests.filter((email) => !known.has(email)).map((email) => ({ email })),
    ],
    reminders:
      content.reminders === undefined
        ? { useDefault: true }
        : {
            useDefault: false,
            overrides: content.reminders.map((minutes) => ({ method: "popup", minutes })),
          },
  };
}

export interface Listed {
  /** The calendar's own zone. */
  timeZone: string;
  events: LiveEvent[];
  /** There are more than were asked for. */
  more: boolean;
}

/** Events that touch the span, in order of their beginning; recurring ones one by one. */
export async function listEvents(
  api: Calendar,
  wanted: { from: string; to: string; max: number; words?: string | undefined },
  signal: AbortSignal,
): Promise<Listed> {
  const page = await read(
    () =>
      api.events.list(
        {
          calendarId: PRIMARY,
          timeMin: wanted.from,
          timeMax: wanted.to,
          singleEvents: true,
          orderBy: "startTime",
          maxResults: wanted.max,
          ...(wanted.words === undefined ? {} : { q: wanted.words }),
        },
        { signal },
      ),
    signal,
  );
  const timeZone = page.timeZone ?? "UTC";
  return {
    timeZone,
    events: (page.items ?? []).map((item) => eventOf(item, timeZone)),
    more: typeof page.nextPageToken === "string",
  };
}

/** The calendar's zone alone: the smallest question that answers it under the events scope. */
export async function zoneOf(api: Calendar, signal: AbortSignal): Promise<string | undefined> {
  const page = await read(
    () => api.events.list({ calendarId: PRIMARY, maxResults: 1, fields: "timeZone" }, { signal }),
    signal,
  );
  return page.timeZone ?? undefined;
}

/** The event as it is at this moment. Throws `GoogleRefused` with `not_found` where there is none. */
export async function liveEvent(api: Calendar, id: string): Promise<LiveEvent> {
  const resource = await read(() => api.events.get({ calendarId: PRIMARY, eventId: id }));
  return eventOf(resource, resource.start?.timeZone ?? "UTC");
}

export interface Availability {
  who: string;
  /** Absent where Google does not show it. */
  busy: { start: string; end: string }[] | undefined;
}

/** When these people are busy; `primary` is the user. Times RFC 3339 in UTC. */
export async function availability(
  api: Calendar,
  wanted: { from: string; to: string; who: readonly string[] },
  signal: AbortSignal,
): Promise<Availability[]> {
  const answer = await read(
    () =>
      api.freebusy.query(
        {
          requestBody: {
            timeMin: wanted.from,
            timeMax: wanted.to,
            items: wanted.who.map((id) => ({ id })),
          },
        },
        { signal },
      ),
    signal,
  );
  return wanted.who.map((who) => {
    const found = answer.calendars?.[who];
    const hidden = found === undefined || (found.errors ?? []).length > 0;
    return {
      who,
      busy: hidden
        ? undefined
        : (found.busy ?? []).map(({ start, end }) => ({
            start: new Date(start ?? 0).toISOString(),
            end: new Date(end ?? 0).toISOString(),
          })),
    };
  });
}
