/** Stores that can't be used: a clear word, and not a byte of them changed. */
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { createDatabase } from "@vaultdesk/standins/postgres.ts";
import { POSTGRES } from "@vaultdesk/standins/vitest-postgres.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { ENVIRONMENT } from "../environment-for-tests.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { openStore, type StorePlace } from "./open.ts";

const MAIN = resolve(import.meta.dirname, "../main.ts");
let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-broken-"));
});
afterAll(() => rm(room, { recursive: true }));

const now = () => new Date();
const hash = async (file: string) =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

/** A store with a person in it, closed again. */
async function made(place: StorePlace, key: Uint8Array): Promise<void> {
  const { db, close } = await openStore(place);
  const keys = createKeyring(db, key, now);
  await keys.verify();
  for (let one = 0; one < 5; one += 1) await keys.of(`google-oauth2|${one}`);
  await close();
}

async function placeOf(kind: "sqlite" | "postgres"): Promise<StorePlace> {
  return kind === "sqlite"
    ? { file: join(room, `${randomBytes(4).toString("hex")}.db`) }
    : { url: await createDatabase(inject(POSTGRES)) };
}

const DAMAGE: readonly [string, (bytes: Buffer) => Buffer][] = [
  ["random bytes", (bytes) => randomBytes(bytes.length)],
  [
    "a text",
    () => Buffer.from("this is no database, and long enough to be taken for one".repeat(50)),
  ],
  ["cut in the middle", (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
  [
    "a page overwritten",
    (bytes) => Buffer.concat([bytes.subarray(0, 4096), randomBytes(4096), bytes.subarray(8192)]),
  ],
];

test.each(DAMAGE)("a damaged file (%s) is refused and left as it was", async (_, damage) => {
  const file = join(room, `${randomBytes(4).toString("hex")}.db`);
  await made({ file }, newKey());
  await writeFile(file, damage(await readFile(file)));
  const before = await hash(file);
  await expect(openStore({ file })).rejects.toMatchObject({ code: "damaged" });
  expect(await hash(file)).toBe(before);
});

test("a folder is no database", async () => {
  await expect(openStore({ file: room })).rejects.toMatchObject({ code: "damaged" });
});

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  test("another master key is refused before anything is written with it", async () => {
    const place = await placeOf(kind);
    await made(place, newKey());
    const { db, close } = await openStore(place);
    await expect(createKeyring(db, newKey(), now).verify()).rejects.toMatchObject({
      code: "wrong_master_key",
    });
    await close();
  });

  test("a database of a newer version is refused", async () => {
    const place = await placeOf(kind);
    await made(place, newKey());
    const { db, close } = await openStore(place);
    await sql`insert into kysely_migration (name, timestamp)
      values ('9999-later', '2030-01-01T00:00:00.000Z')`.execute(db);
    await sql`delete from meta where key = 'needs_step'`.execute(db);
    await close();
    await expect(openStore(place)).rejects.toMatchObject({ code: "newer" });
  });
});

test.each([
  ["nobody listens", (url: URL) => (url.port = "1")],
  ["no such database", (url: URL) => (url.pathname = "/absent")],
])("Postgres that can't be used: %s", async (_, change) => {
  const url = new URL(inject(POSTGRES));
  change(url);
  await expect(openStore({ url: url.href })).rejects.toMatchObject({ code: "unreachable" });
});

test("the server says it in one line, without the key, and ends", async () => {
  const file = join(room, "main.db");
  await writeFile(file, randomBytes(20_000));
  const key = randomBytes(32).toString("base64");
  const env = { ...ENVIRONMENT, DATABASE_FILE: file, MASTER_KEY: key };
  const { code, said } = await new Promise<{ code: unknown; said: string }>((done) => {
    execFile(process.execPath, [MAIN], { env }, (error, out, err) => {
      done({ code: error?.code, said: out + err });
    });
  });
  expect(code).toBe(1);
  expect(said).toMatch(/^VaultDesk can't start:\n {2}the database file is damaged[^\n]+\n$/);
  expect(said).not.toContain(key);
});
