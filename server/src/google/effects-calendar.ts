/** The only code that changes a calendar. Imported by `actions/execute.ts` alone, which holds the approval (lint keeps it so). */
import type { EventCancel, EventCreate, EventUpdate } from "@vaultdesk/shared/action.ts";

import { type Calendar, eventOf, type LiveEvent, PRIMARY, resourceOf } from "./calendar.ts";
import { once } from "./call.ts";

const mailed = (guestsMailed: boolean) => (guestsMailed ? "all" : "none");

function conference(wanted: boolean, id: string): object {
  return wanted
    ? {
        conferenceData: {
          createRequest: { requestId: id, conferenceSolutionKey: { type: "hangoutsMeet" } },
        },
      }
    : {};
}

/**
 * Inserts under an id of our making: a repeat is a 409 and no second event. Never repeated.
 * Source: developers.google.com/workspace/calendar/api/v3/reference/events/insert.
 */
export async function insertEvent(api: Calendar, action: EventCreate): Promise<LiveEvent> {
  const { content, eventId, guestsMailed } = action;
  const made = await once(() =>
    api.events.insert({
      calendarId: PRIMARY,
      sendUpdates: mailed(guestsMailed),
      conferenceDataVersion: 1,
      requestBody: { id: eventId, ...resourceOf(content), ...conference(content.meet, eventId) },
    }),
  );
  return eventOf(made, content.timeZone);
}

/** Changes what the approval covers, of the version that was read (If-Match): a change in between is a 412. */
export async function patchEvent(
  api: Calendar,
  action: EventUpdate,
  { etag, attendees }: LiveEvent,
): Promise<LiveEvent> {
  const { before, content, eventId, guestsMailed } = action;
  const meet =
    content.meet === before.meet
      ? {}
      : content.meet
        ? conference(true, `${eventId}${Date.parse(content.start)}`)
        : { conferenceData: null };
  const changed = await once(() =>
    api.events.patch(
      {
        calendarId: PRIMARY,
        eventId,
        sendUpdates: mailed(guestsMailed),
        conferenceDataVersion: 1,
        requestBody: { ...resourceOf(content, attendees), ...meet },
      },
      { headers: { "If-Match": etag } },
    ),
  );
  return eventOf(changed, content.timeZone);
}

export async function deleteEvent(
  api: Calendar,
  action: EventCancel,
  { etag }: LiveEvent,
): Promise<void> {
  await once(() =>
    api.events.delete(
      { calendarId: PRIMARY, eventId: action.eventId, sendUpdates: mailed(action.guestsMailed) },
      { headers: { "If-Match": etag } },
    ),
  );
}
