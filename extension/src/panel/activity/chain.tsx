/** One action from the question to Google's id, as its audit rows tell it. Solid is a row that was proven; dashed is what has not happened. */
import type { ReactElement } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { CheckLine } from "./check-line.tsx";
import { stepsOf, TRAIL } from "./trail-words.ts";
import { useTrail } from "./use-trail.ts";
import { timeOf } from "./words.ts";

interface ChainProps {
  call: Call;
  sub: string;
  approval: string;
}

export function Chain({ call, sub, approval }: ChainProps): ReactElement {
  const { rows, checked, problem, again } = useTrail(call, sub, { approval });
  if (problem !== undefined) {
    return <ProblemCard problem={problem} remedies={{ again: () => detach(again()) }} />;
  }
  if (rows === undefined) return <p className="quiet">{TRAIL.reading}</p>;
  return (
    <div className="stack" data-testid="chain">
      <ol className="chain" aria-label={TRAIL.chain}>
        {stepsOf(rows.toReversed()).map((step) => (
          <li key={step.key} data-proven={step.at !== undefined && checked?.ok === true}>
            <span>{step.words}</span>
            {step.at === undefined ? undefined : (
              <span className="quiet">
                <time dateTime={step.at}>{timeOf(step.at)}</time>
                {step.seq === undefined ? "" : `, ${TRAIL.row(step.seq)}`}
              </span>
            )}
            {step.facts.map(([name, value]) => (
              <span key={name} className="chain-fact">
                {name} <span className="digest">{value}</span>
              </span>
            ))}
          </li>
        ))}
      </ol>
      <CheckLine checked={checked} />
    </div>
  );
}
