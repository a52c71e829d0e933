/** A proposed event on its day: dashed, among what stands in the user's calendar, solid. A clash is said in words. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { EventContent, EventId } from "@vaultdesk/shared/calendar-event.ts";
import { type ReactElement, useCallback } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { titleOf } from "../calendar/words.ts";
import { useRead } from "../use-read.ts";
import { type DayLayout, layoutOf } from "./day-layout.ts";
import { clashWords, hourWords, pictureWords, WORDS } from "./day-words.ts";

export interface DayViewProps {
  call: Call;
  /** With a time of day. */
  content: EventContent;
  /** The id of the same event, before a change or once it was made: no clash with itself. */
  self: EventId;
}

export function DayView({ call, content, self }: DayViewProps): ReactElement | undefined {
  const { start, end, timeZone } = content;
  const { value, problem, again } = useRead(
    useCallback(
      () => call(routes.calendarDay, { at: start, zone: timeZone }),
      [call, start, timeZone],
    ),
  );
  if (value === undefined) {
    if (problem === undefined) return undefined;
    return (
      <p className="quiet" data-testid="day-unread">
        {WORDS.unread}{" "}
        <button type="button" className="link" onClick={() => detach(again())}>
          {WORDS.again}
        </button>
      </p>
    );
  }
  const others = value.events.filter(({ id }) => id !== self);
  const layout = layoutOf(value.day, { start, end }, others);
  const shown = layout.blocks.flatMap(({ event }) => event ?? []);
  const allDay = others.filter((event) => event.allDay && event.busy);
  return (
    <figure className="day" data-testid="day-view" data-clashes={layout.clashes.length}>
      <Picture layout={layout} content={content} />
      <figcaption>
        <p className="hidden-text" data-testid="day-text">
          {pictureWords(content, shown, timeZone)}
        </p>
        <p className={layout.clashes.length === 0 ? "quiet" : "caution"} data-testid="day-clash">
          {clashWords(layout.clashes, timeZone)}
        </p>
        {allDay.length === 0 ? undefined : (
          <p className="quiet">{WORDS.allDay(allDay.map(titleOf).join(", "))}</p>
        )}
      </figcaption>
    </figure>
  );
}

function Picture({ layout, content }: { layout: DayLayout; content: EventContent }): ReactElement {
  const { timeZone } = content;
  return (
    <div
      className="day-hours"
      aria-hidden="true"
      data-testid="day-picture"
      style={{ height: layout.height }}
    >
      {layout.hours.map(({ at, top }) => (
        <span className="day-hour" key={at} style={{ top }}>
          {hourWords(at, timeZone)}
        </span>
      ))}
      <div className="day-lane">
        {layout.blocks.map(({ event, top, height, left, width }) => (
          <span
            className="day-block"
            key={event?.id ?? "proposed"}
            data-proposed={event === undefined}
            style={{ top, height, left: `${left}%`, width: `${width}%` }}
          >
            {event === undefined ? `${WORDS.proposed}: ${titleOf(content)}` : titleOf(event)}
          </span>
        ))}
      </div>
    </div>
  );
}
