/** What the room knows of its deal: name, stage, circle, dates, barrier. One form, saved as a whole and only on what was shown. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type CircleEntry, RoomDetails, Side, Stage, type Wall } from "@vaultdesk/shared/room.ts";
import { Milestone, MILESTONE_WORDS } from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Ending } from "./ending.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { SIDES, STAGES, WORDS } from "./words.ts";

const STAGE_OPTIONS = Stage.options.map((value) => ({ value, label: STAGES[value] }));
const NO_MILESTONE = "none";
const MILESTONE_OPTIONS = [
  { value: NO_MILESTONE, label: WORDS.noMilestone },
  ...Milestone.options.map((value) => ({ value, label: WORDS.until(MILESTONE_WORDS[value]) })),
];
const SIDE_OPTIONS = Side.options.map((value) => ({ value, label: SIDES[value] }));

const NO_WALL: Wall = { name: "", side: "" };

export function Deal(props: InRoomProps): ReactElement {
  const { room, may } = props;
  return (
    <>
      {may("details") ? <Form {...props} /> : <Facts details={room.details} />}
      <Ending {...props} />
    </>
  );
}

function Facts({ details }: { details: RoomDetails }) {
  const { stage, circle, dates } = details;
  return (
    <dl className="facts" data-testid="deal-facts">
      <dt>{WORDS.stage}</dt>
      <dd>{STAGES[stage]}</dd>
      <dt>{WORDS.circle}</dt>
      <dd>{circle.length === 0 ? WORDS.noCircle : circle.map(WORDS.inCircle).join(", ")}</dd>
      <dt>{WORDS.dates}</dt>
      <dd>
        {dates.length === 0
          ? WORDS.noDates
          : dates.map(({ day, what }) => `${day}: ${what}`).join(", ")}
      </dd>
    </dl>
  );
}

/** A name that was left empty is none. */
function filled(details: RoomDetails): RoomDetails {
  const circle = details.circle.map(({ party, ...line }) =>
    party === undefined || party.trim() === "" || line.side !== "counterparty"
      ? line
      : { ...line, party },
  );
  return { ...details, circle };
}

function Form({ call, room, control }: InRoomProps) {
  const { id, version } = room;
  const [details, setDetails] = useState(room.details);
  const [told, setTold] = useState<string>();
  const set = (change: Partial<RoomDetails>) => {
    setTold(undefined);
    setDetails({ ...details, ...change });
  };
  const setWall = (change: Partial<Wall>) => {
    const { wall = NO_WALL, ...others } = details;
    const next = { ...wall, ...change };
    setTold(undefined);
    setDetails(next.name === "" && next.side === "" ? others : { ...others, wall: next });
  };
  const save = async () => {
    const parsed = RoomDetails.safeParse(filled(details));
    if (!parsed.success) setTold(WORDS.incomplete);
    else await control.change(call(routes.changeRoom, { id }, { version, details: parsed.data }));
  };
  return (
    <form
      className="stack"
      data-testid="deal-form"
      onSubmit={(event) => {
        event.preventDefault();
        detach(save());
      }}
    >
      <Field
        label={WORDS.codeName}
        maxLength={60}
        value={details.codeName}
        testId="deal-name"
        onChange={(codeName) => set({ codeName })}
      />
      <Select
        label={WORDS.stage}
        options={STAGE_OPTIONS}
        chosen={details.stage}
        testId="deal-stage"
        onChoose={(stage) => set({ stage })}
      />
      <Circle circle={details.circle} onChange={(circle) => set({ circle })} />
      <Dates dates={details.dates} onChange={(dates) => set({ dates })} />
      {room.yours === "lead" && <Barrier wall={details.wall ?? NO_WALL} onChange={setWall} />}
      <div className="actions">
        {told === undefined ? undefined : <output className="wrong grow">{told}</output>}
        <Button type="submit" look="main" data-testid="deal-save">
          {WORDS.save}
        </Button>
      </div>
    </form>
  );
}

/** Both fields empty: no wall. */
function Barrier({ wall, onChange }: { wall: Wall; onChange: (change: Partial<Wall>) => void }) {
  return (
    <section className="stack tight" aria-label={WORDS.wall}>
      <h3>{WORDS.wall}</h3>
      <p className="quiet">{WORDS.wallWords}</p>
      <Field
        label={WORDS.wallName}
        maxLength={60}
        value={wall.name}
        testId="wall-name"
        onChange={(name) => onChange({ name })}
      />
      <Field
        label={WORDS.wallSide}
        maxLength={60}
        value={wall.side}
        testId="wall-side"
        onChange={(side) => onChange({ side })}
      />
    </section>
  );
}

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

interface CircleProps {
  circle: readonly CircleEntry[];
  onChange: (circle: CircleEntry[]) => void;
}

function Circle({ circle, onChange }: CircleProps) {
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

interface DatesProps {
  dates: RoomDetails["dates"];
  onChange: (dates: RoomDetails["dates"]) => void;
}

function Dates({ dates, onChange }: DatesProps) {
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
            <label className="field">
              <span className="hidden-text">{WORDS.day}</span>
              <input
                type="date"
                className="input"
                value={day}
                data-testid="date-day"
                onChange={(event) => put(index, { day: event.target.value })}
              />
            </label>
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
