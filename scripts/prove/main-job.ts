/** The main job's claims. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { browser, type Claim, PNPM, type Shown, tests, within } from "./claim.ts";
import { lastLines, realMail, ROOT, run } from "./run.ts";

/** A clean clone, so that nothing of this checkout helps. */
function inClone(work: (folder: string) => Shown): Shown {
  const folder = mkdtempSync(join(tmpdir(), "vaultdesk-clone-"));
  try {
    const cloned = run(["git", "clone", "--quiet", ROOT, folder]);
    return cloned.ok ? work(folder) : { result: "failed", figure: lastLines(cloned.output) };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** `NODE_OPTIONS` and pnpm's own variables of this run would leak into the clone's. */
const CLEAN = { NODE_OPTIONS: "", INIT_CWD: "", PATH: cleanPath() };

function cleanPath(): string {
  return (process.env["PATH"] ?? "")
    .split(":")
    .filter((entry) => !entry.includes("node_modules"))
    .join(":");
}

function demoTwice(folder: string): Shown {
  const demo = [...PNPM, "demo", "--headless"];
  const env = { ...CLEAN, INIT_CWD: folder };
  const first = within(run(demo, { cwd: folder, env }), 120);
  if (first.result !== "passed") return first;
  const second = within(run(demo, { cwd: folder, env }), 20);
  return { result: second.result, figure: `first ${first.figure}, second ${second.figure}` };
}

function onRealMail(folder: string): Shown {
  const path = realMail(folder);
  if (path === undefined) return { result: "skipped", figure: "../shared/data is not here" };
  const figures: string[] = [];
  for (const answer of ["approve", "deny", "ignore"]) {
    const output = mkdtempSync(join(tmpdir(), "vaultdesk-demo-"));
    const args = ["--headless", "--mailbox", path, "--answer", answer, "--output", output];
    const ran = run(["node", "demo/main.ts", ...args]);
    if (!ran.ok) return { result: "failed", figure: `${answer}: ${lastLines(ran.output)}` };
    figures.push(`${answer} ${ran.seconds.toFixed(1)} s`);
    if (answer === "approve" && readFileSync(join(output, "transcript.txt"), "utf8").length < 500) {
      return { result: "failed", figure: "the transcript is empty" };
    }
    rmSync(output, { recursive: true, force: true });
  }
  return { result: "passed", figure: figures.join(", ") };
}

export function mainJob(): readonly Claim[] {
  return [
    {
      id: "1",
      says: "From a fresh clone, `demo` delivers the approved mail in under 120 s, and in under 20 s the second time.",
      by: "git clone, then npx --yes pnpm@12.21.0 demo --headless, twice",
      show: () => inClone(demoTwice),
    },
    ...["dasovich-j__pg_e_hydro_sale", "dickson-s"].map((folder) => ({
      id: "2",
      says: `On real mail (${folder}): search, summary, draft, approve and delivered; denied or ignored, and nothing is delivered.`,
      by: `pnpm demo --headless --mailbox ../shared/data/enron/${folder} --answer approve|deny|ignore`,
      show: () => onRealMail(folder),
    })),
    {
      id: "3",
      says: "The whole path in a real Chromium, light and dark; denial; expiry; closed and reopened while waiting.",
      by: "playwright test e2e/main-job.e2e.ts",
      show: browser("main-job"),
    },
    {
      id: "4",
      says: "No token and no secret reaches the model, a log, the store or the panel's events.",
      by: "vitest run server/src/no-token.test.ts",
      show: () => tests(["vitest", "run", "server/src/no-token.test.ts"]),
    },
    {
      id: "5",
      says: "A request to a host outside loopback fails the test that made it.",
      by: "vitest run standins/src/loopback-only.test.ts",
      show: () => tests(["vitest", "run", "standins/src/loopback-only.test.ts"]),
    },
    {
      id: "6",
      says: "Bad input has a clear message in the panel and loses nothing.",
      by: "playwright test e2e/bad-input.e2e.ts",
      show: browser("bad-input"),
    },
    {
      id: "6",
      says: "An mbox that is cut keeps its whole messages and says which one is not; files that are no mail are left out with a reason.",
      by: "vitest run standins/src/mailbox",
      show: () => tests(["vitest", "run", "standins/src/mailbox"]),
    },
    {
      id: "7a",
      says: "`pnpm check` and the unit tests take under 20 s.",
      by: "pnpm check && pnpm unit",
      show: () => {
        const check = run([...PNPM, "check"]);
        const unit = run([...PNPM, "unit"]);
        const both = {
          ok: check.ok && unit.ok,
          seconds: check.seconds + unit.seconds,
          output: check.output + unit.output,
        };
        return within(both, 20);
      },
    },
    {
      id: "7b",
      says: "The whole test command takes under 6 minutes.",
      by: "npx --yes pnpm@12.21.0 test",
      show: () => within(run([...PNPM, "test"]), 360),
    },
  ];
}
