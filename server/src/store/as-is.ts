/** A store as it lies there, for those who look at it or copy it: nothing is made and nothing migrated. */
import { Kysely, sql } from "kysely";

import type { Log } from "../observe/log.ts";
import { migrations } from "./migrations.ts";
import type { Store, StorePlace } from "./open.ts";
import { postgresDialect } from "./postgres.ts";
import type { Db, Tables } from "./schema.ts";
import { sqliteDialect } from "./sqlite.ts";

/** A file must be there: SQLite would make an empty one. Throws `StoreError` where it is damaged. */
export function openAsIs(
  place: StorePlace,
  log: Log,
): Pick<Store, "kind" | "db"> & { close(): Promise<void> } {
  const file = "file" in place;
  const dialect = file ? sqliteDialect(place.file) : postgresDialect(place.url, log);
  const db = new Kysely<Tables>({ dialect });
  return { kind: file ? "sqlite" : "postgres", db, close: () => db.destroy() };
}

/** Steps that this version would make, and steps of a later version that were made. */
export async function stepsOf(
  db: Db,
  kind: Store["kind"],
): Promise<{ missing: string[]; newer: string[] }> {
  const known = Object.keys(migrations(kind));
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return { missing: known, newer: [] };
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const made = rows.map(({ name }) => name);
  return {
    missing: known.filter((name) => !made.includes(name)),
    newer: made.filter((name) => !known.includes(name)),
  };
}
