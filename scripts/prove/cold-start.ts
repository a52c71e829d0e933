/**
 * How long the server takes from the start of its process to its first healthy answer, and what it holds when it is idle: out of its
 * image's root folder, nine times.
 *
 *     node scripts/prove/cold-start.ts
 *
 * Exits 0 only if the medians are within their bounds.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildImageRoot } from "../image-root.ts";
import { type Ran, runImage } from "../image-run.ts";

const TIMES = 9;
const IDLE_MS = 3000;
const FIRST_MS = 500;
const CPU_MS = 500;
const IDLE_MB = 130;

const place = await mkdtemp(join(tmpdir(), "vaultdesk-cold-"));
const root = join(place, "app");
const figures: Ran[] = [];
try {
  await buildImageRoot(root);
  for (let time = 0; time < TIMES; time += 1) figures.push(await runImage(root, place, IDLE_MS));
} finally {
  await rm(place, { recursive: true, force: true });
}

const problems: string[] = [];
function within(what: string, values: readonly number[], limit: number, unit: string): void {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
  if (median >= limit) problems.push(what);
  process.stdout.write(
    `${median < limit ? "ok" : "FAILED"} ${what}: median ${median.toFixed(0)} ${unit} of ${limit} (${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)})\n`,
  );
}
within(
  "first answer",
  figures.map(({ firstMs }) => firstMs),
  FIRST_MS,
  "ms",
);
within(
  "CPU until then",
  figures.map(({ cpuMs }) => cpuMs),
  CPU_MS,
  "ms",
);
within(
  "resident, idle",
  figures.map(({ idleMb }) => idleMb),
  IDLE_MB,
  "MB",
);
process.exitCode = problems.length === 0 ? 0 : 1;
