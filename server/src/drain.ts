/**
 * The end of a process: it says that it is not ready, sends its streams elsewhere, lets what was begun come to its end, and leaves the rest
 * to the others as it stands. Approvals that wait are rows and stay as they are.
 */
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import type { Config } from "./config.ts";
import type { Deps } from "./deps.ts";

/** `true` when everything that was begun has ended in time. */
export async function drain(
  server: Pick<Server, "close" | "closeIdleConnections" | "closeAllConnections">,
  { runs, watcher }: Pick<Deps, "runs" | "watcher">,
  { drainMs, lingerMs }: Pick<Config, "drainMs" | "lingerMs">,
  leave: () => void,
): Promise<boolean> {
  leave();
  await sleep(lingerMs);
  const closed = new Promise<void>((done) => {
    server.close(() => {
      done();
    });
  });
  server.closeIdleConnections();
  // What is done at Google here ends here, so that nobody has to find out by reading.
  const inTime = await Promise.race([
    Promise.all([watcher.stop(drainMs), runs.rest(), closed]).then(() => true),
    sleep(drainMs, false),
  ]);
  server.closeAllConnections();
  await runs.stop();
  return inTime;
}
