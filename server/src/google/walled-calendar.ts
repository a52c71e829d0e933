/**
 * A calendar as somebody at a wall between deals may read it, as `walled.ts` is for mail: every request of the client passes here. A hidden
 * event is in no list and not there by its id. Free and busy times pass: they say when, and nothing of what.
 */
import { gaxios } from "google-auth-library";
import { z } from "zod";

import { googleCall } from "../observe/templates.ts";
import { type Calendar, calendarClient } from "./calendar.ts";
import { filled } from "./filled.ts";
import { transporter } from "./seen-transport.ts";
import { NotThere, replace } from "./walled.ts";

/** Which events are hidden from one person. */
export interface EventBarrier {
  stands(): Promise<boolean>;
  /** Ids of those that are. `events`: an event's id in this calendar -> what it is known by in any. */
  hiddenEvents(events: ReadonlyMap<string, readonly string[]>): Promise<ReadonlySet<string>>;
}

/** A calendar on a token that was lent for it; what is hidden from its owner is not in it. */
export type OpenCalendar = (sub: string, accessToken: string) => Calendar;

const Event = z.looseObject({
  id: z.string(),
  recurringEventId: z.string().optional(),
  iCalUID: z.string().optional(),
});
const Listed = z.object({
  timeZone: z.string().optional(),
  items: z.array(Event).default([]),
  nextPageToken: z.string().optional(),
});

const MOST_LISTED = 250;

/** One of a series is known by the series. */
export function eventName(id: string): string {
  return id.replace(/_\d{8}(?:T\d{6}Z)?$/, "").replace(/@google\.com$/, "");
}

function namesOf({ id, recurringEventId, iCalUID }: z.infer<typeof Event>): string[] {
  return [id, recurringEventId, iCalUID].flatMap((one) =>
    one === undefined ? [] : [eventName(one)],
  );
}

type Options = gaxios.GaxiosOptions;

export class WalledCalendarTransport extends gaxios.Gaxios {
  readonly #inner: gaxios.Gaxios;
  readonly #barrier: EventBarrier;

  constructor(inner: gaxios.Gaxios, barrier: EventBarrier) {
    super();
    this.#inner = inner;
    this.#barrier = barrier;
  }

  override async request<T>(options: Options = {}): gaxios.GaxiosPromise<T> {
    const { method = "GET" } = options;
    if (method !== "GET" || !(await this.#barrier.stands())) return this.#inner.request<T>(options);
    const call: string = googleCall(method, new URL(String(options.url)));
    switch (call) {
      case "GET calendar.events":
        return this.#list<T>(options);
      case "GET calendar.event": {
        const response = await this.#inner.request<T>(options);
        const event = Event.parse(response.data);
        if ((await this.#hidden([event])).size > 0) throw new NotThere();
        return response;
      }
      default:
        throw new Error(`walled: nothing says what may be read by ${call}`);
    }
  }

  #hidden(events: readonly z.infer<typeof Event>[]): Promise<ReadonlySet<string>> {
    return this.#barrier.hiddenEvents(new Map(events.map((one) => [one.id, namesOf(one)])));
  }

  async #list<T>(options: Options): gaxios.GaxiosPromise<T> {
    const params = z
      .looseObject({
        maxResults: z.number().default(MOST_LISTED),
        fields: z.literal("timeZone").optional(),
        pageToken: z.never().optional(),
      })
      .parse(options.params ?? {});
    // The calendar's zone alone.
    if (params.fields !== undefined) return this.#inner.request<T>(options);
    const most = Math.min(params.maxResults, MOST_LISTED);
    let timeZone: string | undefined;
    const { response, kept, more } = await filled(most, async (after) => {
      const page = await this.#inner.request<T>({
        ...options,
        params: { ...params, maxResults: most + 1, ...after },
      });
      const listed = Listed.parse(page.data);
      timeZone = listed.timeZone;
      const hidden = await this.#hidden(listed.items);
      const shown = listed.items.filter(({ id }) => !hidden.has(id));
      return { response: page, shown, next: listed.nextPageToken };
    });
    replace(response.data, { timeZone, items: kept, ...more });
    return response;
  }
}

/** The only way in for what reads a calendar. */
export function walledCalendars(
  rootUrl: string,
  barrierOf: (sub: string) => EventBarrier,
): OpenCalendar {
  return (sub, token) =>
    calendarClient(rootUrl, token, new WalledCalendarTransport(transporter, barrierOf(sub)));
}
