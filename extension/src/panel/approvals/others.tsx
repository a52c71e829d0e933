/** Who else is asked: each on a line of their own, solid once they have said yes and dashed while they are waited for. And who asks, on the card of the one who is asked. */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ReactElement } from "react";

import { askerWords, otherWords, placeWords, WORDS } from "./eyes-words.ts";

export function Asker({
  approval: { asker },
}: {
  approval: ApprovalView;
}): ReactElement | undefined {
  if (asker === undefined) return undefined;
  return (
    <div data-testid="asker">
      <p>{askerWords(asker)}</p>
      <p className="quiet">{asker.why}</p>
    </div>
  );
}

export function Others({ approval }: { approval: ApprovalView }): ReactElement | undefined {
  const { others } = approval;
  if (others === undefined) return undefined;
  return (
    <section className="others" aria-label={WORDS.others}>
      <p className="quiet">{WORDS.others}</p>
      <ul>
        {others.map((other) => {
          const { title, solid, tone } = otherWords(other, approval);
          return (
            <li key={other.who} data-solid={solid} data-tone={tone} data-testid="other-approver">
              <span
                className={other.standsFor === undefined ? "grow cut" : "grow"}
                title={`${other.who}: ${other.why}`}
              >
                {other.who} <span className="quiet">{placeWords(other)}</span>
              </span>
              <span className="tag" data-tone={tone}>
                {title}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
