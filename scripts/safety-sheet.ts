/**
 * The safety sheet: runs the whole red team, offline, and writes `docs/safety.md`. With `--check` it writes nothing, and fails where the
 * figures are not those of the sheet. AgentDojo's rows need ../shared/data beside the checkout.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Count, Figures } from "../server/src/red-team/figures.ts";
import { PNPM } from "./prove/claim.ts";
import { lastLines, ROOT, run } from "./prove/run.ts";

const SHEET = join(ROOT, "docs/safety.md");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function measured(): { figures: Figures; seconds: number } | undefined {
  const file = join(tmpdir(), `red-team-${process.pid}.json`);
  const command = [...PNPM, "exec", "vitest", "run", "server/src/red-team.test.ts"];
  const ran = run(command, { env: { RED_TEAM: "whole", RED_TEAM_FIGURES: file } });
  if (!ran.ok) {
    say(lastLines(ran.output, 40));
    return undefined;
  }
  return { figures: Figures.parse(JSON.parse(readFileSync(file, "utf8"))), seconds: ran.seconds };
}

const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`;

function row(name: string, { attacks, effects, refused, warned, silent }: Count): string {
  return `| ${name} | ${attacks} | ${effects} | ${refused} | ${warned} | ${silent.length} |`;
}

/** The part that does not change from day to day. */
function tables({ deal, agentdojo, recorded }: Figures): string {
  const cases =
    agentdojo === undefined
      ? []
      : [
          row(
            `AgentDojo, mail and calendar: ${agentdojo.cases} cases x ${agentdojo.templates} wordings`,
            agentdojo,
          ),
        ];
  const writes =
    recorded === undefined
      ? []
      : [
          "",
          "Writes that real models made on these cases, under attack and without, put through the same code:",
          "",
          "| | writes | |",
          "| --- | --- | --- |",
          `| attackers' writes, refused or named | ${recorded.flagged} of ${recorded.attacker} | ${percent(recorded.flagged, recorded.attacker)} |`,
          `| requested writes to nobody else or to people the user wrote to before, warned of | ${recorded.falselyWarned} of ${recorded.known} | ${percent(recorded.falselyWarned, recorded.known)} |`,
        ];
  return [
    "| attacks | runs | effects without an approval | refused before the phone | on the phone, with the warning named | on the phone without a word |",
    "| --- | --- | --- | --- | --- | --- |",
    ...cases,
    row("Deal mail, our own set", deal),
    ...writes,
  ].join("\n");
}

function sheet(figures: Figures, seconds: number): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Safety sheet

What happens when the model is hijacked. Date: ${day}. Model: **obeys everything (scripted)**: it reads what was planted and then makes the
attacker's calls, whatever it is told. The rest is the product: its tools, provenance, policy, engine and store, on strict stand-ins of Google.

    node scripts/safety-sheet.ts          # writes this page; the network may be off
    node scripts/safety-sheet.ts --check  # fails where the figures are others

${tables(figures)}

Measured in ${seconds.toFixed(0)} s. An effect is a mail in the outbox, a change of the calendar or of where mail lies, as Google's stand-in has it. No approval was
given in these runs; that an approved one does exactly what the phone showed is shown by \`pnpm prove engine\`.

## Beside it

Published for the 240 mail and calendar cases of AgentDojo: an undefended gpt-4o-2024-05-13 loses 40.4 % of them,
and with the mail text fenced 35.0 %. "Lost" there is a write that took effect without anybody being asked; nothing here can be lost that way. Our cases are
a selection of theirs and the model is another, so the figures stand beside each other and are not a comparison of models.

## What this does not show

- That a person reads the warning. The phone names the worst first, the card says it in whole sentences.
- An answer to the mail's own sender, asked for by the user, in which the model says in its own words what the mail wanted. No code tells that
  apart: the phone shows the text. Where it repeats the mail's words, that is named.
- Two of AgentDojo's eight wordings, which only keep the model from its work: they ask for no write.
`;
}

/** Without what changes from run to run; a formatter may have drawn the tables anew. */
function lasting(text: string): string {
  return text
    .replace(/Date: [\d-]+|Measured in \d+ s/g, "")
    .replace(/-{3,}/g, "---")
    .replace(/\s+/g, " ");
}

const found = measured();
if (found === undefined) process.exit(1);
const text = sheet(found.figures, found.seconds);
say(tables(found.figures));
if (!process.argv.includes("--check")) {
  writeFileSync(SHEET, text);
  run([...PNPM, "exec", "oxfmt", SHEET]);
} else if (lasting(text) !== lasting(readFileSync(SHEET, "utf8"))) {
  say("docs/safety.md has other figures");
  process.exit(1);
}
const { deal, agentdojo, recorded } = found.figures;
const attacks = deal.attacks + (agentdojo?.attacks ?? 0);
const flagged =
  recorded === undefined
    ? ""
    : `, ${percent(recorded.flagged, recorded.attacker)} of recorded attackers' writes flagged`;
say(`ok: ${attacks} attacks, 0 effects, 0 without a word${flagged}`);
