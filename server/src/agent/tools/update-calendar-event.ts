/** `update_calendar_event`: a change that the phone is asked for, of an event that was read in this conversation. */
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { z } from "zod";

import type { EventChange } from "../../actions/wish.ts";
import { EventRef, Guests, pastOutcome, spanOf, When } from "./event-args.ts";
import { failed } from "./outcome.ts";
import { writeTool } from "./tool.ts";

export const updateCalendarEvent = writeTool(
  {
    name: "update_calendar_event",
    title: "Asking your phone",
    description:
      "Ask the user's phone to approve a change of an event, and wait. Only what is named changes.",
    args: z.strictObject({
      event_id: EventRef,
      title: z.string().min(1).max(300).optional(),
      when: When.optional(),
      minutes: z.int().min(5).max(1440).optional().describe("New length, with when."),
      add_guests: Guests.optional(),
      remove_guests: Guests.optional(),
      location: z.string().max(500).optional(),
      description: z.string().max(4000).optional(),
      meet: z.boolean().optional(),
      mail_guests: z.boolean().default(true).describe("Google mails the change."),
    }),
  },
  (args, room) => {
    const { event_id, when, minutes, add_guests, remove_guests, mail_guests, ...fields } = args;
    const found = when === undefined ? undefined : spanOf(when, minutes ?? 0, room);
    if (found?.ok === false) return Promise.resolve(found.outcome);
    const past =
      found === undefined
        ? undefined
        : pastOutcome({ ...found.span, end: found.span.start }, room.now);
    if (past !== undefined) return Promise.resolve(past);
    const change: EventChange = {};
    if (fields.title !== undefined) change.title = fields.title;
    if (fields.location !== undefined) change.location = fields.location;
    if (fields.description !== undefined) change.description = fields.description;
    if (fields.meet !== undefined) change.meet = fields.meet;
    if (add_guests !== undefined) change.addGuests = add_guests;
    if (remove_guests !== undefined) change.removeGuests = remove_guests;
    if (found !== undefined) {
      const { start, end, allDay } = found.span;
      change.start = start;
      change.allDay = allDay;
      change.timeZone = room.timeZone;
      // A point in time keeps the event's own length.
      if (end !== start) change.end = end;
    }
    if (Object.keys(change).length === 0) {
      return Promise.resolve(failed("bad_arguments", "Name what is to change."));
    }
    const eventId = EventId.parse(event_id);
    return Promise.resolve({
      wish: { kind: "event.update", eventId, change, guestsMailed: mail_guests },
    });
  },
);
