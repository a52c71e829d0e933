/** What others ask this person to approve: their cards stand above the conversation, since the conversation is the asker's. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ReactElement } from "react";

import type { Call } from "../../api/call.ts";
import { problemOf } from "../chat/failure.ts";
import type { WriteActions } from "../chat/use-writes.ts";
import { ApprovalCard } from "./approval-card.tsx";
import { WORDS } from "./eyes-words.ts";

export interface AskedOfYouProps {
  call: Call;
  asked: readonly ApprovalView[];
  writes: WriteActions;
  onChanged: () => void;
}

export function AskedOfYou({
  call,
  asked,
  writes,
  onChanged,
}: AskedOfYouProps): ReactElement | undefined {
  if (asked.length === 0) return undefined;
  const decline = async ({ id }: ApprovalView) => {
    const reply = await call(routes.cancelApproval, { id });
    onChanged();
    return reply.ok ? undefined : problemOf(reply.failure);
  };
  return (
    <section className="items" aria-label={WORDS.asked} data-testid="asked-of-you">
      {asked.map((approval) => (
        <ApprovalCard
          key={approval.id}
          approval={approval}
          current={false}
          remedies={{}}
          writes={{ ...writes, cancelRequest: decline }}
          again={[]}
          onEdit={undefined}
          mayWrite={false}
        />
      ))}
    </section>
  );
}
