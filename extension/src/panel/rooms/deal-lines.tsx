/** The lists of a deal's form: who belongs to it, and what is due when. */
import { type CircleEntry, type RoomDetails, Side } from "@vaultdesk/shared/room.ts";
import { Milestone, MILESTONE_WORDS } from "@vaultdesk/shared/tracker.ts";
import type { ReactElement } from "react";

import { Button, IconButton } from "../../ui/button.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { SIDES, WORDS } from "./words.ts";

const NO_MILESTONE = "none";
const MILESTONE_OPTIONS = [
  { value: NO_MILESTONE, label: WORDS.noMilestone },
  ...Milestone.options.map((value) => ({ value, label: WORDS.until(MILESTONE_WORDS[value]) })),
];
const SIDE_OPTIONS = Side.options.map((value) => ({ value, label: SIDES[value] }));

interface LinesProps {
  title: string;
  words?: string;
  add: string;
  testId: string;
  lines: readonly { name: string; fields: ReactElement }[];
  onAdd: () => void;
  onTakeAway: (index: number) => void;
}

/** Lines of a few fields each, to be added and taken away. */
function Lines({ title, words, add, testId, lines, onAdd, onTakeAway }: LinesProps) {
  return (
    <section className="stack tight" aria-label={title}>
      <h3>{title}</h3>
      {words === undefined ? undefined : <p className="quiet">{words}</p>}
      {lines.map(({ name, fields }, index) => (
        // A line has no identity but its place.
        <div key={index} className="row two">
          {fields}
          <IconButton
            icon="close"
            size={16}
            label={WORDS.takeAway(name)}
            onClick={() => onTakeAway(index)}
          />
        </div>
      ))}
      <div className="row">
        <Button data-testid={`${testId}-add`} onClick={onAdd}>
          {add}
        </Button>
      </div>
    </section>
  );
}

export interface CircleProps {
  circle: readonly CircleEntry[];
  onChange: (circle: CircleEntry[]) => void;
}

export function Circle({ circle, onChange }: CircleProps): ReactElement {
  const put = (index: number, change: Partial<CircleEntry>) =>
    onChange(circle.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <Lines
      title={WORDS.circle}
      words={WORDS.circleWords}
      add={WORDS.addWho}
      testId="circle"
      lines={circle.map(({ who, side, party = "" }, index) => ({
        name: who,
        fields: (
          <>
            <Field
              label={WORDS.who}
              place="hidden"
              placeholder={WORDS.who}
              maxLength={254}
              value={who}
              testId="circle-who"
              onChange={(text) => put(index, { who: text })}
            />
            <Select
              label={WORDS.side}
              hideLabel
              options={SIDE_OPTIONS}
              chosen={side}
              testId="circle-side"
              onChoose={(chosen) => put(index, { side: chosen })}
            />
            {side === "counterparty" ? (
              <div className="wide">
                <Field
                  label={WORDS.party}
                  place="hidden"
                  placeholder={WORDS.party}
                  maxLength={60}
                  value={party}
                  testId="circle-party"
                  onChange={(text) => put(index, { party: text })}
                />
              </div>
            ) : undefined}
          </>
        ),
      }))}
      onAdd={() => onChange([...circle, { who: "", side: "counterparty" }])}
      onTakeAway={(index) => onChange(circle.toSpliced(index, 1))}
    />
  );
}

export interface DatesProps {
  dates: RoomDetails["dates"];
  onChange: (dates: RoomDetails["dates"]) => void;
}

export function Dates({ dates, onChange }: DatesProps): ReactElement {
  const put = (index: number, change: Partial<RoomDetails["dates"][number]>) =>
    onChange(dates.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <Lines
      title={WORDS.dates}
      add={WORDS.addDate}
      testId="date"
      lines={dates.map(({ day, what, milestone }, index) => ({
        name: what,
        fields: (
          <>
            <Field
              label={WORDS.what}
              place="hidden"
              placeholder={WORDS.what}
              maxLength={80}
              value={what}
              testId="date-what"
              onChange={(text) => put(index, { what: text })}
            />
            <DayField
              label={WORDS.day}
              hideLabel
              value={day}
              testId="date-day"
              onChange={(chosen) => put(index, { day: chosen })}
            />
            <div className="wide">
              <Select
                label={WORDS.dateMilestone}
                hideLabel
                options={MILESTONE_OPTIONS}
                chosen={milestone ?? NO_MILESTONE}
                testId="date-milestone"
                onChoose={(chosen) => put(index, { milestone: Milestone.safeParse(chosen).data })}
              />
            </div>
          </>
        ),
      }))}
      onAdd={() => onChange([...dates, { day: "", what: "" }])}
      onTakeAway={(index) => onChange(dates.toSpliced(index, 1))}
    />
  );
}
