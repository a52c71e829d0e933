/**
 * `pnpm gmail:selfcheck FILE|FOLDER`: what the Gmail adapter finds in a page that was saved from Gmail, and by which selector, so that a
 * change of Gmail's is diagnosed in a minute. Reads the files and sends nothing. Exits 1 if a page that shows a thread lacks a needed
 * read, 2 if there was nothing to check.
 */
import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { launchChromium, openAdapter, savedFrom } from "../src/adapter.ts";
import { reportOf } from "./report.ts";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /\.html?$/i.test(name))
    .toSorted()
    .map((name) => join(path, name));
}

async function check(files: readonly string[]): Promise<number> {
  const browser = await launchChromium();
  let bad = 0;
  try {
    const adapter = await openAdapter(browser);
    for (const file of files) {
      const address = savedFrom(await readFile(file, "utf8"));
      const { lines, ok } = reportOf(file, await adapter.check(file), address?.hash ?? "");
      for (const line of lines) say(line);
      if (!ok) bad += 1;
    }
  } finally {
    await browser.close();
  }
  say(`${files.length} checked, ${bad} with something missing`);
  return bad === 0 ? 0 : 1;
}

const [wanted] = process.argv.slice(2);
// pnpm runs scripts in the project's root; the path is meant from where the person stands.
const path = wanted && resolve(process.env["INIT_CWD"] ?? ".", wanted);
const files = path && statSync(path, { throwIfNoEntry: false }) !== undefined ? filesAt(path) : [];
if (files.length === 0) {
  say(
    path
      ? `no saved page at ${path}`
      : "usage: pnpm gmail:selfcheck FILE|FOLDER\nSave a Gmail page with the browser (complete, or HTML only) and name it here.",
  );
  process.exitCode = 2;
} else {
  process.exitCode = await check(files);
}
