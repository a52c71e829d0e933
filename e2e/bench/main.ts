/**
 * How fast it is, against the raw round trips and the naive way, in one run on this machine:
 *
 *     pnpm bench [--row N] [--quick]
 *
 * Each row in a process of its own, one after the other. Exits 0 only if every figure with a goal is at it. Wants the machine for itself.
 */
import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { Figure, held, lineOf } from "./figure.ts";
import { ROWS } from "./rows.ts";

const { values } = parseArgs({
  options: { row: { type: "string" }, quick: { type: "boolean", default: false } },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function figuresOf(file: string): Promise<Figure[]> {
  const child = fork(
    join(import.meta.dirname, "run-row.ts"),
    [file, ...(values.quick ? ["--quick"] : [])],
    { execArgv: ["--expose-gc", "--max-old-space-size=2048"] },
  );
  return new Promise((done, failed) => {
    child.once("message", (message) => done(Figure.array().parse(message)));
    child.once("exit", () => failed(new Error(`${file} ended without a figure`)));
  });
}

const chosen = Object.entries(ROWS).filter(
  ([number]) => values.row === undefined || number === values.row,
);
if (chosen.length === 0) {
  say(`usage: pnpm bench [--row N] [--quick]\nrows: ${Object.keys(ROWS).join(", ")}`);
  process.exit(2);
}
const began = performance.now();
let judged = 0;
let missed = 0;
for (const [number, { title, file }] of chosen) {
  say(`\n${number}  ${title}`);
  const from = performance.now();
  try {
    for (const figure of await figuresOf(file)) {
      if (figure.goal !== undefined) judged += 1;
      if (!held(figure)) missed += 1;
      say(lineOf(figure));
    }
  } catch (error) {
    judged += 1;
    missed += 1;
    say(`FAILED ${String(error)}`);
  }
  say(`   (${((performance.now() - from) / 1000).toFixed(0)} s)`);
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
say(`\n${judged - missed} of ${judged} at their goal, in ${seconds} s`);
process.exitCode = missed === 0 ? 0 : 1;
