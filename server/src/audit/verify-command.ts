/** `audit verify`: judges a file by itself. Imports neither the store nor the configuration: a stranger without a server runs it. */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";

import { misused, type Outcome } from "../outcome.ts";
import { PublicKey } from "./chain.ts";
import { fromCsv } from "./csv.ts";
import { linesOf } from "./lines.ts";
import { verify } from "./verify.ts";
import { inWords } from "./words.ts";

export async function auditVerify(args: string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args,
    options: { key: { type: "string" } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return misused("audit verify takes one FILE");
  if (values.key !== undefined && !PublicKey.safeParse(values.key).success) {
    return misused("--key must be 32 bytes in base64url, as an export prints it");
  }
  const verdict = await verify(fromCsv(linesOf(createReadStream(file))), values.key);
  return { exit: verdict.ok ? 0 : 1, answer: inWords(verdict, values.key !== undefined) };
}
