/** The person's own rows of the audit trail, by kind and time, each checked on this computer. */
import { routes } from "@vaultdesk/shared/api.ts";
import { GROUP_WORDS } from "@vaultdesk/shared/audit-words.ts";
import { AuditGroup, type AuditRow } from "@vaultdesk/shared/audit.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useId, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { saveTable } from "../save-table.ts";
import { CheckLine } from "./check-line.tsx";
import { rowOf, TRAIL } from "./trail-words.ts";
import { type TrailFilter, useTrail } from "./use-trail.ts";
import { timeOf } from "./words.ts";

interface TrailProps {
  call: Call;
  sub: string;
}

/** The end of that day, here. */
function endOf(day: string): string | undefined {
  const end = new Date(`${day}T24:00:00`);
  return day === "" || Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

export function Trail({ call, sub }: TrailProps): ReactElement {
  const [group, setGroup] = useState<AuditGroup>();
  const [day, setDay] = useState("");
  const until = endOf(day);
  const filter: TrailFilter = {
    ...(group === undefined ? {} : { group }),
    ...(until === undefined ? {} : { until }),
  };
  const { rows, checked, problem, again, more } = useTrail(call, sub, filter);
  const [failed, setFailed] = useState<Problem>();
  const ids = { group: useId(), day: useId() };
  const save = async () => {
    const reply = await call(routes.auditTable);
    setFailed(reply.ok ? undefined : problemOf(reply.failure));
    if (reply.ok) saveTable(reply.value.table, "audit");
  };
  const told = failed ?? problem;
  return (
    <section className="stack" data-testid="trail">
      <p className="quiet">{rows?.length === 0 ? TRAIL.none : TRAIL.about}</p>
      <div className="trail-filter">
        <label htmlFor={ids.group}>{TRAIL.kind}</label>
        <select
          id={ids.group}
          className="input"
          data-testid="trail-group"
          value={group ?? ""}
          onChange={(event) => setGroup(AuditGroup.safeParse(event.target.value).data)}
        >
          <option value="">{TRAIL.all}</option>
          {AuditGroup.options.map((one) => (
            <option key={one} value={one}>
              {GROUP_WORDS[one]}
            </option>
          ))}
        </select>
        <label htmlFor={ids.day}>{TRAIL.until}</label>
        <input
          id={ids.day}
          type="date"
          className="input"
          data-testid="trail-day"
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      {told === undefined ? undefined : (
        <ProblemCard problem={told} remedies={{ again: () => detach(again()) }} />
      )}
      {rows === undefined ? undefined : <CheckLine checked={checked} />}
      <ol className="trail-rows">
        {(rows ?? []).map((row) => (
          <Row key={row.seq} row={row} />
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

function Row({ row }: { row: AuditRow }): ReactElement {
  const { kind, words, facts } = rowOf(row);
  return (
    <li data-testid="trail-row" data-kind={kind}>
      <details className="entry">
        <summary>
          <span>{words}</span>
          <span className="quiet">
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
