/**
 * Everything that proves the product: format, lint and types, unused code, unit and stand-in tests, the extension's build, the browser.
 * Stops at the first stage that fails and ends with one line that counts the tests.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const reports = mkdtempSync(join(tmpdir(), "vaultdesk-test-"));
const VITEST = join(reports, "vitest.json");
const PLAYWRIGHT = join(reports, "playwright.json");

interface Stage {
  name: string;
  command: readonly string[];
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

const STAGES: readonly Stage[] = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint and types", command: ["oxlint"] },
  { name: "unused", command: ["knip"] },
  {
    name: "unit and stand-in tests",
    command: [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${VITEST}`,
    ],
  },
  {
    name: "extension build",
    command: [resolve(ROOT, "extension/node_modules/.bin/wxt"), "build"],
    cwd: "extension",
  },
  {
    name: "browser tests",
    command: [
      resolve(ROOT, "e2e/node_modules/.bin/playwright"),
      "test",
      "--config",
      "e2e/playwright.config.ts",
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT },
  },
];

function number(file: string, ...path: string[]): number {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
  for (const key of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === "number" ? value : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function summary(): string {
  const passed = number(VITEST, "numPassedTests") + number(PLAYWRIGHT, "stats", "expected");
  const failed =
    number(VITEST, "numFailedTests") +
    number(PLAYWRIGHT, "stats", "unexpected") +
    number(PLAYWRIGHT, "stats", "flaky");
  const skipped = number(VITEST, "numPendingTests") + number(PLAYWRIGHT, "stats", "skipped");
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

let failedStage: string | undefined;
for (const { name, command, cwd = ".", env } of STAGES) {
  const start = performance.now();
  const [program = "", ...args] = command;
  const { status } = spawnSync(program, args, {
    cwd: resolve(ROOT, cwd),
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`\n== ${name}: ${status === 0 ? "ok" : "FAILED"} in ${seconds} s\n`);
  if (status !== 0) {
    failedStage = name;
    break;
  }
}
if (failedStage !== undefined) say(`stopped at: ${failedStage}`);
say(summary());
process.exitCode = failedStage === undefined ? 0 : 1;
