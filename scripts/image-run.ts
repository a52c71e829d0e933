/**
 * Starts the server out of its image's root folder as a container would, asks whether it lives and is ready, and ends it.
 *
 *     node scripts/image-run.ts FOLDER DATA
 *
 * Prints one line of JSON. The tenant and the model of its environment are nobody's: neither is needed to start or to wait.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { usage } from "../e2e/engine/usage.ts";
import { listening } from "../e2e/src/server.ts";
import { ENVIRONMENT } from "../server/src/environment-for-tests.ts";

/** As `pnpm start` and the Dockerfile have them. */
const FLAGS = ["--max-semi-space-size=8", "--max-old-space-size=512"];

export const Ran = z.object({
  /** From the start of the process to its first healthy answer. */
  firstMs: z.number(),
  /** Of CPU until then: what a busy machine does not stretch. */
  cpuMs: z.number(),
  healthz: z.number(),
  readyz: z.number(),
  /** Resident, once it is idle. */
  idleMb: z.number(),
  exit: z.number().nullable(),
});
export type Ran = z.infer<typeof Ran>;

export async function runImage(folder: string, data: string, idleMs: number): Promise<Ran> {
  const from = performance.now();
  const child = spawn(process.execPath, [...FLAGS, "main.js"], {
    cwd: folder,
    env: {
      ...ENVIRONMENT,
      AUTH0_DOMAIN: "127.0.0.1:1",
      DATABASE_FILE: join(data, "vaultdesk.sqlite"),
      PORT: "0",
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      NODE_COMPILE_CACHE_PORTABLE: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await listening(child, []);
  const status = async (path: string) => {
    const answer = await fetch(`${url}${path}`);
    await answer.text();
    return answer.status;
  };
  const healthz = await status("/healthz");
  const firstMs = performance.now() - from;
  const { cpu } = await usage(child.pid ?? 0);
  const readyz = await status("/readyz");
  await sleep(idleMs);
  const idleMb = (await usage(child.pid ?? 0)).rss / 1e6;
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  return { firstMs, cpuMs: cpu * 1000, healthz, readyz, idleMb, exit: child.exitCode };
}

if (import.meta.main) {
  const [folder, data] = process.argv.slice(2);
  if (folder === undefined || data === undefined) {
    process.stderr.write("usage: node scripts/image-run.ts FOLDER DATA\n");
    process.exitCode = 2;
  } else process.stdout.write(`${JSON.stringify(await runImage(folder, data, 0))}\n`);
}
