/** What a run may do to a calendar without a phone: read the user's own, and ask when colleagues are free. Never changes it. */
import {
  availability,
  type Availability,
  listEvents,
  type Listed,
  zoneOf,
} from "../google/calendar.ts";
import type { Answer } from "../google/call.ts";
import type { OpenCalendar } from "../google/walled-calendar.ts";
import type { Broker, Grant } from "../vault/broker.ts";
import { createBorrower } from "./borrow.ts";

/** RFC 3339. */
interface Range {
  from: string;
  to: string;
}

export interface Diary {
  /** The calendar's own zone, where it can be read. */
  zone(signal: AbortSignal): Promise<string | undefined>;
  events(
    wanted: Range & { max: number; words?: string | undefined },
    signal: AbortSignal,
  ): Promise<Answer<Listed>>;
  /** `primary` is the user. */
  busy(
    wanted: Range & { who: readonly string[] },
    signal: AbortSignal,
  ): Promise<Answer<Availability[]>>;
}

export function createDiary(deps: {
  broker: Broker;
  openCalendar: OpenCalendar;
  grant: Grant | undefined;
}): Diary {
  const borrow = createBorrower(deps);
  const { openCalendar } = deps;
  return {
    async zone(signal) {
      const found = await borrow(
        undefined,
        (token, sub) => zoneOf(openCalendar(sub, token), signal),
        undefined,
        signal,
      );
      return found.ok ? found.value : undefined;
    },
    events: (wanted, signal) =>
      borrow(
        "list_upcoming_events",
        (token, sub) => listEvents(openCalendar(sub, token), wanted, signal),
        "event_unknown",
        signal,
      ),
    busy: (wanted, signal) =>
      borrow(
        "check_calendar",
        (token, sub) => availability(openCalendar(sub, token), wanted, signal),
        "event_unknown",
        signal,
      ),
  };
}
