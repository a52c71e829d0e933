/** Where a request stands: its code beside the time left, or the slot it waits for; once it is over, the code alone. */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ReactElement } from "react";

import { Ring } from "./ring.tsx";
import { holdLeft, spokenTimeLeft, spokenTimeUntilAsked, timeLeft } from "./time-left.ts";
import { clockTime, heldUntil, holdWords, isWaiting, slotOf } from "./words.ts";

export interface StandingProps {
  approval: ApprovalView;
  now: number;
}

function Code({ code }: { code: string }): ReactElement {
  return (
    <p className="quiet">
      Code{" "}
      <span className="count" data-testid="approval-code">
        {code}
      </span>
    </p>
  );
}

export function Standing({ approval, now }: StandingProps): ReactElement {
  const { code, requestedAt, expiresAt } = approval;
  const hold = heldUntil(approval);
  if (hold !== undefined) {
    const until = holdLeft(hold, now);
    return (
      <div className="code-line">
        <div className="grow">
          <p className="title" data-testid="hold">
            {holdWords(approval, until.seconds)}
          </p>
          <p className="quiet">You approved it. Until then you can still stop it.</p>
          <Code code={code} />
        </div>
        <Ring left={until} spoken={holdWords(approval, until.seconds)} />
      </div>
    );
  }
  if (!isWaiting(approval.state)) return <Code code={code} />;
  const slot = slotOf(approval, now);
  if (slot !== undefined) {
    const until = timeLeft(requestedAt, slot, now);
    return (
      <div className="code-line">
        <div className="grow">
          <p className="slot" data-testid="slot">
            Waiting for a slot: your phone takes five requests a minute. It will be asked at{" "}
            <time className="count" dateTime={slot}>
              {clockTime(slot)}
            </time>
            .
          </p>
          <Code code={code} />
        </div>
        <Ring left={until} spoken={spokenTimeUntilAsked(until.seconds)} />
      </div>
    );
  }
  const left = timeLeft(requestedAt, expiresAt, now);
  return (
    <div className="code-line">
      <div className="grow">
        <p className="code" data-testid="approval-code">
          {code}
        </p>
        <p className="quiet">
          {left.seconds === 0
            ? "Time is up. The last word is being read."
            : "Approve only if your phone shows this code."}
        </p>
      </div>
      <Ring left={left} spoken={spokenTimeLeft(left.seconds)} />
    </div>
  );
}
