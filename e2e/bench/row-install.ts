/**
 * From what is committed, in an empty folder, to the end of the demo's tour: the packages (with nothing kept from before, then with what the
 * package manager keeps), the tour with its build. What is downloaded comes from the registry: the network is in the cold figure.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import type { Figure, Options } from "./figure.ts";
import { timed } from "./timing.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PNPM = ["--yes", "pnpm@12.21.0"];

const run = promisify(execFile);

async function fresh(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-install-"));
  try {
    const archive = join(folder, "source.tar");
    await run("git", ["archive", "--output", archive, "HEAD"], { cwd: ROOT });
    await run("tar", ["-xf", archive, "-C", folder]);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function install(cwd: string, ...more: string[]): Promise<number> {
  return timed(() => run("npx", [...PNPM, "install", "--frozen-lockfile", ...more], { cwd }));
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  const seconds: { cold?: number; warm: number; demo: number } = { warm: 0, demo: 0 };
  if (!quick) {
    await fresh(async (folder) => {
      const kept = ["store", "cache"].map((name) => `--${name}-dir=${join(folder, `.${name}`)}`);
      seconds.cold = (await install(folder, ...kept)) / 1000;
    });
  }
  await fresh(async (folder) => {
    seconds.warm = (await install(folder)) / 1000;
    const demo = () => run("npx", [...PNPM, "demo", "--headless"], { cwd: folder, maxBuffer: 1e8 });
    seconds.demo = (await timed(demo)) / 1000;
  });
  return [
    ...(seconds.cold === undefined
      ? []
      : [{ says: "packages, nothing kept from before", value: seconds.cold, unit: "s" }]),
    { says: "packages, with what is kept", value: seconds.warm, unit: "s" },
    { says: "the demo's tour after that, its build with it", value: seconds.demo, unit: "s" },
  ];
}
