/** When conversations end by age, as their list says it. Those under a legal hold have no end. */
import { endOf, termsOf } from "../keep/terms.ts";
import type { Db } from "../store/schema.ts";

/** By id. ISO 8601. */
export async function endsOf(
  db: Db,
  sub: string,
  rows: readonly { id: string; updated_at: string }[],
): Promise<ReadonlyMap<string, string>> {
  const terms = await termsOf(db, "conversations");
  if (terms === undefined || rows.length === 0) return new Map();
  const ids = rows.map((row) => row.id);
  const holds = await db
    .selectFrom("holds")
    .select("target")
    .where((where) =>
      where.or([
        where.and([where("kind", "=", "person"), where("target", "=", sub)]),
        where.and([where("kind", "=", "conversation"), where("target", "in", ids)]),
      ]),
    )
    .execute();
  const held = new Set(holds.map((hold) => hold.target));
  if (held.has(sub)) return new Map();
  return new Map(
    rows.flatMap(({ id, updated_at: usedAt }) =>
      held.has(id) ? [] : [[id, endOf(usedAt, terms)] as const],
    ),
  );
}
