/**
 * How long something is kept, and since when people can see that. Nothing ends by age before these terms have stood for a day: not after an
 * upgrade, another policy or a restore, and not after a gap, in which the server was off or its clock jumped.
 */
import type { Db } from "../store/schema.ts";

/** What ends by age. */
type Kept = "conversations" | "audit";

export interface Terms {
  days: number;
  /** Milliseconds since the epoch: when they were first seen, and last. */
  since: number;
  seen: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Pure. */
export function termsAt(now: number, days: number, before: Terms | undefined): Terms {
  const stood =
    before !== undefined &&
    before.days === days &&
    before.since <= now &&
    before.seen <= now &&
    now - before.seen <= DAY_MS;
  return { days, since: stood ? before.since : now, seen: now };
}

/** When what was last used at `usedAt` (ISO 8601) ends. Pure. */
export function endOf(usedAt: string, { days, since }: Terms): string {
  return new Date(Math.max(Date.parse(usedAt) + days * DAY_MS, since + DAY_MS)).toISOString();
}

/** ISO 8601: what was last used then or before is at its end now. `undefined`: nothing is. Pure. */
export function endedBy({ days, since }: Terms, now: number): string | undefined {
  return now < since + DAY_MS ? undefined : new Date(now - days * DAY_MS).toISOString();
}

export async function termsOf(db: Db, name: Kept): Promise<Terms | undefined> {
  return db
    .selectFrom("upkeep")
    .select(["days", "since", "seen"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** The terms of now, to the one process that looks after it for the next hour; to the others `undefined`. */
export async function takeTerms(
  db: Db,
  name: Kept,
  days: number,
  now: number,
): Promise<Terms | undefined> {
  const before = await termsOf(db, name);
  const ago = before === undefined ? HOUR_MS : now - before.seen;
  if (before?.days === days && ago >= 0 && ago < HOUR_MS) return undefined;
  const terms = termsAt(now, days, before);
  const taken =
    before === undefined
      ? await db
          .insertInto("upkeep")
          .values({ name, ...terms })
          .onConflict((conflict) => conflict.column("name").doNothing())
          .returning("name")
          .executeTakeFirst()
      : await db
          .updateTable("upkeep")
          .set(terms)
          .where("name", "=", name)
          .where("seen", "=", before.seen)
          .returning("name")
          .executeTakeFirst();
  return taken === undefined ? undefined : terms;
}

/** A long turn goes on: its hour begins again. */
export async function keepTerms(db: Db, name: Kept, now: number): Promise<void> {
  await db.updateTable("upkeep").set({ seen: now }).where("name", "=", name).execute();
}
