/** Rows of the past by the hundred thousand: conversations of a hundred people and ended approvals, made in the database itself. */
import { sql } from "kysely";

import type { Store } from "../../server/src/store/open.ts";

const PEOPLE = 100;

const id = (kind: string) => sql`${kind} || n`;

/** One of a hundred rows is this person's. Rows are numbered `from` to `to`, the last not among them. */
export async function addHistory(store: Store, sub: string, from: number, to: number) {
  const postgres = store.kind === "postgres";
  const rows = postgres ? sql`generate_series(${from}::int, ${to - 1}::int) as made(n)` : sql`made`;
  const counted = postgres
    ? sql``
    : sql`with recursive made(n) as (select ${from} union all select n + 1 from made where n + 1 < ${to})`;
  const owner = sql`case when n % ${sql.lit(PEOPLE)} = 0 then ${sub} else 'person ' || (n % ${sql.lit(PEOPLE)}) end`;
  const blob = postgres ? sql`'\\x00'::bytea` : sql`x'00'`;
  const at = sql`'2026-01-01T00:00:00.' || n`;
  await sql`insert into conversations (id, sub, title_sealed, last_seq, created_at, updated_at)
    ${counted} select ${id("con_past_")}, ${owner}, ${blob}, 1, ${at}, ${at} from ${rows}`.execute(
    store.db,
  );
  await sql`insert into approvals (id, conversation_id, sub, approver, state, digest, code, draft_id,
      action_sealed, raw_sealed, lease_until, requested_at, expires_at, ended_at)
    ${counted} select ${id("apr_past_")}, ${id("con_past_")}, ${owner}, ${owner}, 'executed', 'd', 'c', 'r',
      ${blob}, ${blob}, 0, ${at}, ${at}, ${at} from ${rows}`.execute(store.db);
  await sql`analyze`.execute(store.db);
}
