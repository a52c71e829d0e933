/** A schema that a newer version has added to, under a process of this one that runs, and under one that starts. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newId, RunId } from "@vaultdesk/shared/id.ts";
import { createDatabase } from "@vaultdesk/standins/postgres.ts";
import { POSTGRES } from "@vaultdesk/standins/vitest-postgres.ts";
import { type Kysely, sql } from "kysely";
import { afterEach, describe, expect, inject, test } from "vitest";

import { createConversationLog } from "../conversations/log.ts";
import { createConversations } from "../conversations/record.ts";
import { createLog } from "../observe/log.ts";
import { createSettings } from "../settings/record.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migrations, NEEDS_KEY } from "./migrations.ts";
import { openStore, type Store } from "./open.ts";

const SUB = "google-oauth2|1001";
const LATER = "9999-later";
const now = () => new Date();
const quiet = createLog(() => undefined);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function placeOf(kind: "sqlite" | "postgres") {
  if (kind === "postgres") return { url: await createDatabase(inject(POSTGRES)) };
  const file = join(tmpdir(), `vaultdesk-rolling-${randomUUID()}.db`);
  closing.push(() => rm(file, { force: true }));
  return { file };
}

/** Made up: it adds a table, a column to each of three, and an index; or takes something away as well. */
function newer(takesAway: boolean): typeof migrations {
  return (kind) => ({
    ...migrations(kind),
    [LATER]: {
      async up(db: Kysely<unknown>) {
        await sql`create table later (id text primary key, name text not null)`.execute(db);
        for (const table of ["conversations", "events", "settings"]) {
          await sql`alter table ${sql.table(table)} add column later_id text`.execute(db);
        }
        await sql`create index events_by_later on events (later_id)`.execute(db);
        if (!takesAway) return;
        await sql`drop table templates`.execute(db);
        await sql`update meta set value = ${Buffer.from(LATER)} where key = ${NEEDS_KEY}`.execute(
          db,
        );
      },
    },
  });
}

/** What a process does all day, on the tables that were added to. */
async function works({ db, bus }: Store, master: Uint8Array): Promise<void> {
  const keys = createKeyring(db, master, now);
  await keys.verify();
  const log = createConversationLog(db, bus, keys, now);
  const conversations = createConversations(db, keys, now);
  const id = await conversations.create(SUB, "Falcon", undefined);
  await log.append(id, SUB, { type: "run.resumed", runId: RunId.parse(newId("run")) });
  expect(await log.after(id, SUB, 0, 10)).toHaveLength(1);
  const settings = createSettings(db, keys, now);
  await settings.change(SUB, { voice: false });
  expect((await settings.of(SUB)).voice).toBe(false);
}

async function opened(...how: Parameters<typeof openStore>): Promise<Store> {
  const store = await openStore(...how);
  closing.push(store.close);
  return store;
}

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  test("a process goes on while a newer version adds, and another of this version may start", async () => {
    const place = await placeOf(kind);
    const master = newKey();
    const running = await opened(place, quiet);
    await works(running, master);
    const later = await opened(place, quiet, newer(false));
    await works(later, master);
    await works(running, master);
    const again = await opened(place, quiet);
    await works(again, master);
    const names = await sql<{ name: string }>`select name from kysely_migration`.execute(again.db);
    expect(names.rows.map(({ name }) => name)).toContain(LATER);
  });

  test("one that takes away says so, and a process of this version does not start on it", async () => {
    const place = await placeOf(kind);
    await opened(place, quiet, newer(true));
    await expect(openStore(place, quiet)).rejects.toMatchObject({ code: "newer" });
  });
});
