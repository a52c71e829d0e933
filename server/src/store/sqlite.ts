/** The default store: one SQLite file through `node:sqlite`, WAL, synced after each commit (it survives a power cut: `on-disk.ts`). */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

import type { Dialect } from "kysely";

import { StoreError } from "./error.ts";
import { createDisk, logOnDisk, onDiskDialect } from "./on-disk.ts";

function parameters(values: readonly unknown[]): SQLInputValue[] {
  return values.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "number") return value;
    if (typeof value === "bigint" || value instanceof Uint8Array) return value;
    throw new TypeError(`a ${typeof value} can't be stored`);
  });
}

const IN_MEMORY = ":memory:";

/** Statements that stay prepared: those that are asked most are a few dozen, lists of ids of every length make more. */
const PREPARED = 256;

/** Prepares each text once while it is in use. The one that was used longest ago is let go first. */
function prepared(sqlite: DatabaseSync): (text: string) => StatementSync {
  const known = new Map<string, StatementSync>();
  return (text) => {
    const statement = known.get(text) ?? sqlite.prepare(text);
    known.delete(text);
    known.set(text, statement);
    const [oldest] = known.keys();
    if (known.size > PREPARED && oldest !== undefined) known.delete(oldest);
    return statement;
  };
}

/** What certainly writes nothing. */
const READS = /^select\b/i;

/** Opens `file` (":memory:" for a test). Throws `StoreError` when it is no database or a damaged one. */
export function sqliteDialect(file: string): Dialect {
  const sqlite = opened(file);
  const statementOf = prepared(sqlite);
  const disk =
    file === IN_MEMORY
      ? { ...createDisk(() => Promise.resolve()), close: () => undefined }
      : logOnDisk(file);
  const database = {
    close: () => {
      sqlite.close();
      disk.close();
    },
    prepare(text: string) {
      const statement = statementOf(text);
      if (!READS.test(text)) disk.wrote();
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...parameters(values)),
        run: (values: readonly unknown[]) => statement.run(...parameters(values)),
        iterate: (values: readonly unknown[]) => statement.iterate(...parameters(values)),
      };
    },
  };
  return onDiskDialect(database, disk);
}

function opened(file: string): DatabaseSync {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(file);
    sqlite.exec("pragma busy_timeout = 5000");
    sqlite.exec("pragma journal_mode = wal");
    // And a sync after each commit: `on-disk.ts`.
    sqlite.exec("pragma synchronous = normal");
    // What is deleted is overwritten, not only unlinked.
    sqlite.exec("pragma secure_delete = on");
    const [found] = sqlite.prepare("pragma quick_check(1)").all();
    if (found?.["quick_check"] !== "ok") throw new Error("quick_check found damage");
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw new StoreError("damaged", error);
  }
}
