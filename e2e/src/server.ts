/** The product's server as its own process, as IT would start it: everything it knows comes from its environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = resolve(import.meta.dirname, "../..");
const START_MS = 20_000;

export interface RunningServer {
  url: string;
  pid: number;
  /** Every line it has written so far. */
  lines: readonly string[];
  stop(): Promise<void>;
  /** As a crash: no time to tidy up. */
  kill(): Promise<void>;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Keeps what it writes in `lines`; resolves with its base URL once it listens, rejects with its last lines when it ends first. */
export function listening(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((found, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const port = /"message":"listening".*"port":(\d+)/.exec(line)?.[1];
        if (port !== undefined) found(`http://127.0.0.1:${port}`);
      });
    }
    child.once("exit", (code) => {
      failed(new Error(`the server ended with ${code}:\n${lines.slice(-20).join("\n")}`));
    });
  });
}

const SOURCE = "server/src/main.ts";

/** Starts it and waits until it listens. Throws with its last lines when it ends first. */
export async function startServer(
  env: Readonly<Record<string, string>>,
  { flags = [], program = SOURCE }: { flags?: readonly string[]; program?: string } = {},
): Promise<RunningServer> {
  const lines: string[] = [];
  const child = spawn(
    process.execPath,
    [...flags, "--import", resolve(ROOT, "standins/src/loopback-guard.ts"), program],
    {
      cwd: ROOT,
      env: {
        PATH: "/usr/bin:/bin",
        // Compiled once for all the servers that the tests start.
        NODE_COMPILE_CACHE: join(tmpdir(), "vaultdesk-compiled"),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const late = new Promise<never>((_, failed) => {
    setTimeout(() => {
      failed(new Error(`the server did not listen in time:\n${lines.slice(-20).join("\n")}`));
    }, START_MS).unref();
  });
  const url = await Promise.race([listening(child, lines), late]);
  return {
    url,
    pid: child.pid ?? 0,
    lines,
    async stop() {
      child.kill("SIGTERM");
      await ended(child);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended(child);
    },
  };
}
