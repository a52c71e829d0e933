/** A store leaves one database and enters the other, each way, sealed as it is. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createDatabase } from "@vaultdesk/standins/postgres.ts";
import { POSTGRES } from "@vaultdesk/standins/vitest-postgres.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { append } from "../audit/append.ts";
import { first, MASTER_KEY, move } from "../audit/testing.ts";
import { exportStore, importStore } from "../backup/move-command.ts";
import { createSettings } from "../settings/record.ts";
import { createKeyring } from "./keys.ts";
import { openStore } from "./open.ts";

const SUB = "google-oauth2|1001";
const now = () => new Date();
const key = MASTER_KEY.toString("base64");

let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-moving-"));
});
afterAll(() => rm(room, { recursive: true }));

const place = (name: string) => ({ DATABASE_FILE: join(room, name), MASTER_KEY: key });

async function filled(env: { DATABASE_FILE: string }): Promise<void> {
  const store = await openStore({ file: env.DATABASE_FILE });
  const keyring = createKeyring(store.db, MASTER_KEY, now);
  await keyring.verify();
  await store.db
    .transaction()
    .execute((tx) => append(tx, now().toISOString(), move(first, "none", "proposed")));
  await createSettings(store.db, keyring, now).change(SUB, { holdSeconds: 20 });
  await store.close();
}

test("SQLite to Postgres and back: the same rows, the same chain, content that opens", async () => {
  const [a, b] = [place("a.db"), place("b.db")];
  await filled(a);
  const postgres = { DATABASE_URL: await createDatabase(inject(POSTGRES)), MASTER_KEY: key };
  expect(await exportStore(["--out", join(room, "1")], a)).toMatchObject({ exit: 0 });
  expect(await importStore([join(room, "1")], postgres)).toMatchObject({ exit: 0 });
  expect(await importStore([join(room, "1")], postgres)).toMatchObject({ exit: 2 });
  expect(await exportStore(["--out", join(room, "2")], postgres)).toMatchObject({ exit: 0 });
  expect(await importStore([join(room, "2")], b)).toMatchObject({ exit: 0 });
  const store = await openStore({ file: b.DATABASE_FILE });
  const keyring = createKeyring(store.db, MASTER_KEY, now);
  expect((await createSettings(store.db, keyring, now).of(SUB)).holdSeconds).toBe(20);
  const rows = await store.db.selectFrom("audit").select("entry").orderBy("seq").execute();
  await store.close();
  expect(rows.map(({ entry }) => /"kind":"([\w.]+)","sub"/.exec(entry)?.[1])).toEqual([
    "approval.moved",
    "settings.changed",
    "store.restored",
    "store.restored",
  ]);
});

test.each<[string, (lines: string[]) => string[], string]>([
  ["a cut file", (lines) => lines.slice(0, -2), "cut off"],
  [
    "a row taken out",
    (lines) => lines.filter((line) => !line.includes('"audit","row"')),
    "were exported",
  ],
  ["another kind of file", () => ["{}"], "no export of a store"],
  [
    "an edited audit row",
    (lines) => lines.map((line) => line.replace("proposed", "approved")),
    "audit trail",
  ],
])("%s is not imported, and the store stays empty", async (name, spoil, said) => {
  const a = place(`${name}.db`);
  await filled(a);
  const out = join(room, `${name}.jsonl`);
  await exportStore(["--out", out], a);
  const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
  await writeFile(out, `${spoil(lines).join("\n")}\n`);
  const b = place(`${name}-into.db`);
  const { exit, say } = await importStore([out], b);
  expect({ exit, say: say?.join() }).toMatchObject({ exit: 1 });
  expect(say?.join()).toContain(said);
  const store = await openStore({ file: b.DATABASE_FILE });
  expect(await store.db.selectFrom("users").selectAll().execute()).toEqual([]);
  await store.close();
});
