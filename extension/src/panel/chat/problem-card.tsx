/** A failure in three parts, with what to press as a button. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { ReactElement } from "react";

import { remedyOf, type Remedies } from "./remedy.ts";

export interface ProblemCardProps {
  problem: Problem;
  remedies: Remedies;
}

export function ProblemCard({ problem, remedies }: ProblemCardProps): ReactElement {
  const remedy = remedyOf(problem.code);
  const act = remedy === undefined ? undefined : remedies[remedy.does];
  return (
    <section className="card problem" role="alert" data-testid="problem" data-code={problem.code}>
      <h2>{problem.happened}</h2>
      {problem.detail === undefined ? undefined : <p>{problem.detail}</p>}
      <p>{problem.notDone}</p>
      <p>{problem.press}</p>
      {remedy === undefined || act === undefined ? undefined : (
        <div className="row">
          <button
            type="button"
            className="button"
            onClick={() => act(problem.scopes)}
            data-testid={`remedy-${remedy.does}`}
          >
            {remedy.label}
          </button>
        </div>
      )}
    </section>
  );
}
