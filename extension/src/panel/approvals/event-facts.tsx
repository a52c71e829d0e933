/** An event that is asked for: when, absolute and with its zone; who, and whether Google mails them; for a change, what it was. */
import type { ApprovalItem } from "@vaultdesk/shared/approval.ts";
import { changesOf, RECREATED, timeOfEvent } from "@vaultdesk/shared/event-words.ts";
import type { ReactElement, ReactNode } from "react";

import type { Call } from "../../api/call.ts";
import { type Judged, unplaced } from "../draft/judged.ts";
import { Recipients } from "../draft/recipients.tsx";
import { Warnings } from "../draft/warnings.tsx";
import { DayView } from "./day-view.tsx";

type EventItem = Extract<ApprovalItem, { kind: "event.create" | "event.update" | "event.cancel" }>;

function reminderWords(minutes: readonly number[] | undefined): string | undefined {
  if (minutes === undefined) return undefined;
  return minutes.length === 0 ? "none" : minutes.map((one) => `${one} min before`).join(", ");
}

export interface EventFactsProps {
  item: EventItem;
  judged: Judged;
  /** Reads the day round it; absent where the request is over, and the day with it. */
  call: Call | undefined;
}

export function EventFacts({ item, judged, call }: EventFactsProps): ReactElement {
  const { content, guestsMailed } = item;
  const time = timeOfEvent(content);
  const was = item.kind === "event.update" ? timeOfEvent(item.before) : time;
  const changed = item.kind === "event.update" ? changesOf(item.before, content) : [];
  const gone =
    item.kind === "event.update"
      ? item.before.guests.filter((guest) => !content.guests.includes(guest))
      : [];
  const rows: [label: string, value: ReactNode][] = [
    ["Title", content.title === "" ? "(no title)" : content.title],
    ["Was", was === time ? undefined : was],
    ["When", time],
    [
      "Guests",
      content.guests.length === 0 ? undefined : (
        <Recipients mailboxes={content.guests} judged={judged} />
      ),
    ],
    ["No longer", gone.length === 0 ? undefined : gone.join(", ")],
    ["Place", content.location === "" ? undefined : content.location],
    ["Meet", content.meet ? "Google Meet link" : undefined],
    ["Reminders", reminderWords(content.reminders)],
    ["Text", content.description === "" ? undefined : content.description],
    ["Changes", changed.length === 0 ? undefined : changed.join(", ")],
  ];
  const guests = content.guests.length + gone.length;
  return (
    <div className="envelope" data-testid="event-facts">
      <Warnings warnings={unplaced(judged, content.guests)} />
      <dl>
        {rows
          .filter(([, value]) => value !== undefined)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd data-testid={`event-${label.toLowerCase().replace(" ", "-")}`}>{value}</dd>
            </div>
          ))}
      </dl>
      {call === undefined || item.kind === "event.cancel" || content.allDay ? undefined : (
        <DayView call={call} content={content} self={item.eventId} />
      )}
      {item.kind === "event.create" && item.recreates === true ? (
        <p className="quiet" data-testid="event-recreated">
          {RECREATED}
        </p>
      ) : undefined}
      {guests === 0 ? undefined : (
        <p className="quiet" data-testid="guests-mailed">
          {guestsMailed ? "Google mails the guests." : "The guests are not mailed."}
        </p>
      )}
    </div>
  );
}
