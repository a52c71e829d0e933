import { sealedText } from "@vaultdesk/shared/audit.ts";
/** What a file alone can't show: a tail that was cut and signed again, a chain written anew, and whether a person's extract is in it. */
import { array, assert, asyncProperty, constantFrom, nat } from "fast-check";
import { expect, test } from "vitest";

import { hashOf, lineOf, readHead, readRow, type Row } from "./chain.ts";
import { fromCsv } from "./csv.ts";
import { extractLines, extractTable, verifyExtract } from "./extract.ts";
import { linesOf } from "./lines.ts";
import { each, exported, LAWFUL, signer, stranger } from "./testing.ts";
import { verify } from "./verify.ts";

const lines = await exported(LAWFUL);
const rows = lines.flatMap((line) => readRow(line) ?? []);
const older = await exported(LAWFUL.slice(0, 5));

function marksOf(file: readonly string[]) {
  const head = readHead(file.at(-1) ?? "")?.head;
  return new Map(head === undefined ? [] : [[head.seq, head.hash]]);
}

/** As somebody does who has the server's key and its database: the chain begun anew from `from`, and signed. */
function forged(kept: readonly Row[], by = signer): string[] {
  let prev = "0".repeat(64);
  const chain = kept.map(({ at, entry }, index) => {
    const row = { seq: index + 1, at, entry, prev, hash: hashOf(prev, index + 1, at, entry) };
    prev = row.hash;
    return row;
  });
  const head = { seq: chain.length, hash: prev, at: "2026-10-02T09:00:00.000Z" };
  const header = { format: "vaultdesk-audit", version: 1, publicKey: by.publicKey } as const;
  return [lineOf(header), ...chain.map(lineOf), lineOf({ head, signature: by.sign(head) })];
}

test("an older export is the beginning of a newer one; a tail cut and signed again, or another past, is found against it", async () => {
  expect(await verify(each(lines), signer.publicKey, marksOf(older))).toMatchObject({ ok: true });
  const cut = forged(rows.slice(0, 3));
  expect(await verify(each(cut), signer.publicKey)).toMatchObject({ ok: true });
  expect(await verify(each(cut), signer.publicKey, marksOf(older))).toMatchObject({
    ok: false,
    fault: { reason: "shorter", marked: 5 },
  });
  const rewritten = rows.map((row) => ({ ...row, entry: row.entry.replaceAll("dd", "ee") }));
  const anew = forged(rewritten);
  expect(await verify(each(anew), signer.publicKey)).toMatchObject({ ok: true });
  expect(await verify(each(anew), signer.publicKey, marksOf(older))).toMatchObject({
    ok: false,
    seq: 5,
    fault: { reason: "differs" },
  });
});

const HARM = ["bit", "remove", "swap", "cut", "key"] as const;

/** One harm to a file, at a place; the file itself where it would change nothing. */
function harmed(file: readonly string[], harm: (typeof HARM)[number], at: number): string[] {
  if (file.length < 2) return [...file];
  const many = Math.max(1, file.length - 2);
  const place = 1 + (at % many);
  const line = file[place] ?? "";
  switch (harm) {
    case "bit": {
      const bytes = Buffer.from(line);
      const byte = at % bytes.length;
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (at % 8));
      return file.with(place, bytes.toString("utf8"));
    }
    case "remove":
      return file.toSpliced(place, 1);
    case "swap": {
      const other = 1 + (place % many);
      return file.with(place, file[other] ?? "").with(other, line);
    }
    case "cut":
      return forged(rows.slice(0, at % 5));
    case "key":
      return forged(rows, stranger);
  }
}

test("any harm, anywhere, alone or with others, is found by who has the key and an older export", async () => {
  const marks = marksOf(older);
  await assert(
    asyncProperty(
      array(constantFrom(...HARM), { minLength: 1, maxLength: 3 }),
      nat(),
      async (harms, at) => {
        const file = harms.reduce((now, harm, index) => harmed(now, harm, at + index), lines);
        const same = file.join("\n") === lines.join("\n");
        expect(await verify(each(file), signer.publicKey, marks)).toMatchObject({ ok: same });
      },
    ),
    { numRuns: 400 },
  );
});

const SUB = "google-oauth2|1001";
const head = { seq: 8, hash: rows[7]?.hash ?? "", at: "2026-10-02T09:00:00.000Z" };
const mine = [rows[1], rows[4], rows[6]].flatMap((row) => row ?? []);
const seal = (of: readonly Row[], by = signer) => ({
  publicKey: by.publicKey,
  head,
  signature: by.signText(sealedText(SUB, head, of)),
});

test("an extract is proven by its seal, as lines and as a table, and shows in the whole whether its rows are there", async () => {
  const extract = [...extractLines(SUB, mine, seal(mine))];
  const verdict = await verifyExtract(each(extract), signer.publicKey);
  if (!verdict.ok) throw new Error(verdict.wrong);
  expect([...verdict.marks.keys()]).toEqual([2, 5, 7]);
  expect(await verify(each(lines), signer.publicKey, verdict.marks)).toMatchObject({ ok: true });
  const anew = forged(rows.map((row) => ({ ...row, entry: row.entry.replaceAll("dd", "ee") })));
  expect(await verify(each(anew), signer.publicKey, verdict.marks)).toMatchObject({
    ok: false,
    seq: 2,
  });
  const table = Buffer.from(await extractTable(extract));
  async function* bytes() {
    yield table;
  }
  expect(await verifyExtract(fromCsv(linesOf(bytes())), undefined)).toEqual(verdict);
});

test.each<[string, string[]]>([
  ["a row left out", [...extractLines(SUB, mine.slice(1), seal(mine))]],
  [
    "a row edited",
    [...extractLines(SUB, mine, seal(mine))].map((line) => line.replace("proposed", "approved")),
  ],
  ["another person named", [...extractLines("auth0|other", mine, seal(mine))]],
  ["another key", [...extractLines(SUB, mine, seal(mine, stranger))]],
  ["no seal", [...extractLines(SUB, mine, seal(mine))].slice(0, -1)],
  ["more after the seal", [...extractLines(SUB, mine, seal(mine)), ""]],
  ["nothing", []],
])("an extract with %s does not hold", async (_, file) => {
  expect(await verifyExtract(each(file), signer.publicKey)).toMatchObject({ ok: false });
});
