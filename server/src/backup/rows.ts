/** Rows of any table of the store, in and out, as values that JSON can carry. */
import { sql } from "kysely";

import type { Db, Tables } from "../store/schema.ts";

export type TableName = keyof Tables;
type Value = string | number | null | { b64: string };
type Row = Record<string, Value>;

/** Every table, with the columns of its key, in which order its rows are read. */
const KEYS: Readonly<Record<TableName, readonly string[]>> = {
  users: ["sub"],
  conversations: ["id"],
  events: ["conversation_id", "seq"],
  runs: ["id"],
  drafts: ["conversation_id", "draft_id"],
  approvals: ["id"],
  queue: ["approval_id"],
  panels: ["sub"],
  buckets: ["name"],
  grants: ["jti"],
  audit: ["seq"],
  audit_head: ["id"],
  audit_anchor: ["id"],
  sign_ins: ["sub", "since"],
  google_access: ["sub"],
  holds: ["id"],
  settings: ["sub"],
  templates: ["id"],
  tool_uses: ["sub", "tool"],
  sign_outs: ["sub"],
  people: ["sub"],
  rooms: ["id"],
  room_members: ["id"],
  room_threads: ["id"],
  room_entries: ["id"],
  room_messages: ["room_id", "hash"],
  room_documents: ["id"],
  room_prints: ["room_id", "hash"],
  room_events: ["room_id", "blind"],
  conversation_rooms: ["conversation_id", "room_id"],
  conversation_mail: ["conversation_id", "blind"],
  approval_rooms: ["approval_id", "room_id"],
  upkeep: ["name"],
  meta: ["key"],
  checkpoints: ["thread_id", "ns", "id"],
  checkpoint_values: ["thread_id", "ns", "channel", "version"],
  checkpoint_writes: ["thread_id", "ns", "checkpoint_id", "task_id", "idx"],
};

export const TABLES = Object.keys(KEYS).filter((name): name is TableName => name in KEYS);

/** What a server writes before anybody uses it. */
export const BEGUN = ["audit_head", "meta", "buckets", "upkeep"] as const satisfies TableName[];

const PAGE = 500;

export async function* rowsOf(db: Db, table: TableName): AsyncGenerator<Row> {
  const order = sql.join(KEYS[table].map((column) => sql.ref(column)));
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}
      order by ${order} limit ${PAGE} offset ${offset}`.execute(db);
    for (const row of rows) {
      yield Object.fromEntries(Object.entries(row).map(([column, value]) => [column, out(value)]));
    }
    if (rows.length < PAGE) return;
  }
}

export async function insertRows(db: Db, table: TableName, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map(
    (row) => sql`(${sql.join(columns.map((column) => back(row[column] ?? null)))})`,
  );
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(db);
}

/** Nobody ever used it; its schema and the audit's beginning may be there. */
export async function isEmpty(db: Db): Promise<boolean> {
  for (const table of TABLES) {
    if (BEGUN.some((one) => one === table)) continue;
    for await (const _ of rowsOf(db, table)) return false;
  }
  return true;
}

function out(value: unknown): Value {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (value instanceof Uint8Array) return { b64: Buffer.from(value).toString("base64") };
  throw new TypeError(`a ${typeof value} can't leave the store`);
}

function back(value: Value): string | number | null | Buffer {
  return typeof value === "object" && value !== null ? Buffer.from(value.b64, "base64") : value;
}
