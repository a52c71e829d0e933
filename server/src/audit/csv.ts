/**
 * An export as a table (RFC 4180): columns that a person reads, then the row as it is in the chain. The table can be checked like the lines it
 * was made of: each record is written in one way, so that it is proven by writing it again from its last columns. Pure.
 */
import { AuditEntryView } from "@vaultdesk/shared/audit.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";

import { csvCell } from "../csv-cell.ts";
import { readAnchor } from "./anchor.ts";
import { lineOf, readHead, readHeader, readRow } from "./chain.ts";

const FACTS = ["from", "to", "digest", "approver", "request", "jti", "messages", "events"] as const;
const COLUMNS = ["seq", "at", "kind", "person", "approval", "room", ...FACTS, "facts"];
/** From which the record is made. */
const PROOF = ["entry", "prev", "hash"];
export const CSV_COLUMNS = [...COLUMNS, ...PROOF].join(",");

function recordOf(values: Readonly<Record<string, string | number>>): string {
  return [...COLUMNS, ...PROOF].map((name) => csvCell(values[name])).join(",");
}

function entryOf(text: string): AuditEntryView | undefined {
  try {
    return AuditEntryView.safeParse(parseJson(text)).data;
  } catch {
    return undefined;
  }
}

/** The record of a line of an export; what is neither a row nor a signed line stands in `entry` as it is. */
function recordOfLine(line: string): string {
  const row = readRow(line);
  if (row !== undefined) {
    const entry = entryOf(row.entry);
    const { kind = "", sub: person = "", approvalId: approval = "", facts = {} } = entry ?? {};
    const shown = Object.fromEntries(
      FACTS.flatMap((name) => (name in facts ? [[name, facts[name] ?? ""]] : [])),
    );
    const more = Object.entries(facts).filter(([name]) => !(name in shown));
    return recordOf({
      ...shown,
      ...row,
      kind,
      person,
      approval,
      room: entry?.roomId ?? "",
      facts: more.map(([name, value]) => `${name}=${value}`).join("; "),
    });
  }
  const anchored = readAnchor(line) === undefined ? "audit.signed" : "audit.anchor";
  const kind = readHeader(line) === undefined ? anchored : "audit.header";
  const head = readHead(line)?.head;
  return recordOf({
    kind,
    entry: line,
    ...(head === undefined ? {} : { seq: head.seq, at: head.at }),
  });
}

export async function* csvOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield CSV_COLUMNS;
  for await (const line of lines) yield recordOfLine(line);
}

function cellsOf(record: string): string[] {
  const cells = record.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
  return cells.map((text) =>
    text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text,
  );
}

/** The line that a record was made of; empty, which is no line, for a record that would not be written like this. */
function lineOfRecord(record: string): string {
  const cells = cellsOf(record);
  const [seq = "", at = "", kind = ""] = cells;
  const [entry = "", prev = "", hash = ""] = cells.slice(-PROOF.length);
  const line =
    hash === "" && kind !== "" ? entry : lineOf({ seq: Number(seq), at, entry, prev, hash });
  return recordOfLine(line) === record ? line : "";
}

/** Turns the lines of a table into those of the export; lines of anything else go through as they are. */
export async function* fromCsv(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let table: boolean | undefined;
  for await (const line of lines) {
    if (table === undefined) {
      table = line === `${CSV_COLUMNS}\r`;
      if (table) continue;
    }
    if (!table) yield line;
    else yield line.endsWith("\r") ? lineOfRecord(line.slice(0, -1)) : "";
  }
}
