import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";

import { expect, test } from "vitest";

import { example, page, parts } from "./config-sheet.ts";

const text = (path: string) => readFileSync(resolve(import.meta.dirname, "../..", path), "utf8");
/** A formatter draws the tables anew. */
const plain = (markdown: string) =>
  markdown
    .replace(/-{3,}/g, "---")
    .replace(/_Secret_/g, "*Secret*")
    .replace(/\s+/g, " ");

test("each key of the environment has a sentence", () => {
  const mute = parts().flatMap(({ keys }) =>
    keys.filter(({ name, says }) => name !== "MODEL_PROVIDER" && !says.endsWith(".")),
  );
  expect(mute.map(({ name }) => name)).toEqual([]);
});

test("the page and the example are those of the schema, else run: node scripts/configuration.ts", () => {
  expect(text(".env.example")).toBe(example());
  expect(plain(text("docs/admin/configuration.md"))).toBe(plain(page()));
});

test("the example names each key once, and is read by Node as it stands", () => {
  const keys = new Set(parts().flatMap((part) => part.keys.map(({ name }) => name)));
  const named = [...example().matchAll(/^#?([A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(named).toHaveLength(keys.size);
  expect(new Set(named)).toEqual(keys);
  expect(Object.keys(parseEnv(example()))).toContain("MASTER_KEY");
});
