/** A calendar event as people see it: what an approval covers. The same event read from Google twice is the same value. */
import { z } from "zod";

import { Mailbox } from "./draft.ts";

/** Google's own form (events resource): 5 to 1024 of `a-v` and `0-9`, one of a series with `_20261127T090000Z`; ours begin with `vd`. */
export const EventId = z
  .string()
  .regex(/^[a-z0-9_TZ]{5,1024}$/)
  .brand<"EventId">();
export type EventId = z.infer<typeof EventId>;

/** Whatever Google holds is read whole: a cut text would be written back, and one event too long would hide all others. */
const Held = z.string().max(100_000);

export const EventContent = z.object({
  title: Held,
  /** RFC 3339 in UTC; for all-day events the first day, `YYYY-MM-DD`. */
  start: z.string(),
  /** RFC 3339 in UTC; for all-day events the day after the last. */
  end: z.string(),
  allDay: z.boolean(),
  /** IANA name: the zone in which it was meant. */
  timeZone: z.string(),
  location: Held,
  description: Held,
  /** Addresses, sorted; without the owner. */
  guests: z.array(Mailbox).max(1000),
  /** A Google Meet link. */
  meet: z.boolean(),
  /** Minutes before; absent: as the calendar has it set. */
  reminders: z.array(z.int().min(0).max(40_320)).max(5).optional(),
});
export type EventContent = z.infer<typeof EventContent>;
