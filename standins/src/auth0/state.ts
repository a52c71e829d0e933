/**
 * What the tenant remembers, in one node:sqlite file (or in memory): documents by kind and id, parsed again on each read.
 * Every call is synchronous, so a read and the write that depends on it cannot be torn apart by another request.
 */
import { DatabaseSync } from "node:sqlite";

import { z } from "zod";

export interface Collection<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  /** Oldest first. */
  all(): T[];
}

export interface State {
  readonly database: DatabaseSync;
  collection<T>(kind: string, schema: z.ZodType<T>): Collection<T>;
  close(): void;
}

const Row = z.object({ body: z.string() });

export function openState(file: string | undefined): State {
  const database = new DatabaseSync(file ?? ":memory:");
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS document (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id)
    ) STRICT;
  `);
  const get = database.prepare("SELECT body FROM document WHERE kind = ? AND id = ?");
  const all = database.prepare("SELECT body FROM document WHERE kind = ? ORDER BY seq");
  const remove = database.prepare("DELETE FROM document WHERE kind = ? AND id = ?");
  const put = database.prepare(
    "INSERT INTO document (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
  );
  return {
    database,
    collection<T>(kind: string, schema: z.ZodType<T>): Collection<T> {
      const read = (row: unknown): T => schema.parse(JSON.parse(Row.parse(row).body));
      return {
        get(id) {
          const row = get.get(kind, id);
          return row === undefined ? undefined : read(row);
        },
        put: (id, value) => void put.run(kind, id, JSON.stringify(value)),
        delete: (id) => void remove.run(kind, id),
        all: () => all.all(kind).map(read),
      };
    },
    close: () => database.close(),
  };
}

/** A value made once and kept: keys and secrets survive a restart on the same file. */
export async function kept<T>(
  values: Collection<T>,
  id: string,
  make: () => T | Promise<T>,
): Promise<T> {
  const found = values.get(id);
  if (found !== undefined) return found;
  const made = await make();
  values.put(id, made);
  return made;
}
