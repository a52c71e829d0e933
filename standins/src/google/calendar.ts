/**
 * Calendar's methods by Google's own ids. Reference: developers.google.com/workspace/calendar/api/v3/reference.
 * Recurrence is refused with 501, never kept and left unexpanded.
 */
import { randomBytes } from "node:crypto";

import { z } from "zod";

import { freeBusy, listEvents } from "./calendar-read.ts";
import {
  type Calendar,
  type Calendars,
  deliver,
  eventResource,
  type Fields,
  isCancelled,
  type Meeting,
} from "./calendar-store.ts";
import { answerOf, changedFields, mayChange, newFields, sendUpdatesOf } from "./calendar-write.ts";
import { calendarError, notFound } from "./errors.ts";
import { type Call, type Handlers, param } from "./request.ts";
import type { Post } from "./send.ts";

const ClientId = z.looseObject({
  id: z
    .string()
    .regex(/^[a-v0-9]{5,1024}$/)
    .nullish(),
});

function idOf(call: Call): string {
  const parsed = ClientId.safeParse(call.body);
  if (!parsed.success) throw calendarError(400, "Invalid resource id value.", "invalid");
  return parsed.data.id ?? randomBytes(13).toString("hex");
}

const entryOf = ({ email, timeZone }: Calendar) => ({
  kind: "calendar#calendarListEntry",
  id: email,
  summary: email,
  timeZone,
  accessRole: "owner",
  primary: true,
  selected: true,
  defaultReminders: [{ method: "popup", minutes: 30 }],
});

const guestsOf = ({ attendees }: Fields) => attendees.map(({ email }) => email);

function entry(call: Call, calendar: Calendar): { meeting: Meeting; left: boolean } {
  const found = calendar.events.get(param(call, "eventId"));
  if (found === undefined) throw notFound("Not Found");
  return found;
}

/** A change of another version than the caller's is refused, where the caller names one. */
function match({ ifMatch }: Call, calendar: Calendar, meeting: Meeting): void {
  if (ifMatch === undefined || ifMatch === eventResource(calendar, meeting)["etag"]) return;
  throw calendarError(412, "Precondition Failed", "conditionNotMet");
}

export function calendarHandlers(post: Post, calendars: Calendars): Handlers {
  function own({ box }: Call): Calendar {
    const calendar = calendars.get(box.email);
    if (calendar === undefined) throw notFound("Not Found");
    return calendar;
  }

  /** Nobody of this world shares a calendar: another's is not there. */
  function named(call: Call): Calendar {
    const calendar = own(call);
    const id = param(call, "calendarId").toLowerCase();
    if (id !== "primary" && id !== calendar.email) throw notFound("Not Found");
    return calendar;
  }

  function notify(calendar: Calendar, id: string, people: string[], sendUpdates: string): void {
    const recipients = [...new Set(people)].filter(
      (email) => email !== calendar.email && (sendUpdates === "all" || !calendars.has(email)),
    );
    if (sendUpdates === "none" || recipients.length === 0) return;
    const { email: from } = calendar;
    post.outbox.push({ kind: "invite", from, recipients, id, sendUpdates, at: post.now() });
  }

  function move(meeting: Meeting, fields: Fields): void {
    meeting.fields = fields;
    meeting.updated = post.now();
    meeting.revision += 1;
    deliver(calendars, meeting);
  }

  function change(call: Call, how: "patch" | "update"): object {
    const sendUpdates = sendUpdatesOf(call);
    const calendar = named(call);
    const { meeting } = entry(call, calendar);
    match(call, calendar, meeting);
    const shared = mayChange(calendar, meeting);
    const before = guestsOf(meeting.fields);
    move(meeting, changedFields(call, calendar, meeting, how));
    const people = shared
      ? [meeting.organizer, ...before, ...guestsOf(meeting.fields)]
      : [meeting.organizer];
    notify(calendar, meeting.id, people, sendUpdates);
    return eventResource(calendar, meeting);
  }

  return {
    "calendar.calendarlist.list": (call) => ({
      kind: "calendar#calendarList",
      items: [entryOf(own(call))],
    }),
    "calendar.calendarlist.get": (call) => entryOf(named(call)),
    "calendar.calendars.get": (call) => {
      const { email, timeZone } = named(call);
      return { kind: "calendar#calendar", id: email, summary: email, timeZone };
    },
    "calendar.settings.get": (call) => {
      if (param(call, "setting") !== "timezone") throw notFound("Not Found");
      return { kind: "calendar#setting", id: "timezone", value: own(call).timeZone };
    },
    "calendar.events.list": (call) => listEvents(call, named(call), post.now()),
    "calendar.events.get": (call) => {
      const calendar = named(call);
      return eventResource(calendar, entry(call, calendar).meeting);
    },
    "calendar.events.insert": (call) => {
      const sendUpdates = sendUpdatesOf(call);
      const calendar = named(call);
      const id = idOf(call);
      const fields = newFields(call, calendar.timeZone);
      if (calendar.events.has(id))
        throw calendarError(409, "The requested identifier already exists.", "duplicate");
      const at = post.now();
      const { email: organizer } = calendar;
      const meeting: Meeting = { id, organizer, fields, created: at, updated: at, revision: 0 };
      calendar.events.set(id, { meeting, left: false });
      deliver(calendars, meeting);
      notify(calendar, id, guestsOf(fields), sendUpdates);
      return eventResource(calendar, meeting);
    },
    "calendar.events.patch": (call) => change(call, "patch"),
    "calendar.events.update": (call) => change(call, "update"),
    "calendar.events.delete": (call) => {
      const sendUpdates = sendUpdatesOf(call);
      const calendar = named(call);
      const found = entry(call, calendar);
      const { meeting } = found;
      if (isCancelled(calendar, meeting.id))
        throw calendarError(410, "Resource has been deleted", "deleted");
      match(call, calendar, meeting);
      if (meeting.organizer === calendar.email) {
        move(meeting, { ...meeting.fields, status: "cancelled" });
        notify(calendar, meeting.id, guestsOf(meeting.fields), sendUpdates);
      } else {
        // A guest who deletes leaves: the meeting goes on for the others.
        found.left = true;
        move(meeting, answerOf(calendar, meeting, "declined"));
        notify(calendar, meeting.id, [meeting.organizer], sendUpdates);
      }
      return undefined;
    },
    "calendar.freebusy.query": (call) => freeBusy(call, calendars),
  };
}
