/** Something on the server that a view reads and changes: what it is now, each change shown once the server has made it. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useState } from "react";

import type { Reply } from "../api/call.ts";
import { problemOf } from "./chat/failure.ts";
import { useRead } from "./use-read.ts";

export interface Changed<T> {
  /** Absent until it was read. */
  value: T | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  /** False where it was not made; then the problem says why. */
  change: (asked: Promise<Reply<T>>) => Promise<boolean>;
  /** The same for what is taken away: what is left is read again. */
  takeAway: (asked: Promise<Reply<unknown>>) => Promise<boolean>;
}

/** `read` must be the same function for the same thing. */
export function useChanged<T>(read: () => Promise<Reply<T>>): Changed<T> {
  const { value, problem, again, put } = useRead(read);
  const [failed, setFailed] = useState<Problem>();

  async function settled<R>(asked: Promise<Reply<R>>): Promise<Reply<R>> {
    const reply = await asked;
    setFailed(reply.ok ? undefined : problemOf(reply.failure));
    return reply;
  }

  return {
    value,
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
