/** The user's calendar: today, the seven days after, and free times to offer. Looks, and fills the question box; changes nothing. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { CalendarEvent, CalendarView } from "@vaultdesk/shared/calendar-view.ts";
import { type ReactElement, useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { Page } from "../page.tsx";
import { Choice } from "../settings/choice.tsx";
import { useRead } from "../use-read.ts";
import { FreeTimes } from "./free-times.tsx";
import { factsOf, LENGTHS, offerOf, titleOf, WORDS } from "./words.ts";

export interface CalendarProps {
  call: Call;
  inThread: boolean;
  remedies: Pick<Remedies, "signIn" | "connect">;
  /** One sentence about the last window that did not end well. */
  notice: string | undefined;
  onBack: () => void;
  /** Opens the conversation with this in the question box. */
  onOffer: (question: string) => void;
}

export function Calendar(props: CalendarProps): ReactElement {
  const { call, inThread, remedies, notice, onBack, onOffer } = props;
  const [minutes, setMinutes] = useState(30);
  // Another length is read again; what was read stands until then.
  const [shown, setShown] = useState<CalendarView>();
  const { value, problem, again } = useRead(
    useCallback(() => call(routes.calendar, { minutes: String(minutes) }), [call, minutes]),
  );
  if (value !== undefined && value !== shown) setShown(value);
  return (
    <Page title={WORDS.title} testId="calendar" onBack={onBack}>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: () => detach(again()) }} />
      )}
      {notice === undefined ? undefined : <output className="notice">{notice}</output>}
      {shown === undefined ? (
        problem === undefined ? (
          <p className="quiet">{WORDS.reading}</p>
        ) : undefined
      ) : (
        <>
          <p className="quiet">{WORDS.zone(shown.timeZone)}</p>
          <Events name={WORDS.today} none={WORDS.noneToday} view={shown} events={shown.today} />
          <Events name={WORDS.next} none={WORDS.noneNext} view={shown} events={shown.next} />
          <section className="stack" aria-label={WORDS.free} data-testid="free">
            <h3>{WORDS.free}</h3>
            {shown.more ? (
              <p>{WORDS.more}</p>
            ) : (
              <>
                <p className="quiet">{WORDS.freeAbout}</p>
                <Choice
                  label={WORDS.length}
                  options={LENGTHS}
                  chosen={minutes}
                  testId="free-length"
                  onChoose={setMinutes}
                />
                <FreeTimes
                  key={minutes}
                  free={shown.free}
                  timeZone={shown.timeZone}
                  onOffer={(slots) => onOffer(offerOf(slots, shown.timeZone, inThread))}
                />
              </>
            )}
          </section>
        </>
      )}
    </Page>
  );
}

interface EventsProps {
  name: string;
  none: string;
  view: CalendarView;
  events: readonly CalendarEvent[];
}

function Events({ name, none, view, events }: EventsProps): ReactElement {
  return (
    <section className="stack" aria-label={name} data-testid={`calendar-${name.toLowerCase()}`}>
      <h3>{name}</h3>
      {events.length === 0 ? <p className="quiet">{none}</p> : undefined}
      <ul className="agenda">
        {events.map((event) => {
          const title = titleOf(event);
          return (
            <li key={event.id} data-testid="calendar-event" data-busy={event.busy}>
              {event.link === undefined ? (
                <p>{title}</p>
              ) : (
                <p>
                  <a className="link" href={event.link} target="_blank" rel="noopener noreferrer">
                    {title}
                  </a>
                </p>
              )}
              <p className="quiet">{factsOf(event, view.timeZone)}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
