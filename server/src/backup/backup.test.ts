import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test } from "vitest";

import { append } from "../audit/append.ts";
import { first, MASTER_KEY, move } from "../audit/testing.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore, type Store } from "../store/open.ts";
import { backup } from "./backup-command.ts";
import { restore } from "./restore-command.ts";

const SUB = "google-oauth2|1001";
const AT = "2026-10-01T09:00:00.000Z";
const now = () => new Date();

let room: string;
let env: Record<string, string>;
let file: string;
let out: string;
let server: Store;

/** The server's own connection stays open, as while it runs. */
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-backup-"));
  file = join(room, "store.db");
  out = join(room, "copy.db");
  env = { DATABASE_FILE: file, MASTER_KEY: MASTER_KEY.toString("base64") };
  server = await openStore({ file });
  const keyring = createKeyring(server.db, MASTER_KEY, now);
  await keyring.verify();
  await keyring.of(SUB);
  await entry("none", "proposed");
});

afterEach(async () => {
  await server.close().catch(() => undefined);
  await rm(room, { recursive: true });
});

async function entry(from: string, to: string): Promise<void> {
  await server.db.transaction().execute((tx) => append(tx, AT, move(first, from, to)));
}

async function rowsOf(place: string): Promise<(string | undefined)[]> {
  const store = await openStore({ file: place });
  const rows = await store.db.selectFrom("audit").select("entry").orderBy("seq").execute();
  await store.close();
  return rows.map((row) => /"to":"(\w+)"|"kind":"(store\.\w+)"/.exec(row.entry)?.slice(1).join(""));
}

test("a backup is made beside a running server, is for its owner's eyes, and never overwrites", async () => {
  expect(await backup(["--out", out], env)).toMatchObject({ exit: 0 });
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  expect(await backup(["--out", out], env)).toMatchObject({ exit: 2 });
  expect((await readdir(room)).filter((name) => name.includes("partial"))).toEqual([]);
  expect(await rowsOf(out)).toEqual(["proposed"]);
});

test("a store whose chain is broken, or of another master key, leaves no backup", async () => {
  const other = { ...env, MASTER_KEY: Buffer.alloc(32, 9).toString("base64") };
  expect((await backup(["--out", out], other)).say?.join()).toContain("MASTER_KEY");
  await server.db.updateTable("audit").set({ at: now().toISOString() }).execute();
  const { exit, say } = await backup(["--out", out], env);
  expect({ exit, say: say?.join() }).toMatchObject({ exit: 1 });
  expect(say?.join()).toContain("audit trail not ok: row 1");
  expect(await readdir(room)).not.toContain("copy.db");
});

test("restore refuses a store in use, and one that goes on beyond the backup", async () => {
  await backup(["--out", out], env);
  await entry("proposed", "waiting");
  expect((await restore([out], env)).say?.join()).toContain("Stop the server");
  await server.close();
  const refused = await restore([out], env);
  expect(refused).toMatchObject({ exit: 1 });
  expect(refused.say?.join()).toMatch(/goes on to audit row 2.*ends at 1/);
  expect(await rowsOf(file)).toEqual(["proposed", "waiting"]);
});

test("restore puts the backup in place, marks it, and keeps what was there", async () => {
  await backup(["--out", out], env);
  await entry("proposed", "waiting");
  await server.close();
  const done = await restore([out, "--replace-newer"], env);
  expect(done).toMatchObject({ exit: 0 });
  expect(await rowsOf(file)).toEqual(["proposed", "store.restored"]);
  const kept = (await readdir(room)).find((name) => name.includes("replaced-")) ?? "";
  expect(await rowsOf(join(room, kept))).toEqual(["proposed", "waiting"]);
  expect(await rowsOf(out)).toEqual(["proposed"]);
});

test("restore comes over a file that is gone or damaged, and keeps the damaged one", async () => {
  await backup(["--out", out], env);
  await server.close();
  await writeFile(file, "not a database");
  expect(await restore([out], env)).toMatchObject({ exit: 0 });
  const kept = (await readdir(room)).find((name) => name.includes("replaced-")) ?? "";
  expect(await readFile(join(room, kept), "utf8")).toBe("not a database");
  await rm(file);
  expect(await restore([out], env)).toMatchObject({ exit: 0 });
});

test.each<[string, (copy: DatabaseSync) => void, string]>([
  ["cut chain", (copy) => copy.exec("delete from audit"), "audit trail"],
  [
    "later version",
    (copy) => copy.exec("insert into kysely_migration values ('9999-later', '')"),
    "later version",
  ],
])("a backup of a %s is refused and changes nothing", async (_, spoil, said) => {
  await backup(["--out", out], env);
  await server.close();
  const copy = new DatabaseSync(out);
  spoil(copy);
  copy.close();
  const { exit, say } = await restore([out], env);
  expect(exit).toBe(1);
  expect(say?.join()).toContain(said);
  expect((await readdir(room)).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
});
