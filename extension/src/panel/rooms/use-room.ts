/** One room: what it is now, and its changes, each shown once the server has made it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { RoomView } from "@vaultdesk/shared/room.ts";
import { useCallback, useState } from "react";

import type { Call, Reply } from "../../api/call.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";

export interface RoomControl {
  /** Absent until it was read. */
  room: RoomView | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  /** False where it was not made; then the problem says why. */
  change: (asked: Promise<Reply<RoomView>>) => Promise<boolean>;
  /** The same for what is taken away: what is left is read again. */
  takeAway: (asked: Promise<Reply<unknown>>) => Promise<boolean>;
}

export function useRoom(call: Call, id: RoomId): RoomControl {
  const { value, problem, again, put } = useRead(
    useCallback(() => call(routes.room, { id }), [call, id]),
  );
  const [failed, setFailed] = useState<Problem>();

  async function settled<T>(asked: Promise<Reply<T>>): Promise<Reply<T>> {
    const reply = await asked;
    setFailed(reply.ok ? undefined : problemOf(reply.failure));
    return reply;
  }

  return {
    room: value,
    problem: failed ?? problem,
    again: async () => {
      setFailed(undefined);
      await again();
    },
    async change(asked) {
      const reply = await settled(asked);
      if (reply.ok) put(reply.value);
      // Somebody else was first: what they made of it is shown beside the reason.
      else if (
        reply.failure.reason === "refused" &&
        reply.failure.problem.code === "room_changed"
      ) {
        await again();
      }
      return reply.ok;
    },
    async takeAway(asked) {
      const { ok } = await settled(asked);
      if (ok) await again();
      return ok;
    },
  };
}
