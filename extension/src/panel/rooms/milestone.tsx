/** One milestone of one counterparty, opened: each thing that was said of it, with its words, and what may be done about it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { Entry, Reached, TrackerView } from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { SureButton } from "../../ui/sure-button.tsx";
import type { Changed } from "../use-changed.ts";
import { BOARD, ENTRY_STATES, longDay, saidBy } from "./board-words.ts";
import { EntryWords } from "./entry-words.tsx";
import { NoteForm } from "./note-form.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { inOrder, type Step } from "./track.ts";

const TONES = { proposed: "blue", confirmed: "green", withdrawn: undefined } as const;

export interface OfBoard extends Pick<InRoomProps, "call" | "room" | "threadId" | "onMessage"> {
  tracker: Changed<TrackerView>;
  mayNote: boolean;
  /** ISO date. */
  today: string;
}

export interface MilestoneProps extends OfBoard {
  step: Step;
  /** The line of the circle that a note by hand is of. */
  who: string;
}

export function OpenMilestone(props: MilestoneProps): ReactElement {
  const { step, who, mayNote, call, room, tracker, threadId, today } = props;
  const [noting, setNoting] = useState(false);
  const section = useRef<HTMLElement>(null);
  // The button that was pressed is gone with it: the keyboard stays here.
  const change: Changed<TrackerView>["change"] = async (asked) => {
    const made = await tracker.change(asked);
    if (made) section.current?.focus();
    return made;
  };
  const entries = inOrder(step.cells);
  const { id } = room;
  return (
    <section ref={section} tabIndex={-1} className="stack tight" data-testid="milestone">
      {entries.length === 0 ? <p className="quiet">{BOARD.noted}</p> : undefined}
      {step.state === "conflict" ? (
        <p className="caution" data-testid="disputed">
          {step.solid ? BOARD.disputed : BOARD.disputedProposals}
        </p>
      ) : undefined}
      <ul className="stack tight">
        {entries.map((entry) => (
          <EntryView key={entry.id} {...props} entry={entry} change={change} />
        ))}
      </ul>
      {!mayNote ? undefined : noting ? (
        <NoteForm
          begin={{ who, milestone: step.milestone, day: today }}
          go={BOARD.go}
          mayQuote={threadId !== undefined}
          onKeep={() => setNoting(false)}
          onGo={(said, quote) => {
            const mail =
              quote === undefined || threadId === undefined ? {} : { mail: { threadId, quote } };
            return change(call(routes.noteMilestone, { id }, { said, ...mail }));
          }}
        />
      ) : (
        <div className="actions">
          <Button data-testid="note" onClick={() => setNoting(true)}>
            {BOARD.note}
          </Button>
        </div>
      )}
    </section>
  );
}

interface EntryProps extends Pick<MilestoneProps, "call" | "room" | "mayNote" | "onMessage"> {
  entry: Entry;
  change: Changed<TrackerView>["change"];
}

function EntryView(props: EntryProps) {
  const { entry, call, room, change, mayNote, onMessage } = props;
  const { id: entryId, said, state, sourced } = entry;
  const { id } = room;
  const [correcting, setCorrecting] = useState(false);
  const confirm = (as: Reached) =>
    change(call(routes.confirmMilestone, { id, entryId }, { said: as }));
  const withdraw = () => change(call(routes.withdrawMilestone, { id, entryId }));
  const proposed = state === "proposed";
  return (
    <li
      className="stands"
      data-testid="entry"
      data-state={state}
      data-solid={state === "confirmed"}
    >
      <div className="row">
        <span className="grow">
          {longDay(said.day)}
          {said.version === undefined ? "" : `, ${BOARD.version(said.version)}`}
        </span>
        <span className="tag" data-tone={TONES[state]}>
          {ENTRY_STATES[state]}
        </span>
      </div>
      <p className="quiet">{saidBy(entry)}</p>
      {sourced && state !== "withdrawn" ? (
        <EntryWords call={call} room={id} entry={entryId} onMessage={onMessage} />
      ) : undefined}
      {!mayNote || state === "withdrawn" ? undefined : correcting ? (
        <NoteForm
          begin={said}
          go={proposed ? BOARD.goConfirm : BOARD.goInstead}
          mayQuote={false}
          onKeep={() => setCorrecting(false)}
          onGo={(as) =>
            proposed
              ? confirm(as)
              : change(call(routes.noteMilestone, { id }, { said: as, instead: entryId }))
          }
        />
      ) : (
        <div className="actions">
          {proposed ? (
            <SureButton
              look="main"
              data-testid="entry-confirm"
              onPress={() => detach(confirm(said))}
            >
              {BOARD.confirm}
            </SureButton>
          ) : undefined}
          <Button data-testid="entry-correct" onClick={() => setCorrecting(true)}>
            {BOARD.correct}
          </Button>
          <Button look="plain" data-testid="entry-withdraw" onClick={() => detach(withdraw())}>
            {proposed ? BOARD.reject : BOARD.withdraw}
          </Button>
        </div>
      )}
    </li>
  );
}
