import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";

import { newId } from "@vaultdesk/shared/id.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { append } from "./audit/append.ts";
import { auditExport } from "./audit/export-command.ts";
import { auditHold } from "./audit/hold-command.ts";
import { auditReport } from "./audit/report-command.ts";
import { MASTER_KEY, move, signer, stranger } from "./audit/testing.ts";
import { auditVerify } from "./audit/verify-command.ts";
import { openStore } from "./store/open.ts";

const CLI = resolve(import.meta.dirname, "cli.ts");
const { publicKey } = signer;

let room: string;
let env: Record<string, string>;
const file = () => join(room, "audit.jsonl");

function vaultdesk(args: string[], given: Record<string, string> = {}) {
  return new Promise<{ exit: number | string | undefined; out: string; err: string }>((done) => {
    execFile(process.execPath, [CLI, ...args], { env: given, cwd: room }, (error, out, err) => {
      done({ exit: error === null ? 0 : (error.code ?? undefined), out, err });
    });
  });
}

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-audit-"));
  env = { DATABASE_FILE: join(room, "store.db"), MASTER_KEY: MASTER_KEY.toString("base64") };
  const { db, close } = await openStore({ file: join(room, "store.db") });
  const at = "2026-10-01T09:00:00.000Z";
  await db.transaction().execute((tx) => append(tx, at, move(newId("apr"), "none", "proposed")));
  await close();
  await vaultdesk(["audit", "export", "--out", file()], env);
});

afterAll(() => rm(room, { recursive: true }));

test("a file is verified with an empty environment, and where the key came from is said", async () => {
  const own = await vaultdesk(["audit", "verify", file()]);
  expect(own).toMatchObject({ exit: 0, err: "" });
  expect(own.out).toMatch(
    /^ok: 2 rows, head 2 of \S+Z, key \S{43}\nThe key was taken from the file/,
  );
  const given = await vaultdesk(["audit", "verify", file(), `--key=${publicKey}`]);
  expect(given.out).toMatch(/^ok: [^\n]+\n$/);
});

test("an edited file exits 1 with the row, the line and what it means", async () => {
  const edited = join(room, "edited.jsonl");
  const text = await readFile(file(), "utf8");
  await writeFile(edited, text.replace("proposed", "approved"));
  const { exit, out } = await vaultdesk(["audit", "verify", edited]);
  expect(exit).toBe(1);
  expect(out).toMatch(/^not ok: row 1, line 2: the row's hash does not fit its contents\n\S/);
});

test("another key than the one given exits 1", async () => {
  const { exit, out } = await vaultdesk(["audit", "verify", file(), `--key=${stranger.publicKey}`]);
  expect(exit).toBe(1);
  expect(out).toContain(`the export names another key: ${publicKey}`);
});

test("an export is for its owner's eyes, never overwrites, and goes to standard output without --out", async () => {
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await vaultdesk(["audit", "export", "--out", file()], env)).toMatchObject({ exit: 2 });
  const { exit, out, err } = await vaultdesk(["audit", "export"], env);
  expect(exit).toBe(0);
  expect(out.trimEnd().split("\n")).toHaveLength(5);
  expect(err).toContain(`key ${publicKey}`);
});

test("a chain broken in the store is exported as it is, and told", async () => {
  const broken = join(room, "broken.db");
  await writeFile(broken, await readFile(join(room, "store.db")));
  const { db, close } = await openStore({ file: broken });
  await db.updateTable("audit").set({ at: "2026-10-01T10:00:00.000Z" }).execute();
  await close();
  const { exit, out, err } = await vaultdesk(["audit", "export"], {
    ...env,
    DATABASE_FILE: broken,
  });
  expect(exit).toBe(1);
  expect(out).toContain("2026-10-01T10:00:00.000Z");
  expect(err).toContain("not ok: row 1, line 2");
});

test("a table is verified like the lines, and whatever is edited in it is found", async () => {
  const csv = join(room, "audit.csv");
  await vaultdesk(["audit", "export", "--format", "csv", "--out", csv], env);
  expect(await auditVerify([csv, `--key=${publicKey}`])).toMatchObject({ exit: 0 });
  const text = await readFile(csv, "utf8");
  await writeFile(csv, text.replace("auth0|Zoë", "auth0|Zoe"));
  expect(await auditVerify([csv])).toMatchObject({ exit: 1 });
});

