/** What signing out everywhere takes with it: runs, what waits for a phone or is held, and the token that was lent. */
import { setTimeout } from "node:timers/promises";

import type { Approvals } from "./approvals/record.ts";
import { SIGNED_OUT, withdraw, WITHDRAWABLE } from "./approvals/withdraw.ts";
import type { SignOuts } from "./auth0/sign-outs.ts";
import type { Conversations } from "./conversations/record.ts";
import type { Broker } from "./vault/broker.ts";

export function createSignOut(deps: {
  signOuts: SignOuts;
  broker: Pick<Broker, "forget">;
  conversations: Pick<Conversations, "openRuns">;
  approvals: Approvals;
  cancelRun(sub: string, runId: string): Promise<boolean>;
  now(): number;
}) {
  async function takeBack(sub: string): Promise<void> {
    // Runs first: one that waits would go on when its approval is withdrawn.
    for (const run of await deps.conversations.openRuns(sub)) await deps.cancelRun(sub, run);
    for (const approval of await deps.approvals.onPhone(sub, WITHDRAWABLE)) {
      await withdraw(deps.approvals, approval, SIGNED_OUT);
    }
    deps.broker.forget(sub);
  }

  return async (sub: string): Promise<void> => {
    const over = await deps.signOuts.mark(sub);
    await takeBack(sub);
    await setTimeout(Math.max(0, over - deps.now()));
    // A request that had passed the check before the mark may have asked for something since.
    await takeBack(sub);
  };
}
