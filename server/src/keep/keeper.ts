/** Looks from time to time for what ends by age, while this process is there. */
import { setTimeout as sleep } from "node:timers/promises";

import { factsOf, type Log } from "../observe/log.ts";

/** Where the process that looked is gone, another one looks by then. */
const LOOK_MS = 300_000;

export interface Keeper {
  /** Until `leaving`. */
  start(): void;
  /** The turn that has begun comes to its end. */
  stop(): Promise<void>;
}

export function createKeeper(deps: {
  /** What was done -> one turn of it, if it is due, and how many it ended. */
  turns: Readonly<Record<string, () => Promise<number>>>;
  log: Log;
  leaving: AbortSignal;
}): Keeper {
  const { turns, log, leaving } = deps;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!leaving.aborted) {
      for (const [name, turn] of Object.entries(turns)) {
        try {
          const ended = await turn();
          if (ended > 0) log.info(name, { ended });
        } catch (error) {
          log.error("keeper: could not look for what is of age", factsOf(error));
        }
      }
      await sleep(LOOK_MS, undefined, { signal: leaving, ref: false }).catch(() => undefined);
    }
  }

  return {
    start() {
      running = run();
    },
    stop: () => running,
  };
}
