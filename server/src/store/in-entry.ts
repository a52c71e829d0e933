/** What a row of the audit says in its hashed text, for queries: an index of the same expression serves them, whoever wrote the row. */
import { type RawBuilder, sql } from "kysely";

import type { Store } from "./open.ts";

/**
 * A text member of the JSON object in the audit's column `entry`; null where there is none. SQLite uses an index for a text column's value
 * only where the indexed expression is text too (sqlite.org/datatype3.html, 4.2): hence the cast.
 */
export function inEntry(kind: Store["kind"], member: string): RawBuilder<unknown> {
  return kind === "sqlite"
    ? sql`cast(json_extract(entry, ${sql.lit(`$.${member}`)}) as text)`
    : sql`(entry::jsonb ->> ${sql.lit(member)})`;
}
