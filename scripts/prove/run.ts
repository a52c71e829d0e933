/** One command, timed, with what it printed. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");

export interface Ran {
  ok: boolean;
  seconds: number;
  output: string;
}

export function run(
  command: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Ran {
  const start = performance.now();
  const [program = "", ...args] = command;
  const done = spawnSync(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${done.stdout}${done.stderr}`;
  return { ok: done.status === 0, seconds: (performance.now() - start) / 1000, output };
}

/** Real mail beside the checkout, where it is there. */
export function realMail(folder: string): string | undefined {
  const path = resolve(ROOT, "../shared/data/enron", folder);
  return existsSync(path) ? path : undefined;
}

export function lastLines(output: string, count = 6): string {
  return output.trim().split("\n").slice(-count).join(" | ");
}
