/**
 * `audit export`: writes the chain to a new file or to `stdout`. Checks it while writing, so that a chain broken in the store is told at
 * once; it leaves as it stands all the same. The export is a row of the chain too, the last one in it.
 */
import { createWriteStream } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

import { OPERATOR } from "@vaultdesk/shared/audit.ts";

import { misused, type Outcome } from "../outcome.ts";
import { append } from "./append.ts";
import { csvOf } from "./csv.ts";
import { exportLines } from "./export.ts";
import { createCheck } from "./verify.ts";
import { type Env, withStore } from "./with-store.ts";
import { inWords } from "./words.ts";

async function* ended(lines: AsyncIterable<string>, end: string): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}${end}`;
}

export async function auditExport(args: string[], env: Env, stdout: Writable): Promise<Outcome> {
  const options = { out: { type: "string" }, format: { type: "string" } } as const;
  const { values } = parseArgs({ args, options });
  const { out, format = "jsonl" } = values;
  if (format !== "jsonl" && format !== "csv") return misused("--format is jsonl or csv");
  return withStore(env, async ({ db, signer, now }) => {
    // "wx": an older export is evidence, and stays.
    const file =
      out === undefined
        ? undefined
        : createWriteStream(out, { flags: "wx", mode: 0o600, flush: true });
    if (file !== undefined)
      await new Promise((done, failed) => file.once("open", done).once("error", failed));
    await db.transaction().execute((tx) =>
      append(tx, now().toISOString(), {
        kind: "audit.exported",
        sub: OPERATOR,
        facts: { format },
      }),
    );
    const check = createCheck(signer.publicKey);
    async function* checked(): AsyncGenerator<string> {
      for await (const line of exportLines(db, signer, now)) {
        check.take(line);
        yield line;
      }
    }
    const text = format === "csv" ? ended(csvOf(checked()), "\r\n") : ended(checked(), "\n");
    const lines = Readable.from(text);
    await (file === undefined ? pipeline(lines, stdout, { end: false }) : pipeline(lines, file));
    const verdict = check.end();
    return { exit: verdict.ok ? 0 : 1, say: inWords(verdict, true) };
  });
}
