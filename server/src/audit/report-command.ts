/** `audit report YYYY-MM`: a month of the trail as a page, with the verdict on the whole chain on its first lines. */
import { createHmac } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { misused, type Outcome } from "../outcome.ts";
import { derivedKey } from "../store/keys.ts";
import { readRow } from "./chain.ts";
import { exportLines } from "./export.ts";
import { reportPage } from "./report-page.ts";
import { createTally } from "./report.ts";
import { createCheck } from "./verify.ts";
import { type Env, withStore } from "./with-store.ts";
import { inWords } from "./words.ts";

export async function auditReport(args: string[], env: Env): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args,
    options: { out: { type: "string" }, "hash-people": { type: "boolean" } },
    allowPositionals: true,
  });
  const [month = "", ...more] = positionals;
  const { out, "hash-people": hashed = false } = values;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month) || more.length > 0) {
    return misused("audit report takes a month, such as 2026-11");
  }
  if (out === undefined) return misused("audit report needs --out FILE");
  return withStore(env, async ({ db, masterKey, signer, now }) => {
    const key = derivedKey(masterKey, "audit people v1");
    const nameOf = (sub: string) =>
      hashed ? createHmac("sha256", key).update(sub).digest("hex").slice(0, 12) : sub;
    const tally = createTally(month, nameOf);
    const check = createCheck(signer.publicKey);
    for await (const line of exportLines(db, signer, now)) {
      check.take(line);
      const row = readRow(line);
      if (row !== undefined) tally.take(row);
    }
    const verdict = check.end();
    const said = inWords(verdict, true);
    const page = reportPage({
      month,
      madeAt: now().toISOString(),
      verdict: said,
      sound: verdict.ok,
      hashed,
      figures: tally.figures(),
    });
    // "wx": an older report is evidence, and stays.
    await writeFile(out, page, { flag: "wx", mode: 0o600 });
    return { exit: verdict.ok ? 0 : 1, answer: [out], say: said };
  });
}
