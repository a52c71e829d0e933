/** `cancel_calendar_event`: asks the phone to take an event out of the calendar. */
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { z } from "zod";

import { EventRef } from "./event-args.ts";
import { writeTool } from "./tool.ts";

export const cancelCalendarEvent = writeTool(
  {
    name: "cancel_calendar_event",
    title: "Asking your phone",
    description: "Ask the user's phone to approve cancelling an event, and wait.",
    args: z.strictObject({
      event_id: EventRef,
      mail_guests: z.boolean().default(true).describe("Google mails the cancellation."),
    }),
  },
  ({ event_id, mail_guests: guestsMailed }) =>
    Promise.resolve({
      wish: { kind: "event.cancel", eventId: EventId.parse(event_id), guestsMailed },
    }),
);