test("a hold is put on once, listed, lifted, and in the chain", async () => {
  const on = ["--person", "google-oauth2|1001"];
  const { answer: [added = ""] = [] } = await auditHold(["add", ...on], env);
  expect(added).toMatch(/^hld_[0-9a-f]{32} {2}person google-oauth2\|1001 {2}since /);
  expect(await auditHold(["add", ...on], env)).toMatchObject({ exit: 1 });
  expect(await auditHold(["list"], env)).toEqual({ exit: 0, answer: [added] });
  const id = added.slice(0, 36);
  expect(await auditHold(["remove", id], env)).toEqual({ exit: 0, answer: [`removed: ${added}`] });
  expect(await auditHold(["remove", id], env)).toMatchObject({ exit: 1 });
  for (const bad of [[], ["add"], ["add", "--person", ""], ["remove"], ["add", "--deal", "x"]]) {
    const { exit } = await auditHold(bad, env).catch(() => ({ exit: 2 }));
    expect(exit).toBe(2);
  }
  const { out } = await vaultdesk(["audit", "export"], env);
  expect(out).toMatch(/hold\.added[^]*hold\.removed/);
});

test("a month's report says whether the chain holds, and is never written over", async () => {
  const out = join(room, "report.html");
  const month = new Date().toISOString().slice(0, 7);
  expect(await auditReport([month, "--out", out, "--hash-people"], env)).toMatchObject({ exit: 0 });
  const page = await readFile(out, "utf8");
  expect(page).toMatch(/ok: \d+ rows, head \d+ of [^<]+, key /);
  expect(page).not.toContain("google-oauth2|1001");
  await expect(auditReport([month, "--out", out], env)).rejects.toThrow("EEXIST");
  expect(await auditReport(["2026-13", "--out", out], env)).toMatchObject({ exit: 2 });
  expect(await auditReport([month], env)).toMatchObject({ exit: 2 });
});

test("an older export is checked against, and what it does not hold is found", async () => {
  const newer = join(room, "newer.jsonl");
  await vaultdesk(["audit", "export", "--out", newer], env);
  const { exit, answer = [] } = await auditVerify([newer, "--against", file()]);
  expect([exit, answer.at(-1)]).toEqual([0, `It holds all that ${file()} vouches for.`]);
  expect(await auditVerify([file(), "--against", newer])).toMatchObject({
    exit: 1,
    answer: [expect.stringContaining("ends before it"), expect.any(String)],
  });
});

test.each<[string, string[]]>([
  ["no verb", ["audit"]],
  ["an unknown option", ["audit", "verify", "a", "--force"]],
  ["a file that is not there", ["audit", "verify", "absent.jsonl"]],
])("%s exits 2, says so and answers nothing", async (_, args) => {
  const { exit, out, err } = await vaultdesk(args);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
  expect(err).not.toBe("");
});

test("no file, or a key that is none, is not verified", async () => {
  expect(await auditVerify([])).toMatchObject({ exit: 2 });
  expect(await auditVerify(["audit.jsonl", "--key=abc"])).toMatchObject({ exit: 2 });
});

test("an export without its environment, or of a database that is not there, writes nothing", async () => {
  const nowhere = new PassThrough();
  expect(await auditExport([], {}, nowhere)).toEqual({
    exit: 2,
    say: ["MASTER_KEY is missing"],
  });
  const keyOnly = { MASTER_KEY: MASTER_KEY.toString("base64") };
  expect(await auditExport([], keyOnly, nowhere)).toMatchObject({
    exit: 2,
    say: [expect.stringMatching("DATABASE_FILE.*DATABASE_URL")],
  });
  const absent = { ...env, DATABASE_FILE: join(room, "absent.db") };
  expect(await auditExport([], absent, nowhere)).toMatchObject({ exit: 2 });
  expect(nowhere.readableLength).toBe(0);
});
