import { expect, test } from "vitest";

import { readConfig, readStoreConfig } from "./config.ts";
import { ENVIRONMENT } from "./environment-for-tests.ts";
import { withSecretFiles } from "./secret-files.ts";

const FILES: Readonly<Record<string, string>> = {
  "/good": "s3cret-of-a-file",
  "/newline": "s3cret-of-a-file\n",
  "/windows": "s3cret-of-a-file\r\n",
  "/empty": "\n",
  "/two": "s3cret-of-a-file\nmore\n",
  "/space": " s3cret-of-a-file",
};

function read(file: string): string {
  const text = FILES[file];
  if (text === undefined) throw Object.assign(new Error(`no ${file}`), { code: "ENOENT" });
  return text;
}

const filled = (env: Record<string, string>) => withSecretFiles(env, ["KEY"], read);

test.each(["/good", "/newline", "/windows"])("%s holds the secret", (file) => {
  expect(filled({ KEY_FILE: file })).toMatchObject({ env: { KEY: "s3cret-of-a-file" } });
});

test("an empty variable counts as none", () => {
  expect(filled({ KEY: "", KEY_FILE: "/good", OTHER: "" }).env).toEqual({
    KEY: "s3cret-of-a-file",
    KEY_FILE: "/good",
  });
});

test.each([
  ["both", { KEY: "s3cret-of-a-file", KEY_FILE: "/good" }, "set twice"],
  ["no such file", { KEY_FILE: "/absent" }, "can't be read by this process (ENOENT)"],
  ["an empty file", { KEY_FILE: "/empty" }, "is empty"],
  ["two lines", { KEY_FILE: "/two" }, "more than one line"],
  ["a space", { KEY_FILE: "/space" }, "begins or ends with a space"],
])("%s is said, without the value", (_, env, said) => {
  const { problems } = filled(env);
  expect(problems.get("KEY")).toContain(said);
  expect([...problems.values()].join()).not.toContain("s3cret");
});

test("a bad file is told once, by its own name, and not as a missing key", () => {
  const { MASTER_KEY: _, ...rest } = ENVIRONMENT;
  const env = { ...rest, MASTER_KEY_FILE: "/nowhere/at/all" };
  const problem = "MASTER_KEY_FILE: the file can't be read by this process (ENOENT)";
  expect(readConfig(env)).toEqual({ ok: false, problems: [problem] });
  expect(readStoreConfig(env)).toEqual({ ok: false, problems: [problem] });
});
