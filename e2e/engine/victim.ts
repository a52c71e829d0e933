/** The product's server under the sweep's knife: started ahead, let go when needed, armed over IPC. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

import { z } from "zod";

import { ended, listening } from "../src/server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const Counts = z.object({ counts: z.record(z.string(), z.number()) });

export interface Victim {
  /** Lets it open the store and listen; its base URL. */
  go(): Promise<string>;
  arm(name: string, nth: number): void;
  /** Points passed since the last call. */
  counts(): Promise<Record<string, number>>;
  dead(): boolean;
  kill(): Promise<void>;
  lines: readonly string[];
}

export function standby(env: Readonly<Record<string, string>>): Victim {
  const lines: string[] = [];
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", resolve(import.meta.dirname, "crash-points.ts"), "server/src/main.ts"],
    { cwd: ROOT, env: { PATH: "/usr/bin:/bin", ...env }, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const ready = once(child, "message");
  const url = listening(child, lines);
  // Most victims die: that is no failure of the sweep.
  url.catch(() => undefined);
  const dead = () => child.exitCode !== null || child.signalCode !== null;
  const tell = (message: object) => {
    if (child.connected) child.send(message);
  };
  return {
    lines,
    dead,
    async go() {
      await ready;
      tell({ kind: "go" });
      return url;
    },
    arm(name, nth) {
      tell({ kind: "arm", name, nth });
    },
    async counts() {
      const answer = once(child, "message");
      tell({ kind: "count" });
      const [message]: unknown[] = await Promise.race([
        answer,
        new Promise<unknown[]>((none) => {
          setTimeout(none, 300, [{ counts: {} }]);
        }),
      ]);
      return Counts.parse(message).counts;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended(child);
    },
  };
}
