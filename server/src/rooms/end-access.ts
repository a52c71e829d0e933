/** What goes with a membership: runs on the room's threads, and what waits for the person's phone or is held there. */
import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/withdraw.ts";
import type { Db } from "../store/schema.ts";

export type EndAccess = (sub: string, roomId: string) => Promise<void>;

export function createEndAccess(deps: {
  db: Db;
  approvals: Approvals;
  openRuns(sub: string, conversationId: string): Promise<string[]>;
  cancelRun(sub: string, runId: string): Promise<boolean>;
}): EndAccess {
  const { db, approvals } = deps;
  return async (sub, roomId) => {
    const conversations = await db
      .selectFrom("conversation_rooms")
      .innerJoin("conversations", "conversations.id", "conversation_rooms.conversation_id")
      .select("conversations.id")
      .where("conversation_rooms.room_id", "=", roomId)
      .where("conversations.sub", "=", sub)
      .execute();
    // Runs first: one that waits would go on when its approval is withdrawn.
    for (const { id } of conversations) {
      for (const run of await deps.openRuns(sub, id)) await deps.cancelRun(sub, run);
    }
    const under = await db
      .selectFrom("approval_rooms")
      .innerJoin("approvals", "approvals.id", "approval_rooms.approval_id")
      .select("approvals.id")
      .where("approval_rooms.room_id", "=", roomId)
      .where("approvals.sub", "=", sub)
      .where("approvals.ended_at", "is", null)
      .execute();
    const ids = new Set(under.map(({ id }) => id));
    for (const approval of await approvals.onPhone(sub, WITHDRAWABLE)) {
      if (ids.has(approval.view.id)) {
        await withdraw(
          approvals,
          approval,
          "You are no longer in the deal room that it belongs to.",
        );
      }
    }
  };
}
