/**
 * `export-store` and `import-store`: all rows of one store into another, SQLite or Postgres, sealed as they are. JSON Lines: a header, the
 * rows, and an end that counts them; bytes are `{"b64": ...}`. An import fills an empty store or nothing.
 */
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

import { markRestored } from "../approvals/restored.ts";
import { linesOf } from "../audit/lines.ts";
import { readStoreConfig } from "../config.ts";
import { createLog } from "../observe/log.ts";
import { misused, type Outcome } from "../outcome.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore } from "../store/open.ts";
import type { Db } from "../store/schema.ts";
import { inLine, look } from "./look.ts";
import { BEGUN, insertRows, isEmpty, rowsOf, TABLES, type TableName } from "./rows.ts";

const Header = z.object({ format: z.literal("vaultdesk-store"), version: z.literal(1) });
const RowLine = z.object({
  table: z.enum(TABLES),
  row: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.null(), z.object({ b64: z.string() })]),
  ),
});
const End = z.object({ rows: z.record(z.string(), z.number()), head: z.string() });
type Counts = Record<string, number>;

const BATCH = 200;
/** A bundle of mails with files, in base64 twice. */
const ROW_BYTES = 512 * 1_048_576;

function now(): Date {
  return new Date();
}

async function* rowLines(db: Db): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: "vaultdesk-store", version: 1 })}\n`;
  const rows: Counts = {};
  for (const table of TABLES) {
    rows[table] = 0;
    for await (const row of rowsOf(db, table)) {
      rows[table] += 1;
      yield `${JSON.stringify({ table, row })}\n`;
    }
  }
  yield `${JSON.stringify({ rows, head: await headHash(db) })}\n`;
}

async function headHash(db: Db): Promise<string> {
  const { hash } = await db.selectFrom("audit_head").select("hash").executeTakeFirstOrThrow();
  return hash;
}

export async function exportStore(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const { values } = parseArgs({ args, options: { out: { type: "string" } } });
  const { out } = values;
  if (out === undefined) return misused("export-store takes --out FILE");
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { store: place, masterKey } = read.config;
  if ("file" in place && !existsSync(place.file)) {
    return { exit: 2, say: ["DATABASE_FILE: no such file"] };
  }
  const store = await openStore(place, createLog());
  try {
    const looked = await look(store, masterKey);
    if (!looked.ok) return { exit: 1, say: [`Nothing was exported: ${looked.problem}.`] };
    // One transaction sees one moment, whoever writes beside it.
    await store.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((tx) =>
        pipeline(
          Readable.from(rowLines(tx)),
          createWriteStream(out, { flags: "wx", mode: 0o600, flush: true }),
        ),
      );
    return { exit: 0, answer: [`ok: ${out}: ${inLine(looked.holds)}`] };
  } finally {
    await store.close();
  }
}

export async function importStore(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return misused("import-store takes one FILE");
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  if (!existsSync(file)) return { exit: 2, say: [`${file}: no such file`] };
  const { store: place, masterKey } = read.config;
  const store = await openStore(place, createLog());
  try {
    if (!(await isEmpty(store.db))) {
      return { exit: 2, say: ["The store is not empty, and stays as it is. Name a new one."] };
    }
    const looked = await store.db.transaction().execute(async (tx) => {
      await fill(tx, file);
      // Inside the transaction: an import that does not hold leaves the store empty.
      const found = await look({ kind: store.kind, db: tx }, masterKey);
      if (!found.ok) throw new ImportFailed(found.problem);
      return found.holds;
    });
    await markRestored(store.db, createKeyring(store.db, masterKey, now), now);
    return {
      exit: 0,
      answer: [
        `ok: ${inLine(looked)}`,
        "Rows and audit head are those of the export. Everybody signs in again, and what was open is settled as after a restore.",
      ],
    };
  } catch (error) {
    if (!(error instanceof ImportFailed)) throw error;
    return { exit: 1, say: [`Nothing was imported: ${error.message}.`] };
  } finally {
    await store.close();
  }
}

class ImportFailed extends Error {
  override readonly name = "ImportFailed";
}

async function fill(tx: Db, file: string): Promise<void> {
  const counts: Counts = Object.fromEntries(TABLES.map((table) => [table, 0]));
  let batch: { table: TableName; rows: z.infer<typeof RowLine>["row"][] } | undefined;
  let begun = false;
  let end: z.infer<typeof End> | undefined;
  const flush = async () => {
    if (batch !== undefined) await insertRows(tx, batch.table, batch.rows);
    batch = undefined;
  };
  for (const table of BEGUN) await tx.deleteFrom(table).execute();
  for await (const line of linesOf(createReadStream(file), ROW_BYTES)) {
    const value = valueOf(line);
    if (!begun) {
      if (!Header.safeParse(value).success) {
        throw new ImportFailed("the file is no export of a store, version 1");
      }
      begun = true;
      continue;
    }
    if (end !== undefined) throw new ImportFailed("the file goes on after its end");
    const one = RowLine.safeParse(value);
    if (!one.success) {
      const last = End.safeParse(value);
      if (!last.success) throw new ImportFailed("a line of the file is damaged");
      end = last.data;
      continue;
    }
    const { table, row } = one.data;
    counts[table] = (counts[table] ?? 0) + 1;
    if (batch?.table !== table || batch.rows.length >= BATCH) await flush();
    batch ??= { table, rows: [] };
    batch.rows.push(row);
  }
  await flush();
  if (end === undefined) throw new ImportFailed("the file is cut off");
  for (const table of TABLES) {
    if (counts[table] !== end.rows[table]) {
      throw new ImportFailed(
        `${counts[table] ?? 0} rows of ${table} where ${end.rows[table] ?? 0} were exported`,
      );
    }
  }
  if ((await headHash(tx)) !== end.head) throw new ImportFailed("the audit head is another");
}

function valueOf(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}
