/**
 * What this process has taken from the queue: polls a moment before their time, so that one transaction serves many, and the answers that
 * the next one gives back. Bounded; all else is rows.
 */
import type { Due, Put, Queue } from "./queue.ts";

/** Polls and answers held at once. */
const AT_ONCE = 1024;
/** Polls that become due within this time are taken in one transaction. */
const AHEAD_MS = 200;
const IDLE_MS = 1000;
/** What is due within this time is begun together. */
export const GATHER_MS = 40;

export interface Hand {
  /** What is to be begun now, with `working` in flight. */
  take(working: number): Promise<Due[]>;
  /** The phone has not answered: due again then. */
  again(id: string, dueAt: number): void;
  /** The queue has changed, or will have by then. */
  lookBy(at: number): void;
  /** When there is something to take, at the latest. */
  next(): number;
  /** All of it: this process takes no more. */
  giveBack(): Promise<void>;
}

export function createHand(deps: { queue: Queue; now(): number }): Hand {
  const { queue } = deps;
  let ahead: Due[] = [];
  let answered: Put[] = [];
  let lookAt = 0;

  async function claim(now: number, limit: number): Promise<number> {
    const put = answered;
    answered = [];
    try {
      const claimed = await queue.claim(now, limit, { put, aheadMs: AHEAD_MS });
      ahead.push(...claimed);
      return claimed.length;
    } catch (error) {
      answered.push(...put);
      throw error;
    }
  }

  function lookBy(at: number): void {
    lookAt = Math.min(lookAt, at);
  }

  async function look(working: number): Promise<void> {
    const now = deps.now();
    // What changes the queue from here on brings it forward.
    lookAt = now + IDLE_MS;
    // What was answered has to be given back anyway: the claim that does so finds out what is due.
    const at = answered.length > 0 ? now : ((await queue.next()) ?? Infinity);
    if (at > now + AHEAD_MS) {
      lookBy(at);
      return;
    }
    const room = Math.max(0, AT_ONCE - working - ahead.length);
    lookBy(now + ((await claim(now, room)) < room ? AHEAD_MS : GATHER_MS));
  }

  return {
    async take(working) {
      if (deps.now() >= lookAt) await look(working);
      const now = deps.now();
      const due = ahead.filter(({ dueAt }) => dueAt <= now);
      ahead = ahead.filter(({ dueAt }) => dueAt > now);
      return due;
    },
    again(id, dueAt) {
      answered.push({ id, dueAt });
      lookBy(dueAt);
    },
    lookBy,
    next: () => Math.min(lookAt, ...ahead.map(({ dueAt }) => dueAt)),
    async giveBack() {
      answered.push(...ahead);
      ahead = [];
      await claim(deps.now(), 0);
    },
  };
}
