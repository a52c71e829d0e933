/** One approved change of the calendar: compared with the event as it is now, then done once. Knows no approval states. */
import type { EventCancel, EventCreate, EventUpdate } from "@vaultdesk/shared/action.ts";
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import type { EventContent } from "@vaultdesk/shared/calendar-event.ts";

import { type Calendar, type LiveEvent, liveEvent } from "../google/calendar.ts";
import { afterRefusal, differences, type Doing, refusalOf, type Tried } from "./doing.ts";

/** The writes, lent by the executor: only it may import them. */
export interface CalendarEffects {
  insert(api: Calendar, action: EventCreate): Promise<LiveEvent>;
  patch(api: Calendar, action: EventUpdate, live: LiveEvent): Promise<LiveEvent>;
  remove(api: Calendar, action: EventCancel, live: LiveEvent): Promise<void>;
}

export type CalendarAction = EventCreate | EventUpdate | EventCancel;

const WORDS = {
  gone: "the event itself: it is gone from the calendar",
  undone: "Google Calendar shows that it was not done.",
};

export function changeCalendar(
  api: Calendar,
  effects: CalendarEffects,
  action: CalendarAction,
): Doing {
  /** The event, if it is there and not cancelled. */
  async function present(): Promise<LiveEvent | undefined> {
    try {
      const live = await liveEvent(api, action.eventId);
      return live.cancelled ? undefined : live;
    } catch (error) {
      if (refusalOf(error).refusal.reason === "not_found") return undefined;
      throw error;
    }
  }

  async function onLive(
    approved: EventContent,
    work: (live: LiveEvent) => Promise<Outcome>,
  ): Promise<Tried> {
    let live: LiveEvent | undefined;
    try {
      live = await present();
    } catch (error) {
      const tried = afterRefusal(error, "event_unknown");
      return tried.outcome === "unclear"
        ? { outcome: { state: "failed", why: "Google did not answer." } }
        : tried;
    }
    if (live === undefined) return { outcome: "gone" };
    const changed = changes(approved, live.content);
    if (changed.length > 0) return { outcome: { state: "drifted", changed } };
    try {
      return { outcome: await work(live) };
    } catch (error) {
      // 412: it was changed between looking and doing.
      if (refusalOf(error).refusal.reason === "conflict") {
        return { outcome: { state: "drifted", changed: ["the event, a moment ago"] } };
      }
      return afterRefusal(error, "event_unknown");
    }
  }

  async function looked(
    judge: (live: LiveEvent | undefined) => Promise<Outcome | "undone">,
  ): Promise<Outcome | "undone"> {
    try {
      return await judge(await present());
    } catch (error) {
      refusalOf(error);
      return { state: "unknown" };
    }
  }

  switch (action.kind) {
    case "event.create":
      return {
        words: WORDS,
        async attempt() {
          try {
            return { outcome: doneWith(await effects.insert(api, action)) };
          } catch (error) {
            if (refusalOf(error).refusal.reason !== "conflict") {
              return afterRefusal(error, "event_unknown");
            }
            // The id is ours alone: an attempt of before made the event.
            const found = await this.look();
            return found === "undone" ? { outcome: { state: "unknown" } } : { outcome: found };
          }
        },
        look: () =>
          looked(async (live) => {
            if (live !== undefined) return doneWith(live);
            return (await wasThere(api, action.eventId))
              ? { state: "failed", why: "The event was deleted again in Google Calendar." }
              : "undone";
          }),
      };
    case "event.update":
      return {
        words: WORDS,
        attempt: () =>
          onLive(action.before, async (live) => doneWith(await effects.patch(api, action, live))),
        look: () =>
          looked(async (live) => {
            if (live === undefined) return { state: "failed", why: "The event is gone." };
            if (changes(action.content, live.content).length === 0) return doneWith(live);
            return changes(action.before, live.content).length === 0
              ? "undone"
              : { state: "failed", why: "The event was changed by somebody else." };
          }),
      };
    case "event.cancel":
      return {
        words: WORDS,
        attempt: () =>
          onLive(action.content, async (live) => {
            await effects.remove(api, action, live);
            return { state: "done" };
          }),
        look: () =>
          looked((live) => Promise.resolve(live === undefined ? { state: "done" } : "undone")),
      };
  }
}

function doneWith({ link }: LiveEvent): Outcome {
  return link === undefined ? { state: "done" } : { state: "done", link };
}

/** A deleted event keeps its id. */
async function wasThere(api: Calendar, eventId: string): Promise<boolean> {
  try {
    await liveEvent(api, eventId);
    return true;
  } catch (error) {
    if (refusalOf(error).refusal.reason === "not_found") return false;
    throw error;
  }
}

const FIELDS = [
  ["title", "title"],
  ["start", "time"],
  ["end", "end"],
  ["allDay", "whole day"],
  ["timeZone", "time zone"],
  ["location", "place"],
  ["description", "description"],
  ["guests", "guests"],
  ["meet", "Meet link"],
  ["reminders", "reminders"],
] as const satisfies readonly (readonly [keyof EventContent, string])[];

function changes(approved: EventContent, live: EventContent): string[] {
  return differences(approved, live, FIELDS, "the event");
}
