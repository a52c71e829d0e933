/** Opens the default store: one SQLite file through `node:sqlite`, WAL, synchronous FULL (a commit survives a power cut). */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";

import { type Db, MIGRATIONS, type Tables } from "./schema.ts";

function parameters(values: readonly unknown[]): SQLInputValue[] {
  return values.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "number") return value;
    if (typeof value === "bigint" || value instanceof Uint8Array) return value;
    throw new TypeError(`a ${typeof value} can't be stored`);
  });
}

/** Opens and migrates `file` (":memory:" for a test). Throws when the schema is newer than this code knows. */
export async function openStore(file: string): Promise<Db> {
  const sqlite = new DatabaseSync(file);
  sqlite.exec("pragma journal_mode = wal");
  sqlite.exec("pragma synchronous = full");
  sqlite.exec("pragma busy_timeout = 5000");
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => {
          sqlite.close();
        },
        prepare(text) {
          const statement = sqlite.prepare(text);
          return {
            reader: statement.columns().length > 0,
            all: (values) => statement.all(...parameters(values)),
            run: (values) => statement.run(...parameters(values)),
            iterate: (values) => statement.iterate(...parameters(values)),
          };
        },
      },
    }),
  });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  }).migrateToLatest();
  if (error !== undefined) {
    throw new Error("the database has a schema that this version does not know", { cause: error });
  }
  return db;
}
