/**
 * What goes with a wall that is new to somebody, when a room's wall, its people or its threads change: their runs in conversations that
 * it closes, their open streams, and what waits for a phone and may not be done any more. A process that dies before that leaves
 * it to the yes, which is judged again (`gate.ts`).
 */
import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/withdraw.ts";
import type { Bus } from "../store/bus.ts";
import type { Db } from "../store/schema.ts";
import { atWallOf } from "./barred.ts";
import type { Gate } from "./gate.ts";

/** `roomId`: the room that was changed. */
export type EndWalled = (roomId: string) => Promise<void>;

export function createEndWalled(deps: {
  db: Db;
  bus: Bus;
  approvals: Approvals;
  gate: Pick<Gate, "walledOff">;
  owns(sub: string, conversationId: string): Promise<boolean>;
  cancelRun(sub: string, runId: string): Promise<boolean>;
}): EndWalled {
  const { db, bus, approvals } = deps;

  /** Runs first: one that waits would go on when its approval is withdrawn. */
  async function stopRuns(sub: string): Promise<void> {
    const runs = await db
      .selectFrom("runs")
      .select(["id", "conversation_id"])
      .where("sub", "=", sub)
      .where("state", "<>", "ended")
      .execute();
    for (const { id, conversation_id: conversationId } of runs) {
      if (!(await deps.owns(sub, conversationId))) await deps.cancelRun(sub, id);
    }
  }

  return async (roomId) => {
    for (const sub of await atWallOf(db, roomId)) {
      await db.transaction().execute((tx) => bus.publishIn(tx, "room", sub));
      bus.announce("room", sub);
      await stopRuns(sub);
      for (const approval of await approvals.onPhone(sub, WITHDRAWABLE)) {
        const why = await deps.gate.walledOff(sub, approval.view.id, approval.action);
        if (why !== undefined) await withdraw(approvals, approval, why, { reason: "wall" });
      }
    }
  };
}
