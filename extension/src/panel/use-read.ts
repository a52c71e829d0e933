/** What a view reads from the server when it is shown: the value, why there is none, and the way to read it again. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useEffect, useState } from "react";

import type { Reply } from "../api/call.ts";
import { detach } from "../detach.ts";
import { problemOf } from "./chat/failure.ts";

export interface Reading<T> {
  /** Absent until it was read; kept when a later read fails. */
  value: T | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  /** What the server answered to a change. */
  put: (value: T) => void;
}

interface Held<T> {
  /** The read that it came from. */
  of: unknown;
  value?: T;
  problem?: Problem;
}

function next<T>(before: Held<T> | undefined, of: unknown, reply: Reply<T>): Held<T> {
  if (reply.ok) return { of, value: reply.value };
  const held = before !== undefined && before.of === of ? before : { of };
  return { ...held, problem: problemOf(reply.failure) };
}

/** `read` must be the same function for the same thing; `undefined` reads nothing yet. */
export function useRead<T>(read: (() => Promise<Reply<T>>) | undefined): Reading<T> {
  const [held, setHeld] = useState<Held<T>>();

  useEffect(() => {
    if (read === undefined) return undefined;
    let live = true;
    const first = async () => {
      const reply = await read();
      if (live) setHeld((before) => next(before, read, reply));
    };
    detach(first());
    return () => {
      live = false;
    };
  }, [read]);

  const here = held?.of === read ? held : undefined;
  return {
    value: here?.value,
    problem: here?.problem,
    again: async () => {
      if (read === undefined) return;
      const reply = await read();
      setHeld((before) => next(before, read, reply));
    },
    put: (value) => setHeld({ of: read, value }),
  };
}
