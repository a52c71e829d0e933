/** The person's own rows of the audit trail, or those of a deal room that they lead, by kind and time, each checked on this computer. */
import { routes } from "@vaultdesk/shared/api.ts";
import { GROUP_WORDS } from "@vaultdesk/shared/audit-words.ts";
import { AuditGroup, type AuditRow } from "@vaultdesk/shared/audit.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Select } from "../../ui/select.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { saveTable } from "../save-table.ts";
import { useRead } from "../use-read.ts";
import { CheckLine } from "./check-line.tsx";
import { rowOf, TRAIL } from "./trail-words.ts";
import { type TrailFilter, useTrail } from "./use-trail.ts";
import { timeOf } from "./words.ts";

interface TrailProps {
  call: Call;
  sub: string;
}

const KINDS: readonly { value: AuditGroup | ""; label: string }[] = [
  { value: "", label: TRAIL.all },
  ...AuditGroup.options.map((value) => ({ value, label: GROUP_WORDS[value] })),
];

/** The end of that day, here. */
function endOf(day: string): string | undefined {
  const end = new Date(`${day}T24:00:00`);
  return day === "" || Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

export function Trail({ call, sub }: TrailProps): ReactElement {
  const { value: known } = useRead(useCallback(() => call(routes.rooms), [call]));
  const led = (known?.rooms ?? []).filter(({ yours }) => yours === "lead");
  const [room, setRoom] = useState<RoomId>();
  const [group, setGroup] = useState<AuditGroup>();
  const [day, setDay] = useState("");
  const until = endOf(day);
  const filter: TrailFilter = {
    ...(room === undefined ? {} : { room }),
    ...(group === undefined ? {} : { group }),
    ...(until === undefined ? {} : { until }),
  };
  const { rows, addressOf, checked, problem, again, more } = useTrail(call, sub, filter);
  const [failed, setFailed] = useState<Problem>();
  const save = async () => {
    const reply =
      room === undefined
        ? await call(routes.auditTable)
        : await call(routes.roomAuditTable, { id: room });
    setFailed(reply.ok ? undefined : problemOf(reply.failure));
    if (reply.ok) saveTable(reply.value.table, "audit");
  };
  const told = failed ?? problem;
  return (
    <section className="stack" data-testid="trail">
      <p className="quiet">
        {rows?.length === 0 ? TRAIL.none : room === undefined ? TRAIL.about : TRAIL.aboutRoom}
      </p>
      <div className="trail-filter">
        {led.length === 0 ? undefined : (
          <Select
            label={TRAIL.whose}
            options={[
              { value: "", label: TRAIL.yours },
              ...led.map(({ id, codeName }) => ({ value: id, label: codeName })),
            ]}
            chosen={room ?? ""}
            testId="trail-whose"
            onChoose={(value) => setRoom(value === "" ? undefined : value)}
          />
        )}
        <Select
          label={TRAIL.kind}
          options={KINDS}
          chosen={group ?? ""}
          testId="trail-group"
          onChoose={(value) => setGroup(value === "" ? undefined : value)}
        />
        <DayField label={TRAIL.until} value={day} testId="trail-day" onChange={setDay} />
      </div>
      {told === undefined ? undefined : (
        <ProblemCard problem={told} remedies={{ again: () => detach(again()) }} />
      )}
      {rows === undefined ? undefined : <CheckLine checked={checked} />}
      <ol className="trail-rows">
        {(rows ?? []).map((row) => (
          <Row
            key={row.seq}
            row={row}
            by={
              room === undefined
                ? undefined
                : (who) => (who === sub ? TRAIL.you : (addressOf(who) ?? TRAIL.gone))
            }
          />
        ))}
      </ol>
      <div className="row">
        {more === undefined ? undefined : (
          <Button data-testid="trail-older" onClick={() => detach(more())}>
            {TRAIL.older}
          </Button>
        )}
        <Button data-testid="trail-save" onClick={() => detach(save())}>
          {TRAIL.save}
        </Button>
      </div>
    </section>
  );
}

interface RowProps {
  row: AuditRow;
  /** Who did it, where it is not always the same person. */
  by: ((sub: string) => string) | undefined;
}

function Row({ row, by }: RowProps): ReactElement {
  const { kind, words, facts, sub } = rowOf(row);
  return (
    <li data-testid="trail-row" data-kind={kind}>
      <details className="entry">
        <summary>
          <span>{words}</span>
          <span className="quiet">
            {by === undefined ? "" : `${by(sub)}, `}
            <time dateTime={row.at}>{timeOf(row.at)}</time>, {TRAIL.row(row.seq)}
          </span>
        </summary>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
          <Fact name={TRAIL.hash} value={row.hash} />
        </dl>
      </details>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd className="digest">{value}</dd>
    </>
  );
}
