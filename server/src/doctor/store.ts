/** The store: there, of this version, opened by this master key, and with room to write. Changes nothing. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

import { sql } from "kysely";

import type { Config } from "../config.ts";
import { createLog } from "../observe/log.ts";
import { openAsIs, stepsOf } from "../store/as-is.ts";
import { isUnreachable, StoreError } from "../store/error.ts";
import { createKeyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { type Check, fail, type Finding, ok, warn } from "./finding.ts";

const ID = "store";
const PAGE = "docs/admin/operations.md";
const WHY = "The server does not start.";
const ROOM_BYTES = 1e9;

export function storeIsSound(config: Config): Check {
  return {
    id: ID,
    async look() {
      const { store: place } = config;
      if (!("file" in place)) return looked(config);
      const room = roomFor(place.file);
      if (room.some(({ severity }) => severity === "fail")) return room;
      if (existsSync(place.file)) return [...room, ...(await looked(config))];
      return [...room, ok(ID, "DATABASE_FILE is not there yet: the first start makes it.")];
    },
  };
}

function roomFor(file: string): Finding[] {
  const id = "store.disk";
  const folder = dirname(file);
  try {
    accessSync(folder, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return [
      fail(id, {
        what: `DATABASE_FILE or its folder can't be written by this user (${code}).`,
        why: WHY,
        mend: "Make the folder, and give it and the file to the user that the server runs as. SQLite writes beside the file too.",
        page: PAGE,
      }),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free > ROOM_BYTES)
    return [ok(id, `${(free / 1e9).toFixed(0)} GB are free for the database.`)];
  return [
    warn(id, {
      what: `${(free / 1e6).toFixed(0)} MB are free for the database.`,
      why: "When the disk is full, no question can be asked and no approval written down.",
      mend: "Make room, or move DATABASE_FILE to a larger disk while the server is stopped.",
      page: PAGE,
    }),
  ];
}

async function looked({ store: place, masterKey }: Config): Promise<Finding[]> {
  const log = createLog(() => undefined);
  let store: ReturnType<typeof openAsIs> | undefined;
  try {
    store = openAsIs(place, log);
    return [
      await steps(store),
      await opens(store.db, masterKey),
      ...(store.kind === "sqlite" ? [await wal(store.db)] : []),
    ];
  } catch (error) {
    if (error instanceof StoreError) return [broken(error)];
    if (isUnreachable(error)) return [broken(new StoreError("unreachable", error))];
    throw error;
  } finally {
    await store?.close();
  }
}

function broken(error: StoreError): Finding {
  const restores = error.code === "damaged";
  return fail(ID, {
    what: `The store can't be used (${error.code}): ${error.message}.`,
    why: WHY,
    mend: restores ? "Stop the server, then `pnpm vaultdesk restore FILE`." : "As it says.",
    page: PAGE,
  });
}

async function steps({ kind, db }: ReturnType<typeof openAsIs>): Promise<Finding> {
  const { missing, newer } = await stepsOf(db, kind);
  if (newer.length > 0) return broken(new StoreError("newer", undefined));
  if (missing.length === 0) return ok(ID, `The ${kind} store answers, and is of this version.`);
  return warn(ID, {
    what: `The ${kind} store is of an earlier version: ${missing.length} steps are missing.`,
    why: "The server makes them at its next start. An earlier version can't open the store after that.",
    mend: "Back it up before you start this version.",
    page: PAGE,
  });
}

async function opens(db: Db, masterKey: Uint8Array): Promise<Finding> {
  const id = "store.key";
  try {
    if (!(await createKeyring(db, masterKey, () => new Date()).opensWhatIsThere())) {
      return ok(id, "Nothing is sealed yet: MASTER_KEY will be the store's from the first start.");
    }
    return ok(id, "MASTER_KEY opens what is stored.");
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return fail(id, {
      what: "MASTER_KEY is not the key that the store was made with.",
      why: "The server does not start, and nobody can read what is stored.",
      mend: "Set the old key again. It can't be made anew: without it the content is lost.",
      page: PAGE,
    });
  }
}

async function wal(db: Db): Promise<Finding> {
  const id = "store.log";
  const { rows } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
  if (rows[0]?.journal_mode === "wal") return ok(id, "SQLite writes ahead (WAL).");
  return fail(id, {
    what: "SQLite can't write ahead (WAL) where DATABASE_FILE lies.",
    why: "Readers and writers block each other, and a file on a network drive can be damaged.",
    mend: "Put DATABASE_FILE on a local disk, or use Postgres.",
    page: "https://www.sqlite.org/wal.html",
  });
}
