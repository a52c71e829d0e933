/**
 * Approvals that wait for their phones, a thousand and twenty thousand: what the server uses of processor and memory, against a bare loop that
 * asks undici for as many, and against one blocked call of Auth0's client for each.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { FLAGS, startMeasured, usage } from "../engine/usage.ts";
import { listening } from "../src/server.ts";
import type { Figure, Options } from "./figure.ts";
import { crowdOf } from "./letters.ts";
import { startOutside } from "./outside.ts";
import { pushed, queued } from "./waiting.ts";

const INTERVAL_MS = 5000;
/** Each has been asked about once. */
const WARM_MS = 9500;
const BARE_WARM_MS = 4000;
const TIMES = 1.5;

type Outside = Awaited<ReturnType<typeof startOutside>>;

interface Used {
  /** Seconds of the processor a second. */
  cores: number;
  megabytes: number;
  /** Polls a second that the tenant had. */
  polls: number;
}

/** Over one interval, after `warmMs`; then the process is ended. */
async function used(outside: Outside, child: ReturnType<typeof startMeasured>, warmMs: number) {
  try {
    await sleep(warmMs);
    outside.crowd.tell({ kind: "reset" });
    const [before, from] = [await usage(child.pid), performance.now()];
    await sleep(INTERVAL_MS);
    const [after, seconds] = [await usage(child.pid), (performance.now() - from) / 1000];
    const { polls } = await outside.crowd.stats();
    return {
      cores: (after.cpu - before.cpu) / seconds,
      megabytes: after.rss / 1e6,
      polls: polls / seconds,
    };
  } finally {
    child.child.kill("SIGKILL");
  }
}

function startBare(outside: Outside, program: string, ...args: string[]) {
  const child = spawn(process.execPath, [...FLAGS, join(import.meta.dirname, program), ...args], {
    env: { PATH: "/usr/bin:/bin", ...outside.env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (child.pid === undefined) throw new Error(`${program} did not start`);
  return { child, pid: child.pid };
}

async function both(outside: Outside, count: number) {
  const ids = await pushed(outside, count);
  const file = resolve(outside.folder, `ids-${count}.json`);
  await writeFile(file, JSON.stringify(ids));
  const store = { file: resolve(outside.folder, `waiting-${count}.sqlite`) };
  await queued(outside, store, ids, INTERVAL_MS);
  const env = { ...outside.env, DATABASE_FILE: store.file };
  const server = startMeasured(env, "pipe");
  await listening(server.child, []);
  const ours = await used(outside, server, WARM_MS);
  const bare = startBare(outside, "bare-polls.ts", file, String(INTERVAL_MS));
  return { ours, raw: await used(outside, bare, BARE_WARM_MS) };
}

function says({ cores, megabytes, polls }: Used): string {
  return `${(cores * 1000).toFixed(0)} ms a second, ${megabytes.toFixed(0)} MB, ${polls.toFixed(0)} polls`;
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  const [few, many] = quick ? [500, 4000] : [1000, 20_000];
  const outside = await startOutside(crowdOf(1), {
    intervalSeconds: INTERVAL_MS / 1000,
    settings: { AUTH0_REQUESTS_PER_SECOND: "20000" },
  });
  try {
    const small = await both(outside, few);
    const blocked = await used(
      outside,
      startBare(outside, "bare-blocked.ts", String(few)),
      WARM_MS,
    );
    const large = await both(outside, many);
    const cpu = (count: number, { ours, raw }: typeof small): Figure => ({
      says: `${count} wait: processor over a bare loop's, for each poll`,
      value: ours.cores / ours.polls / (raw.cores / raw.polls),
      unit: "times",
      goal: TIMES,
      from: `${says(ours)}; bare ${says(raw)}`,
    });
    const growth = (way: "ours" | "raw") =>
      (large[way].megabytes - small[way].megabytes) / ((many - few) / 1000);
    return [
      cpu(few, small),
      cpu(many, large),
      {
        says: "memory of each further thousand",
        value: growth("ours"),
        unit: "MB",
        from: `bare ${growth("raw").toFixed(2)} MB`,
      },
      {
        says: `${few} blocked calls of Auth0's client, processor for each poll over ours`,
        value: blocked.cores / blocked.polls / (small.ours.cores / small.ours.polls),
        unit: "times",
        from: says(blocked),
      },
    ];
  } finally {
    await outside.close();
  }
}
