/**
 * `audit export`: writes the chain to a new file or to `stdout`. Checks it while writing, so that a chain broken in the store is told at
 * once; it leaves as it stands all the same.
 */
import { createWriteStream, existsSync } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

import { readStoreConfig } from "../config.ts";
import { createLog } from "../observe/log.ts";
import type { Outcome } from "../outcome.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore } from "../store/open.ts";
import { createSigner, exportLines } from "./export.ts";
import { createCheck } from "./verify.ts";
import { inWords } from "./words.ts";

function now(): Date {
  return new Date();
}

export async function auditExport(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
  stdout: Writable,
): Promise<Outcome> {
  const { values } = parseArgs({ args, options: { out: { type: "string" } } });
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { store: place, masterKey } = read.config;
  // Opening would make an empty database, and the export would vouch for a history without rows.
  if ("file" in place && !existsSync(place.file))
    return { exit: 2, say: ["DATABASE_FILE: no such file"] };

  const store = await openStore(place, createLog());
  try {
    await createKeyring(store.db, masterKey, now).verify();
    const signer = createSigner(masterKey);
    const check = createCheck(signer.publicKey);
    async function* checked(): AsyncGenerator<string> {
      for await (const line of exportLines(store.db, signer, now)) {
        check.take(line);
        yield `${line}\n`;
      }
    }
    const lines = Readable.from(checked());
    await (values.out === undefined
      ? pipeline(lines, stdout, { end: false })
      : // "wx": an older export is evidence, and stays.
        pipeline(lines, createWriteStream(values.out, { flags: "wx", mode: 0o600, flush: true })));
    const verdict = check.end();
    return { exit: verdict.ok ? 0 : 1, say: inWords(verdict, true) };
  } finally {
    await store.close();
  }
}
