/** Findings as lines for a person or as JSON for a machine, and what they come to. Pure. */
import type { Outcome } from "../outcome.ts";
import type { Finding } from "./finding.ts";

const MARK: Readonly<Record<Finding["severity"], string>> = {
  ok: "ok   ",
  skipped: "skip ",
  warn: "WARN ",
  fail: "FAIL ",
};

/** As wide as a terminal. Sound findings take a line, the others a paragraph. */
const WIDTH = 110;
const NAME = 25;
const INDENT = " ".repeat(6 + NAME);

export function report(findings: readonly Finding[], json: boolean): Outcome {
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const exit = count("fail") > 0 ? 1 : 0;
  if (json) return { exit, answer: [JSON.stringify({ findings })] };
  const sum = [
    `${count("ok")} ok`,
    `${count("warn")} to watch`,
    `${count("fail")} failed`,
    `${count("skipped")} not looked at`,
  ].join(", ");
  const lines = findings.flatMap(linesOf);
  return { exit, answer: [...lines, ...(lines.at(-1) === "" ? [] : [""]), sum] };
}

function linesOf(finding: Finding): string[] {
  const [first = "", ...rest] = wrapped("", finding.what);
  const name = finding.id.padEnd(NAME - 1);
  const head = [`${MARK[finding.severity]} ${name} ${first.trimStart()}`, ...rest];
  if (!("why" in finding)) return head;
  return [
    ...head,
    ...wrapped("why:  ", finding.why),
    ...wrapped("mend: ", finding.mend),
    ...(finding.page === undefined ? [] : wrapped("page: ", finding.page)),
    "",
  ];
}

/** `text` broken between words, under `label`. */
function wrapped(label: string, text: string): string[] {
  const room = WIDTH - INDENT.length - label.length;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line, at) => `${INDENT}${at === 0 ? label : " ".repeat(label.length)}${line}`);
}
