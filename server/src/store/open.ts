/** One store, two drivers: a SQLite file, or Postgres where several processes share the work. */
import { type Dialect, Kysely } from "kysely";
import { Migrator } from "kysely/migration";

import { createLog, type Log } from "../observe/log.ts";
import { stepsOf } from "./as-is.ts";
import { type Bus, createLocalBus } from "./bus.ts";
import { StoreError } from "./error.ts";
import { migrations, NEEDS_KEY } from "./migrations.ts";
import { postgresBus, postgresDialect } from "./postgres.ts";
import type { Db, Tables } from "./schema.ts";
import { seenDialect } from "./seen.ts";
import { sqliteDialect } from "./sqlite.ts";

/** `file`: a path, or ":memory:" for a test. `url`: postgres://user:password@host/database. */
export type StorePlace = { file: string } | { url: string };

export interface Store {
  readonly kind: "sqlite" | "postgres";
  db: Db;
  bus: Bus;
  readonly close: () => Promise<void>;
}

/** Opens and migrates, by default to this version. Throws `StoreError` with words that say what to do. */
export async function openStore(
  place: StorePlace,
  log: Log = createLog(),
  version: typeof migrations = migrations,
): Promise<Store> {
  if ("file" in place) {
    const db = await migrated(sqliteDialect(place.file), "sqlite", version);
    return { kind: "sqlite", db, bus: createLocalBus(), close: () => db.destroy() };
  }
  const db = await migrated(postgresDialect(place.url, log), "postgres", version);
  const announcements = postgresBus(place.url, log);
  return {
    kind: "postgres",
    db,
    bus: announcements.bus,
    async close() {
      await announcements.close();
      await db.destroy();
    },
  };
}

/** A newer version has added to it, and says that a process of this one may work on it. */
async function mayWorkOn(db: Db, kind: Store["kind"]): Promise<boolean> {
  const { missing } = await stepsOf(db, kind);
  const needed = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", NEEDS_KEY)
    .executeTakeFirst();
  const name = needed === undefined ? "" : Buffer.from(needed.value).toString();
  return missing.length === 0 && name in migrations(kind);
}

async function migrated(
  dialect: Dialect,
  kind: Store["kind"],
  version: typeof migrations,
): Promise<Db> {
  const db = new Kysely<Tables>({ dialect: seenDialect(dialect) });
  const steps = version(kind);
  // Postgres: Kysely's migrator holds an advisory lock, so that two processes that start together don't both migrate.
  const { error, results } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(steps) },
  }).migrateToLatest();
  if (error === undefined) return db;
  const unknown = error instanceof Error && error.message.startsWith("corrupted migrations");
  if (unknown && (await mayWorkOn(db, kind).catch(() => false))) return db;
  await db.destroy();
  const failedStep = results?.some((result) => result.status === "Error") === true;
  if (unknown) throw new StoreError("newer", error);
  if (failedStep) throw error instanceof Error ? error : new Error("a migration failed");
  throw new StoreError(kind === "sqlite" ? "damaged" : "unreachable", error);
}
