/** The room's tracker: a card for each counterparty, a row of steps on it, and one step open at a time. */
import { routes } from "@vaultdesk/shared/api.ts";
import {
  boardOf,
  duesOf,
  type Milestone,
  type Row,
  type Silence,
} from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useCallback, useId, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { saveTable } from "../save-table.ts";
import { useChanged } from "../use-changed.ts";
import { useRead } from "../use-read.ts";
import { BOARD, dueWords, NDA, NDA_COUNTS, shortDay, STATES, STEPS } from "./board-words.ts";
import { type OfBoard, OpenMilestone } from "./milestone.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { countsOf, isoDay, type Step, stepsOf } from "./track.ts";

const TONES = { none: undefined, sent: "blue", signed: "green", declined: "red" } as const;

export function Board({ call, room, threadId, onMessage }: InRoomProps): ReactElement {
  const { id, details } = room;
  const [today] = useState(() => isoDay(new Date()));
  const tracker = useChanged(useCallback(() => call(routes.tracker, { id }), [call, id]));
  const silence = useRead(useCallback(() => call(routes.trackerSilence, { id }), [call, id]));
  const [unsaved, setUnsaved] = useState<ReturnType<typeof problemOf>>();
  const { value, problem: failed } = tracker;
  const problem = unsaved ?? failed;
  const save = async () => {
    const reply = await call(routes.trackerTable, { id });
    setUnsaved(reply.ok ? undefined : problemOf(reply.failure));
    if (reply.ok) saveTable(reply.value.csv, "tracker");
  };
  const rows = value === undefined ? [] : boardOf(details.circle, value.entries);
  const waiting = value?.entries.filter(({ state }) => state === "proposed").length ?? 0;
  return (
    <>
      {problem === undefined ? undefined : (
        <ProblemCard
          problem={problem}
          remedies={{
            again: () => {
              setUnsaved(undefined);
              detach(tracker.again());
            },
          }}
        />
      )}
      {value === undefined ? undefined : (
        <p className="quiet">{rows.length === 0 ? BOARD.none : BOARD.about}</p>
      )}
      {waiting === 0 ? undefined : (
        <p className="caution" data-testid="tracker-waiting">
          {BOARD.waiting(waiting)}
        </p>
      )}
      {rows.length < 2 ? undefined : (
        <p data-testid="tracker-counts">
          {countsOf(rows)
            .map(({ nda, count }) => `${count} ${NDA_COUNTS[nda]}`)
            .join(" · ")}
        </p>
      )}
      {silence.problem === undefined ? undefined : (
        <p className="quiet">
          {BOARD.noSilence} {silence.problem.happened}
        </p>
      )}
      <ul className="stack">
        {rows.map((row) => (
          <Counterparty
            key={row.who.join(" ")}
            row={row}
            dates={details.dates}
            silent={silence.value?.silent.find(({ name }) => name === row.name)}
            call={call}
            room={room}
            threadId={threadId}
            onMessage={onMessage}
            tracker={tracker}
            today={today}
            mayNote={value?.mayNote ?? false}
          />
        ))}
      </ul>
      {rows.length === 0 ? undefined : (
        <div className="stack tight">
          <div className="actions">
            <Button data-testid="tracker-save" onClick={() => detach(save())}>
              {BOARD.save}
            </Button>
          </div>
          <p className="quiet">{BOARD.saveWords}</p>
        </div>
      )}
    </>
  );
}

interface CounterpartyProps extends OfBoard {
  row: Row;
  dates: InRoomProps["room"]["details"]["dates"];
  silent: Silence | undefined;
}

function Counterparty({ row, dates, silent, ...rest }: CounterpartyProps) {
  const [open, setOpen] = useState<Milestone>();
  const id = useId();
  const { name, who, cells, nda } = row;
  const steps = stepsOf(cells);
  const opened = steps.find(({ milestone }) => milestone === open);
  return (
    <li className="card party" data-testid="party" data-nda={nda}>
      <div className="card-head">
        <h3 className="grow cut">{name}</h3>
        <span className="tag" data-tone={TONES[nda]}>
          {NDA[nda]}
        </span>
      </div>
      {who.length === 1 && who[0] === name ? undefined : (
        <p className="quiet cut">{who.join(", ")}</p>
      )}
      <ol className="track">
        {steps.map((step) => (
          <StepView
            key={step.milestone}
            step={step}
            open={step.milestone === open}
            controls={id}
            onPress={() => setOpen(step.milestone === open ? undefined : step.milestone)}
          />
        ))}
      </ol>
      {duesOf(dates, row, rest.today).map((due) => (
        <p
          key={`${due.day} ${due.what}`}
          className={due.state === "late" ? "caution" : "quiet"}
          data-testid="due"
          data-state={due.state}
        >
          {dueWords(due)}
        </p>
      ))}
      {silent === undefined ? undefined : (
        <p className="caution" data-testid="silent">
          {BOARD.silent(silent.days)}{" "}
          <button type="button" className="cite" onClick={() => rest.onMessage(silent.messageId)}>
            {BOARD.showOurs}
          </button>
        </p>
      )}
      <div id={id} className="opened">
        {opened === undefined ? undefined : (
          <>
            <h4>{STEPS[opened.milestone]}</h4>
            <OpenMilestone key={opened.milestone} {...rest} step={opened} who={who[0] ?? name} />
          </>
        )}
      </div>
    </li>
  );
}

interface StepProps {
  step: Step;
  open: boolean;
  /** Id of what it opens. */
  controls: string;
  onPress: () => void;
}

function StepView({ step, open, controls, onPress }: StepProps) {
  const { milestone, state, solid, days, waiting } = step;
  return (
    <li data-state={state} data-solid={solid} data-milestone={milestone} data-waiting={waiting > 0}>
      <button
        type="button"
        className="track-step"
        aria-expanded={open}
        aria-controls={controls}
        data-testid="track-step"
        onClick={onPress}
      >
        <span className="track-mark" aria-hidden="true">
          {state === "conflict" ? (
            "!"
          ) : state === "confirmed" ? (
            <Icon name={milestone === "declined" ? "close" : "done"} size={12} />
          ) : undefined}
        </span>
        <span className="track-name">{STEPS[milestone]}</span>
        <span className="hidden-text">{STATES[state]}</span>
        {days.map((day) => (
          <span key={day} className="track-day">
            {shortDay(day)}
          </span>
        ))}
      </button>
    </li>
  );
}
