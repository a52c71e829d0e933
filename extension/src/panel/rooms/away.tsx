/** Who is away and who stands in: said on the person's line, and set by themselves or by a lead, who alone names somebody of another role. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { Member, RoomView } from "@vaultdesk/shared/room.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Select } from "../../ui/select.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { AWAY_WORDS as WORDS } from "./words.ts";

export function Away({
  call,
  room,
  control,
  member,
}: Pick<InRoomProps, "call" | "room" | "control"> & { member: Member }): ReactElement | undefined {
  const { away, you, id: memberId } = member;
  if (away === undefined) return undefined;
  const who = room.members.find(({ id }) => id === away.delegate)?.address ?? "";
  return (
    <div className="row" data-testid="member-away">
      <p className="grow">{WORDS.away(away.until, who)}</p>
      {you || room.yours === "lead" ? (
        <Button
          data-testid="member-back"
          onClick={() => detach(control.change(call(routes.endAbsence, { id: room.id, memberId })))}
        >
          {WORDS.back(you)}
        </Button>
      ) : undefined}
    </div>
  );
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

const asked = ({ state, role }: Member) => state === "joined" && role !== "observer";

function standIns({ members, yours }: RoomView, who: Member): Member[] {
  return members.filter(
    (one) =>
      asked(one) &&
      one.id !== who.id &&
      one.away === undefined &&
      (yours === "lead" || one.role === who.role),
  );
}

const asOptions = (members: readonly Member[]) =>
  members.map(({ id, address }) => ({ value: id, label: address }));

export function GoAway({
  call,
  room,
  control,
  me,
  onEnd,
}: Pick<InRoomProps, "call" | "room" | "control"> & {
  me: Member;
  onEnd: () => void;
}): ReactElement {
  const people = room.yours === "lead" ? room.members.filter(asked) : [me];
  const [chosen, setChosen] = useState(me.id);
  const [until, setUntil] = useState("");
  const [named, setNamed] = useState<Member["id"]>();
  const [tried, setTried] = useState(false);
  const who = people.find(({ id }) => id === chosen) ?? me;
  const others = standIns(room, who);
  const delegate = others.find(({ id }) => id === named) ?? others[0];
  const [today] = useState(() => new Intl.DateTimeFormat("en-CA", { timeZone }).format(Date.now()));
  const bad = until <= today;
  const save = async (standIn: Member) => {
    const at = { id: room.id, memberId: who.id };
    const absence = { until, timeZone, delegate: standIn.id };
    if (await control.change(call(routes.setAbsence, at, absence))) onEnd();
  };
  return (
    <form
      className="card stack tight"
      aria-label={WORDS.title}
      data-testid="go-away-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!bad && delegate !== undefined) detach(save(delegate));
      }}
    >
      <h3>{WORDS.title}</h3>
      <p className="quiet">{WORDS.words}</p>
      {people.length > 1 ? (
        <Select
          label={WORDS.who}
          options={asOptions(people)}
          chosen={who.id}
          testId="away-who"
          onChoose={setChosen}
        />
      ) : undefined}
      <DayField
        label={WORDS.until}
        wrong={tried && bad}
        value={until}
        testId="away-until"
        onChange={setUntil}
      />
      {tried && bad ? <output className="wrong">{WORDS.badDay}</output> : undefined}
      {delegate === undefined ? (
        <p className="quiet">{WORDS.nobody}</p>
      ) : (
        <Select
          label={WORDS.standsIn}
          options={asOptions(others)}
          chosen={delegate.id}
          testId="away-delegate"
          onChoose={setNamed}
        />
      )}
      <div className="actions">
        <Button onClick={onEnd}>{WORDS.cancel}</Button>
        <Button type="submit" look="main" data-testid="away-save" disabled={delegate === undefined}>
          {WORDS.save}
        </Button>
      </div>
    </form>
  );
}
