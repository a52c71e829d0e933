/** Deal rooms for a run: the thread that is open is read by its headers, and only for somebody who is in a room at all. */
import { problem } from "@vaultdesk/shared/problem.ts";
import { ToolName } from "@vaultdesk/shared/scope.ts";
import { ROOM_TOOLS } from "@vaultdesk/shared/tool-words.ts";

import type { RunRooms } from "../agent/runs.ts";
import type { Access } from "../audit/access.ts";
import type { Gate } from "./gate.ts";
import type { Tracker } from "./tracker.ts";

const OUTSIDE = ToolName.options.filter((tool) => !ROOM_TOOLS.includes(tool));

export function createRunRooms(deps: {
  gate: Gate;
  tracker: Pick<Tracker, "read" | "propose">;
  refused: Access["wishRefused"];
}): RunRooms {
  const { gate, tracker, refused } = deps;
  return {
    async enter({ sub, mail }, conversationId, threadId, signal) {
      if (!(await gate.concerns(sub))) return undefined;
      const card = await mail.threadCard(threadId, signal);
      if (!card.ok) return card.problem.code === "thread_unknown" ? undefined : card.problem;
      await gate.enter(sub, conversationId, card.value);
      return undefined;
    },
    async toolsIn(sub, conversationId) {
      return (await gate.roleIn(sub, conversationId))?.tools ?? OUTSIDE;
    },
    async lacked(sub, conversationId, kind) {
      // Outside of rooms no role lacks a tool that there is in rooms alone.
      if ((await gate.roomsIn(conversationId)).length === 0) return;
      await refused({ sub, conversationId, kind, reason: "role_lacks" });
    },
    trackers: (sub, conversationId) => ({
      async read() {
        const ids = await gate.roomsIn(conversationId);
        const found = await Promise.all(ids.map((id) => tracker.read(sub, id)));
        return found.flatMap((one) =>
          one === undefined
            ? []
            : [
                {
                  id: one.room.id,
                  details: one.room.details,
                  entries: one.entries,
                  has: one.has,
                },
              ],
        );
      },
      async propose(roomId, said, source) {
        const here = await gate.roomsIn(conversationId);
        if (!here.includes(roomId)) return { ok: false, problem: problem("not_found") };
        return tracker.propose(sub, roomId, said, source);
      },
    }),
  };
}
