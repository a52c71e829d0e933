/** The user's calendar as the panel's pages show it. Reading only: what is asked for is an approval's. */
import { z } from "zod";

import { EventContent, EventId } from "./calendar-event.ts";

export const CalendarEvent = EventContent.pick({
  title: true,
  start: true,
  end: true,
  allDay: true,
  guests: true,
}).extend({
  id: EventId,
  /** False where it is shown as free, or was declined. */
  busy: z.boolean(),
  /** Opens it in Google Calendar. */
  link: z.url({ protocol: /^https$/ }).optional(),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** RFC 3339 in UTC. */
export const TimeSpan = z.object({ start: z.string(), end: z.string() });
export type TimeSpan = z.infer<typeof TimeSpan>;

export const CalendarView = z.object({
  /** IANA name: the calendar's own. */
  timeZone: z.string(),
  /** Those of today that are not over. */
  today: z.array(CalendarEvent),
  /** Those that begin in the seven days after. */
  next: z.array(CalendarEvent),
  /** Free in working hours, spread over these days. */
  free: z.array(TimeSpan),
  /** There are more events than were read: none of the times is called free. */
  more: z.boolean(),
});
export type CalendarView = z.infer<typeof CalendarView>;

/** One day with all that touches it. */
export const CalendarDay = z.object({ day: TimeSpan, events: z.array(CalendarEvent) });
export type CalendarDay = z.infer<typeof CalendarDay>;
