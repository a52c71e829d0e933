/** SECURITY.md and ARCHITECTURE.md are true as far as a program can tell: what they name is there, and a requirement names the test that keeps it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { ROOT } from "./prove/run.ts";

const security = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
const architecture = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");

/** Rows of the tables whose first cell is a letter and a number. */
function rowsOf(text: string, letter: string): { name: string; keeper: string }[] {
  return text.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    const [, name = ""] = cells;
    return new RegExp(`^${letter}\\d+$`).test(name) ? [{ name, keeper: cells.at(-2) ?? "" }] : [];
  });
}

const PATH = /`([\w@./{},*-]+\/[\w@./{},*-]+)`/g;

/** `a/{b,c}.ts` is two; a `*` in a name is any of a folder's. */
function isThere(path: string): boolean {
  const [, before = "", list, after = ""] = /^(.*?)\{(.*?)\}(.*)$/.exec(path) ?? [];
  if (list !== undefined) return list.split(",").every((one) => isThere(before + one + after));
  if (!path.includes("*")) return existsSync(join(ROOT, path));
  const folder = path.slice(0, path.lastIndexOf("/"));
  if (folder.includes("*")) return true;
  const name = new RegExp(
    `^${path
      .slice(folder.length + 1)
      .replaceAll(".", "\\.")
      .replaceAll("*", ".*")}$`,
  );
  return (
    existsSync(join(ROOT, folder)) &&
    readdirSync(join(ROOT, folder)).some((file) => name.test(file))
  );
}

const requirements = rowsOf(security, "S");

test("requirements are numbered without a gap", () => {
  expect(requirements.length).toBeGreaterThan(30);
  expect(requirements.map(({ name }) => name)).toEqual(requirements.map((_, at) => `S${at + 1}`));
});

test.each(requirements.map(({ name, keeper }) => [name, keeper]))(
  "%s names a test that is there",
  (_name, keeper) => {
    const paths = [...keeper.matchAll(PATH)].map(([, path = ""]) => path);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
    expect(paths.some((path) => /\.(?:test|e2e)\.tsx?$|^e2e\/engine\//.test(path))).toBe(true);
  },
);

describe("what is kept by a file names one that is there", () => {
  test.each(rowsOf(architecture, "I").map(({ name, keeper }) => [name, keeper]))(
    "%s",
    (_name, keeper) => {
      const paths = [...keeper.matchAll(PATH)].map(([, path = ""]) => path);
      expect(paths.filter((path) => !isThere(path))).toEqual([]);
    },
  );
});

test("the threat model speaks only of requirements that there are", () => {
  const names = new Set(requirements.map(({ name }) => name));
  const spoken = security.slice(0, security.indexOf("## Requirements")).match(/\bS\d+\b/g) ?? [];
  expect(spoken.length).toBeGreaterThan(20);
  expect(spoken.filter((name) => !names.has(name))).toEqual([]);
});
