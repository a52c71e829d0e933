/** A claim with the program that shows it, and the ways of showing that chapters share. */
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { lastLines, type Ran, ROOT, run } from "./run.ts";

export interface Shown {
  result: "passed" | "failed" | "skipped";
  figure: string;
}

export interface Claim {
  id: string;
  says: string;
  by: string;
  show(): Shown | Promise<Shown>;
}

export const PNPM = ["npx", "--yes", "pnpm@12.21.0"];

export function within(ran: Ran, limit: number): Shown {
  const took = `${ran.seconds.toFixed(1)} s of ${limit} s`;
  if (!ran.ok) return { result: "failed", figure: `${took}; ${lastLines(ran.output)}` };
  return { result: ran.seconds <= limit ? "passed" : "failed", figure: took };
}

/** `figure` finds lines that a test prints for the proof. */
export function tests(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  figure?: RegExp,
): Shown {
  const ran = run(command, { env });
  const output = stripVTControlCharacters(ran.output);
  // Vitest counts files on the line before its tests.
  const count = (/Tests +(\d+) passed/.exec(output) ?? /(\d+) passed/.exec(output))?.[1] ?? "0";
  const printed = output.split("\n").filter((line) => figure?.test(line) === true);
  if (ran.ok && count === "0" && / skipped/.test(output)) {
    return { result: "skipped", figure: "what it needs is not installed here" };
  }
  const passed = `${count} passed in ${ran.seconds.toFixed(1)} s`;
  return {
    result: ran.ok && count !== "0" ? "passed" : "failed",
    figure: ran.ok ? [...printed, passed].join("; ") : lastLines(ran.output, 12),
  };
}

const PLAYWRIGHT = [join(ROOT, "e2e/node_modules/.bin/playwright"), "test", "--config"];

/** Vitest on these files, wherever they belong. */
export function vitest(id: string, says: string, ...files: string[]): Claim {
  const command = ["vitest", "run", "--project", "standins", "--project", "unit", ...files];
  return { id, says, by: command.join(" "), show: () => tests(command) };
}

/** Builds the extension first. */
function onBuilt(show: () => Shown): Claim["show"] {
  return () => {
    const built = run([join(ROOT, "extension/node_modules/.bin/wxt"), "build"], {
      cwd: join(ROOT, "extension"),
    });
    return built.ok ? show() : { result: "failed", figure: lastLines(built.output) };
  };
}

export function browser(...files: string[]): Claim["show"] {
  const command = [...PLAYWRIGHT, "e2e/playwright.config.ts", ...files];
  return onBuilt(() => tests(command, { LOOKS: "all" }));
}

/** A measurement in the browser that wants the machine for itself, with the lines of its figures. */
export function measured(file: string, figure: RegExp): Claim["show"] {
  return onBuilt(() => tests([...PLAYWRIGHT, "e2e/prove.config.ts", file], {}, figure));
}

/** The last line of a program that judges itself by its exit code. */
export function program(command: readonly string[], figure: RegExp): () => Shown {
  return () => {
    const ran = run(command);
    const lines = ran.output.trim().split("\n");
    const found = lines.filter((line) => figure.test(line)).join("; ");
    return ran.ok && found !== ""
      ? { result: "passed", figure: `${found} in ${ran.seconds.toFixed(0)} s` }
      : {
          result: "failed",
          figure: [
            ...lines.filter((line) => line.startsWith("FAILED")).slice(0, 3),
            lastLines(ran.output),
          ].join(" | "),
        };
  };
}
