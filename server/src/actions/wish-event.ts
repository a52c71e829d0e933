/** A wish for the calendar -> an action on the event as it is now. */
import { randomBytes } from "node:crypto";

import type { Deed } from "@vaultdesk/shared/action.ts";
import { EventContent, EventId } from "@vaultdesk/shared/calendar-event.ts";
import { problem } from "@vaultdesk/shared/problem.ts";

import { checkAddresses } from "../google/addresses.ts";
import { type Calendar, type LiveEvent, liveEvent } from "../google/calendar.ts";
import { type Answer, answer } from "../google/call.ts";
import type { Judged } from "./dossier.ts";
import type { EventChange, EventWish, Ready } from "./wish.ts";

/** Hex digits are letters that Google's ids may have (`a-v`, `0-9`). */
function newEventId(): EventId {
  return EventId.parse(`vd${randomBytes(16).toString("hex")}`);
}

/** The event, if it is there and the user's to change. */
async function own(api: Calendar, eventId: EventId): Promise<Answer<LiveEvent>> {
  const found = await answer(() => liveEvent(api, eventId), "event_unknown");
  if (!found.ok) return found;
  if (found.value.cancelled) return { ok: false, problem: problem("event_unknown") };
  return found.value.mine ? found : { ok: false, problem: problem("event_not_yours") };
}

/** `asked` are the guests whom this request brings in. */
async function ready(
  action: Extract<Deed, { content: EventContent }>,
  judge: GuestJudge,
  asked: readonly string[],
): Promise<Answer<Ready>> {
  const judged = asked.length === 0 ? [] : [await judge(asked)];
  return { ok: true, value: { action, raws: [], judged } };
}

/** Addresses in one form, sorted and once each, so that the same guests are the same value. */
function checked(content: EventContent): Answer<EventContent> {
  const guests = checkAddresses(content.guests);
  if (!guests.ok) {
    const detail = `It was: ${guests.refused}`;
    return { ok: false, problem: problem("address_refused", { detail }) };
  }
  const addresses = guests.parties.map(({ address }) => address).toSorted();
  const parsed = EventContent.safeParse({ ...content, guests: addresses });
  return parsed.success && parsed.data.start < parsed.data.end
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: problem("bad_request") };
}

function changed(before: EventContent, change: EventChange): EventContent {
  const { addGuests = [], removeGuests = [], ...rest } = change;
  const gone = new Set(removeGuests.map((one) => one.toLowerCase()));
  const guests = [...before.guests.filter((one) => !gone.has(one)), ...addGuests];
  const content = { ...before, ...rest, guests };
  if (change.start === undefined || change.end !== undefined) return content;
  const end = new Date(
    Date.parse(change.start) + Date.parse(before.end) - Date.parse(before.start),
  ).toISOString();
  return { ...content, end: content.allDay ? end.slice(0, 10) : end };
}

export type GuestJudge = (guests: readonly string[]) => Promise<Judged>;

export async function readyEvent(
  api: Calendar,
  wish: EventWish,
  judge: GuestJudge,
): Promise<Answer<Ready>> {
  switch (wish.kind) {
    case "event.create": {
      const content = checked(wish.content);
      return content.ok
        ? ready(
            { ...wish, eventId: newEventId(), content: content.value },
            judge,
            content.value.guests,
          )
        : content;
    }
    case "event.update": {
      const { kind, eventId, change, guestsMailed } = wish;
      const live = await own(api, eventId);
      if (!live.ok) return live;
      const before = live.value.content;
      const content = checked(changed(before, change));
      if (!content.ok) return content;
      const added = content.value.guests.filter((guest) => !before.guests.includes(guest));
      return ready({ kind, eventId, before, content: content.value, guestsMailed }, judge, added);
    }
    case "event.cancel": {
      const live = await own(api, wish.eventId);
      return live.ok ? ready({ ...wish, content: live.value.content }, judge, []) : live;
    }
  }
}
