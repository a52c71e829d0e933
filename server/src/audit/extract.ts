/**
 * One person's rows under the server's seal: an extract that they save. Its rows are not joined, so it is checked row by row and by its
 * signature; whether they are in the chain, a whole export shows (`audit verify WHOLE --against EXTRACT`). Pure.
 */
import { type AuditRow, type AuditSeal, sealedText } from "@vaultdesk/shared/audit.ts";
import { z } from "zod";

import { hashOf, PublicKey, read, readHead, readRow, signatureHolds } from "./chain.ts";
import { csvOf } from "./csv.ts";
import type { Marks } from "./verify.ts";

const ExtractHeader = z.strictObject({
  format: z.literal("vaultdesk-audit-extract"),
  version: z.literal(1),
  publicKey: PublicKey,
  sub: z.string(),
});

export type ExtractVerdict =
  | { ok: true; sub: string; publicKey: string; head: AuditSeal["head"]; marks: Marks }
  | { ok: false; line: number; wrong: string };

/** The lines of an extract; `rows` oldest first, as they were sealed. */
export function* extractLines(
  sub: string,
  rows: readonly AuditRow[],
  { publicKey, head, signature }: AuditSeal,
): Generator<string> {
  yield JSON.stringify({ format: "vaultdesk-audit-extract", version: 1, publicKey, sub });
  for (const { seq, at, entry, prev, hash } of rows) {
    yield JSON.stringify({ seq, at, entry, prev, hash });
  }
  yield JSON.stringify({ head, signature });
}

export async function extractTable(lines: Iterable<string>): Promise<string> {
  async function* each() {
    yield* lines;
  }
  let text = "";
  for await (const record of csvOf(each())) text += `${record}\r\n`;
  return text;
}

export function isExtract(firstLine: string): boolean {
  return read(ExtractHeader, firstLine) !== undefined;
}

/** `lines` from the header on. */
export async function verifyExtract(
  lines: AsyncIterable<string>,
  expectedKey: string | undefined,
): Promise<ExtractVerdict> {
  let header: z.infer<typeof ExtractHeader> | undefined;
  let line = 0;
  let head: AuditSeal["head"] | undefined;
  const rows: { seq: number; hash: string }[] = [];
  const bad = (wrong: string): ExtractVerdict => ({ ok: false, line, wrong });
  for await (const text of lines) {
    line += 1;
    if (header === undefined) {
      header = read(ExtractHeader, text);
      if (header === undefined) return bad("the first line is not the header of an extract");
      if (expectedKey !== undefined && header.publicKey !== expectedKey) {
        return bad(`the extract names another key: ${header.publicKey}`);
      }
      continue;
    }
    if (head !== undefined) return bad("something follows the seal");
    const row = readRow(text);
    if (row === undefined) {
      const signed = readHead(text);
      if (signed === undefined) return bad("the line is neither a row nor a seal");
      const told = sealedText(header.sub, signed.head, rows);
      if (!signatureHolds(header.publicKey, Buffer.from(told), signed.signature)) {
        return bad("the seal does not fit these rows: one was changed, removed or added");
      }
      head = signed.head;
      continue;
    }
    if (row.hash !== hashOf(row.prev, row.seq, row.at, row.entry)) {
      return bad(`row ${row.seq}: its hash does not fit its contents`);
    }
    rows.push({ seq: row.seq, hash: row.hash });
  }
  line += 1;
  if (header === undefined) return bad("the file is empty");
  if (head === undefined) return bad("the end was cut off: there is no seal");
  const { sub, publicKey } = header;
  return { ok: true, sub, publicKey, head, marks: new Map(rows.map((row) => [row.seq, row.hash])) };
}
