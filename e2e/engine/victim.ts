/** The product's server under the sweep's knife: started ahead, let go when needed, armed over IPC. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

import { z } from "zod";

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
  const listening = Promise.withResolvers<string>();
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", resolve(import.meta.dirname, "crash-points.ts"), "server/src/main.ts"],
    { cwd: ROOT, env: { PATH: "/usr/bin:/bin", ...env }, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const ready = once(child, "message");
  const hear = (line: string) => {
    lines.push(line);
    const port = /"message":"listening".*"port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) listening.resolve(`http://127.0.0.1:${port}`);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", hear);
  }
  child.once("exit", (code) => {
    listening.reject(new Error(`the server ended with ${code}: ${lines.slice(-5).join("\n")}`));
  });
  listening.promise.catch(() => undefined);
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
      return listening.promise;
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
      if (dead()) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
