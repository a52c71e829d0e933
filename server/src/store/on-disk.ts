/**
 * A commit is on the disk before anybody is told of it, and the thread does not stand still meanwhile: SQLite appends to its log
 * (`synchronous = normal`), another thread syncs the log, once for all that committed since it began. That sync after each commit is all
 * that `synchronous = full` does besides (sqlite.org/pragma.html#pragma_synchronous). Whoever read waits like whoever wrote: nobody learns
 * what a power cut could still take back.
 */
import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";

import {
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";

export interface Disk {
  wrote(): void;
  /** Once all that was written before is on the disk. */
  settled(): Promise<void>;
}

/** `sync` is never run twice at a time. Fails for good with its first failure: Linux reports it once, and drops what it could not write. */
export function createDisk(sync: () => Promise<void>): Disk {
  let written = 0;
  let safe = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    const until = written;
    await sync();
    safe = until;
    running = undefined;
  }

  return {
    wrote() {
      written += 1;
    },
    async settled() {
      const until = written;
      while (safe < until) await (running ??= run());
    },
  };
}

/** The log beside the database `file`, which must have one. */
export function logOnDisk(file: string): Disk & { close(): void } {
  // No lock of SQLite's is on this file, so closing it drops none (sqlite.org/howtocorrupt.html, 2.2).
  const log = openSync(`${file}-wal`, "r+");
  const sync = promisify(fdatasync);
  return {
    ...createDisk(() => sync(log)),
    close() {
      closeSync(log);
    },
  };
}

/** One connection, for one at a time. It is given on before the disk is waited for: that is how several commits share a sync. */
class OnDiskDriver extends SqliteDriver {
  readonly #disk: Disk;
  #last: Promise<void> = Promise.resolve();
  #pass: () => void = () => undefined;

  constructor(database: SqliteDatabase, disk: Disk) {
    super({ database });
    this.#disk = disk;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    this.#pass = resolve;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#pass();
    await this.#disk.settled();
  }
}

/** The driver is who lets one in at a time. */
class OnDiskAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

export function onDiskDialect(database: SqliteDatabase, disk: Disk): Dialect {
  const plain = new SqliteDialect({ database });
  return {
    createDriver: () => new OnDiskDriver(database, disk),
    createQueryCompiler: () => plain.createQueryCompiler(),
    createAdapter: () => new OnDiskAdapter(),
    createIntrospector: (db) => plain.createIntrospector(db),
  };
}
