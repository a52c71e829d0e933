/** What the room knows of its deal: name, stage, circle, dates, barrier. One form, saved as a whole and only on what was shown. */
import { routes } from "@vaultdesk/shared/api.ts";
import { RoomDetails, Stage, type Wall } from "@vaultdesk/shared/room.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Circle, Dates } from "./deal-lines.tsx";
import { Ending } from "./ending.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { STAGES, WORDS } from "./words.ts";

const STAGE_OPTIONS = Stage.options.map((value) => ({ value, label: STAGES[value] }));

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
  const setLabel = (label: string) => {
    const { label: _, ...others } = details;
    setTold(undefined);
    setDetails(label === "" ? others : { ...others, label });
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
      <Field
        label={WORDS.label}
        hint={WORDS.labelHint}
        maxLength={100}
        value={details.label ?? ""}
        testId="deal-label"
        onChange={setLabel}
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
