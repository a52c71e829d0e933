/**
 * `pnpm prove` lists the chapters, `pnpm prove CHAPTER` runs one: a row for each claim a program can check, with the command that shows
 * it and the figure it printed. Ends with one line that counts, and exits 0 only if none failed.
 */
import { assistant } from "./prove/assistant.ts";
import { bench } from "./prove/bench.ts";
import type { Claim } from "./prove/claim.ts";
import { engine } from "./prove/engine.ts";
import { hijack } from "./prove/hijack.ts";
import { mainJob } from "./prove/main-job.ts";
import { panel } from "./prove/panel.ts";
import { production } from "./prove/production.ts";
import { rooms } from "./prove/rooms.ts";

const CHAPTERS: Readonly<Record<string, () => readonly Claim[]>> = {
  "main-job": mainJob,
  engine,
  assistant,
  panel,
  hijack,
  rooms,
  production,
  bench,
};

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [name] = process.argv.slice(2);
const chapter = name === undefined ? undefined : CHAPTERS[name];
if (chapter === undefined) {
  say(`usage: pnpm prove CHAPTER\nchapters: ${Object.keys(CHAPTERS).join(", ")}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const claim of chapter()) {
    say(`\n${claim.id}  ${claim.says}`);
    const shown = await claim.show();
    counts[shown.result] += 1;
    say(`    ${shown.result}: ${shown.figure}`);
    say(`    by: ${claim.by}`);
  }
  say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
