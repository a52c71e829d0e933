/** `create_calendar_event`: an event that the phone is asked for; inserting it is the approval's. */
import { z } from "zod";

import { Guests, pastOutcome, spanOf, When } from "./event-args.ts";
import { writeTool } from "./tool.ts";

export const createCalendarEvent = writeTool(
  {
    name: "create_calendar_event",
    title: "Asking your phone",
    description:
      "Ask the user's phone to approve a new event in the user's calendar, and wait. The result says what happened.",
    args: z.strictObject({
      title: z.string().min(1).max(300),
      when: When,
      minutes: z.int().min(5).max(1440).default(30).describe("Length, unless when names an end."),
      guests: Guests.default([]).describe("Addresses."),
      location: z.string().max(500).default(""),
      description: z.string().max(4000).default(""),
      meet: z.boolean().default(false).describe("With a Google Meet link."),
      reminders: z.array(z.int().min(0).max(40_320)).max(5).optional().describe("Minutes before."),
      mail_guests: z.boolean().default(true).describe("Google mails the invitation."),
    }),
  },
  (args, room) => {
    const found = spanOf(args.when, args.minutes, room);
    if (!found.ok) return Promise.resolve(found.outcome);
    const past = pastOutcome(found.span, room.now);
    if (past !== undefined) return Promise.resolve(past);
    const { title, location, description, meet, guests, reminders } = args;
    return Promise.resolve({
      wish: {
        kind: "event.create",
        content: {
          ...found.span,
          title,
          location,
          description,
          meet,
          guests,
          timeZone: room.timeZone,
          ...(reminders === undefined ? {} : { reminders }),
        },
        guestsMailed: args.mail_guests && guests.length > 0,
      },
    });
  },
);
