/**
 * `backup`: a copy of the default store while a server writes to it, by SQLite's online backup, checked before it gets its name.
 * Source: nodejs.org/api/sqlite.html (sqlite.backup), sqlite.org/backup.html.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { backup as copy, DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";

import { readStoreConfig } from "../config.ts";
import { createLog } from "../observe/log.ts";
import type { Outcome } from "../outcome.ts";
import { misused } from "../outcome.ts";
import { openAsIs } from "../store/as-is.ts";
import { inLine, look, type Looked } from "./look.ts";

/** All pages in one step: another process's write between two steps would begin the copy anew, for ever on a busy server. */
const ALL_PAGES = 2 ** 31 - 1;

export const ON_POSTGRES =
  "DATABASE_URL is a Postgres: back it up with pg_dump or your provider's snapshots, and read docs/admin/operations.md before you bring one back";

export async function backup(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const { values } = parseArgs({ args, options: { out: { type: "string" } } });
  const { out } = values;
  if (out === undefined) return misused("backup takes --out FILE");
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { store: place, masterKey } = read.config;
  if (!("file" in place)) return { exit: 2, say: [ON_POSTGRES] };
  if (!existsSync(place.file)) return { exit: 2, say: ["DATABASE_FILE: no such file"] };
  if (existsSync(out)) return { exit: 2, say: [`${out} is there already, and stays`] };
  const partial = `${out}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, "wx", 0o600));
  const source = new DatabaseSync(place.file);
  try {
    source.exec("pragma busy_timeout = 5000");
    await copy(source, partial, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  const looked = await lookAt(partial, masterKey);
  if (!looked.ok) {
    rmSync(partial, { force: true });
    return { exit: 1, say: [`The copy is not sound and was removed: ${looked.problem}.`] };
  }
  const made = openSync(partial, "r+");
  fsyncSync(made);
  closeSync(made);
  renameSync(partial, out);
  const size = (statSync(out).size / 1e6).toFixed(1);
  return {
    exit: 0,
    answer: [
      `ok: ${out}, ${size} MB: ${inLine(looked.holds)}`,
      "It opens only with this MASTER_KEY. Keep the key somewhere else.",
    ],
  };
}

async function lookAt(file: string, masterKey: Uint8Array): Promise<Looked> {
  const store = openAsIs({ file }, createLog());
  try {
    return await look(store, masterKey);
  } finally {
    await store.close();
  }
}
