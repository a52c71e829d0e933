/** Deal rooms for a run: the thread that is open is read by its headers, and only for somebody who is in a room at all. */
import type { RunRooms } from "../agent/runs.ts";
import type { Access } from "../audit/access.ts";
import type { Gate } from "./gate.ts";

export function createRunRooms(gate: Gate, refused: Access["wishRefused"]): RunRooms {
  return {
    async enter({ sub, mail }, conversationId, threadId, signal) {
      if (!(await gate.concerns(sub))) return undefined;
      const card = await mail.threadCard(threadId, signal);
      if (!card.ok) return card.problem.code === "thread_unknown" ? undefined : card.problem;
      await gate.enter(sub, conversationId, card.value);
      return undefined;
    },
    async toolsIn(sub, conversationId) {
      return (await gate.roleIn(sub, conversationId))?.tools;
    },
    lacked: (sub, conversationId, kind) =>
      refused({ sub, conversationId, kind, reason: "role_lacks" }),
  };
}
