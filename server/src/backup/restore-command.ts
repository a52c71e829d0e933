/**
 * `restore`: a backup in the place of the default store. The copy is checked, migrated and marked as restored beside it, and takes its
 * place in one rename; what was there keeps its bytes under another name. With `--in-place`, for a database that came back by other
 * means (a Postgres snapshot): only marks it.
 */
import { chmodSync, copyFileSync, existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";

import { markRestored } from "../approvals/restored.ts";
import { readStoreConfig } from "../config.ts";
import { createLog } from "../observe/log.ts";
import { misused, type Outcome } from "../outcome.ts";
import { openAsIs } from "../store/as-is.ts";
import { StoreError } from "../store/error.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore, type StorePlace } from "../store/open.ts";
import { ON_POSTGRES } from "./backup-command.ts";
import { headOf, type Holds, inLine, look } from "./look.ts";

const NEXT = [
  "Everybody signs in again. What was open is looked up at Google when its person's panel opens: what is done is written down, what is",
  "not is asked again on the phone. The audit trail says that it was restored, and from which row.",
];

function now(): Date {
  return new Date();
}

export async function restore(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "in-place": { type: "boolean", default: false },
      "replace-newer": { type: "boolean", default: false },
    },
  });
  const [from, ...more] = positionals;
  const inPlace = values["in-place"];
  if (more.length > 0 || (from === undefined) !== inPlace) {
    return misused("restore takes a FILE, or --in-place");
  }
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { store: place, masterKey } = read.config;
  if ("file" in place && existsSync(place.file) && inUse(place.file)) {
    return { exit: 2, say: ["A process has DATABASE_FILE open. Stop the server, then restore."] };
  }
  if (from === undefined) {
    const marked = await checkedAndMarked(place, masterKey);
    return marked.ok
      ? { exit: 0, answer: [`ok: ${inLine(marked.holds)}`, ...NEXT] }
      : { exit: 1, say: [`Nothing was changed: ${marked.problem}.`] };
  }
  if (!("file" in place)) return { exit: 2, say: [ON_POSTGRES] };
  if (!existsSync(from)) return { exit: 2, say: [`${from}: no such file`] };

  const beside = `${place.file}.restoring`;
  removeStore(beside);
  copyFileSync(from, beside);
  chmodSync(beside, 0o600);
  const marked = await checkedAndMarked({ file: beside }, masterKey, async (head) => {
    const there = values["replace-newer"] ? undefined : await headOfFile(place.file);
    return there !== undefined && there.seq > head.seq
      ? `DATABASE_FILE goes on to audit row ${there.seq}, the backup ends at ${head.seq}. To lose what came between, say --replace-newer`
      : undefined;
  });
  if (!marked.ok) {
    removeStore(beside);
    return { exit: 1, say: [`Nothing was changed: ${marked.problem}.`] };
  }
  const kept = putAside(place.file);
  renameSync(beside, place.file);
  return {
    exit: 0,
    answer: [
      `ok: ${place.file}: ${inLine(marked.holds)}`,
      ...(kept === undefined ? [] : [`What was there is kept as ${kept}`]),
      ...NEXT,
    ],
  };
}

async function checkedAndMarked(
  place: StorePlace,
  masterKey: Uint8Array,
  objection: (head: Holds["head"]) => Promise<string | undefined> = () =>
    Promise.resolve(undefined),
): Promise<{ ok: true; holds: Holds } | { ok: false; problem: string }> {
  let store;
  try {
    store = await openStore(place, createLog());
  } catch (error) {
    if (error instanceof StoreError) return { ok: false, problem: error.message };
    throw error;
  }
  try {
    const looked = await look(store, masterKey);
    if (!looked.ok) return looked;
    const problem = await objection(looked.holds.head);
    if (problem !== undefined) return { ok: false, problem };
    await markRestored(store.db, createKeyring(store.db, masterKey, now), now);
    return looked;
  } finally {
    await store.close();
  }
}

/** Where the store that is to be replaced has come to; undefined when there is none, or nothing of it can be read. */
async function headOfFile(file: string): Promise<Holds["head"] | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    const store = openAsIs({ file }, createLog());
    try {
      return await headOf(store.db);
    } finally {
      await store.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * Leaving WAL needs the file for oneself alone, and moves what is in the log into the file (sqlite.org/wal.html). A damaged file is in
 * nobody's use that could be told.
 */
function inUse(file: string): boolean {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(file);
    sqlite.exec("pragma busy_timeout = 500");
    sqlite.prepare("pragma journal_mode = delete").all();
    return false;
  } catch (error) {
    return error instanceof Error && error.message.includes("locked");
  } finally {
    sqlite?.close();
  }
}

/** Under another name, log and all; a link first, so that there is never no store where the server looks for one. */
function putAside(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const kept = `${file}.replaced-${now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, "")}`;
  linkSync(file, kept);
  for (const end of ["-wal", "-shm"]) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${kept}${end}`);
  }
  return kept;
}

function removeStore(file: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
}
