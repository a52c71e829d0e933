/**
 * `audit verify`: judges a file by itself, and against an older one or a person's extract. Imports neither the store nor the configuration: a
 * stranger without a server runs it.
 */
import { parseArgs } from "node:util";

import { misused, type Outcome } from "../outcome.ts";
import { PublicKey } from "./chain.ts";
import { fromCsv } from "./csv.ts";
import { isExtract, verifyExtract } from "./extract.ts";
import { linesOf, piecesOf } from "./lines.ts";
import { type Marks, verify } from "./verify.ts";
import { extractInWords, inWords } from "./words.ts";

interface Judged {
  ok: boolean;
  words: string[];
  /** What the file vouches for, where it holds. */
  marks: Marks;
  /** Of the rows that it was to hold: older than where it begins. */
  unseen: number;
}

function holdsOf(marked: number, unseen: number, against: string): string {
  return unseen === 0
    ? `It holds all that ${against} vouches for.`
    : `It holds ${marked - unseen} of the ${marked} rows of ${against}; the others were removed by their age, and not looked for.`;
}

function read(file: string): AsyncGenerator<string> {
  return fromCsv(linesOf(piecesOf(file)));
}

async function startsAsExtract(file: string): Promise<boolean> {
  for await (const line of read(file)) return isExtract(line);
  return false;
}

async function judge(file: string, key: string | undefined, marks?: Marks): Promise<Judged> {
  if (await startsAsExtract(file)) {
    const verdict = await verifyExtract(read(file), key);
    const words = extractInWords(verdict, key !== undefined);
    return { ok: verdict.ok, words, marks: verdict.ok ? verdict.marks : new Map(), unseen: 0 };
  }
  const verdict = await verify(read(file), key, marks);
  const ends: [number, string][] =
    verdict.ok && verdict.head.seq > 0 ? [[verdict.head.seq, verdict.head.hash]] : [];
  return {
    ok: verdict.ok,
    words: inWords(verdict, key !== undefined),
    marks: new Map(ends),
    unseen: verdict.ok ? (verdict.cut?.unseen ?? 0) : 0,
  };
}

export async function auditVerify(args: string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args,
    options: { key: { type: "string" }, against: { type: "string" } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  const { key, against } = values;
  if (file === undefined || more.length > 0) return misused("audit verify takes one FILE");
  if (key !== undefined && !PublicKey.safeParse(key).success) {
    return misused("--key must be 32 bytes in base64url, as an export prints it");
  }
  const older = against === undefined ? undefined : await judge(against, key);
  if (older?.ok === false) {
    return {
      exit: 1,
      answer: [`${against}: ${older.words.join(" ")}`, "Nothing was checked against it."],
    };
  }
  const { ok, words, unseen } = await judge(file, key, older?.marks);
  const joined = older === undefined ? [] : [holdsOf(older.marks.size, unseen, against ?? "")];
  return { exit: ok ? 0 : 1, answer: ok ? [...words, ...joined] : words };
}
