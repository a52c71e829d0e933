/** Free slots as buttons that stay pressed; what is pressed goes into the question box as a sentence. */
import type { TimeSpan } from "@vaultdesk/shared/calendar-view.ts";
import { type ReactElement, useState } from "react";

import { Button } from "../../ui/button.tsx";
import { byDay, hoursOf, WORDS } from "./words.ts";

export interface FreeTimesProps {
  free: readonly TimeSpan[];
  timeZone: string;
  onOffer: (slots: readonly TimeSpan[]) => void;
}

function toggled(before: ReadonlySet<string>, start: string): ReadonlySet<string> {
  return before.has(start)
    ? new Set([...before].filter((one) => one !== start))
    : new Set([...before, start]);
}

export function FreeTimes({ free, timeZone, onOffer }: FreeTimesProps): ReactElement {
  const [starts, setStarts] = useState<ReadonlySet<string>>(new Set());
  const chosen = free.filter(({ start }) => starts.has(start));
  if (free.length === 0) return <p data-testid="no-free">{WORDS.noneFree}</p>;
  return (
    <>
      {byDay(free, timeZone).map(([day, slots]) => (
        <fieldset className="choice" key={day}>
          <legend>{day}</legend>
          <div className="choice-row">
            {slots.map((slot) => (
              <button
                key={slot.start}
                type="button"
                className="chip"
                aria-pressed={starts.has(slot.start)}
                data-testid="free-slot"
                onClick={() => setStarts((before) => toggled(before, slot.start))}
              >
                {hoursOf(slot, timeZone)}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="actions">
        <Button
          look="main"
          data-testid="offer"
          disabled={chosen.length === 0}
          onClick={() => onOffer(chosen)}
        >
          {WORDS.offer}
        </Button>
      </div>
      <p className="quiet">{WORDS.offerAbout}</p>
    </>
  );
}
