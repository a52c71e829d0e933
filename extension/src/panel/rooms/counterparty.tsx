/** A counterparty's card: its steps, one of them open at a time, what is due of it, and since when it has not answered. */
import {
  duesOf,
  type Milestone,
  MILESTONE_WORDS,
  type Row,
  type Silence,
} from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useId, useState } from "react";

import { Icon } from "../../ui/icon.tsx";
import { BOARD, dueWords, NDA, shortDay, STATES } from "./board-words.ts";
import { type OfBoard, OpenMilestone } from "./milestone.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { type Step, stepsOf } from "./track.ts";

const TONES = { none: undefined, sent: "blue", signed: "green", declined: "red" } as const;

export interface CounterpartyProps extends OfBoard {
  row: Row;
  dates: InRoomProps["room"]["details"]["dates"];
  silent: Silence | undefined;
}

export function Counterparty({ row, dates, silent, ...rest }: CounterpartyProps): ReactElement {
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
            <h4>{MILESTONE_WORDS[opened.milestone]}</h4>
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
  const { milestone, state, solid, days, version, waiting } = step;
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
        <span className="track-name">{MILESTONE_WORDS[milestone]}</span>
        <span className="hidden-text">{STATES[state]}</span>
        {version === undefined ? undefined : <span className="track-day">{version}</span>}
        {days.map((day) => (
          <span key={day} className="track-day">
            {shortDay(day)}
          </span>
        ))}
      </button>
    </li>
  );
}
