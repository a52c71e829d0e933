/**
 * Legal holds: what a person asked and was answered is kept, whatever expires and whoever deletes, until the hold is lifted. Put on and lifted
 * by the operator alone, each with its audit row.
 */
import { OPERATOR } from "@vaultdesk/shared/audit.ts";
import { newId } from "@vaultdesk/shared/id.ts";
import type { Kysely, Transaction } from "kysely";

import type { Db, Tables } from "../store/schema.ts";
import { append } from "./append.ts";

export const HOLD_KINDS = ["person", "conversation"] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

export interface Hold {
  id: string;
  kind: HoldKind;
  /** The person's `sub`, or the conversation's id. */
  target: string;
  since: string;
}

function isHoldKind(kind: string): kind is HoldKind {
  return HOLD_KINDS.some((one) => one === kind);
}

export async function holdsOf(db: Kysely<Tables>): Promise<Hold[]> {
  const rows = await db.selectFrom("holds").selectAll().orderBy("since").execute();
  return rows.flatMap(({ kind, ...rest }) => (isHoldKind(kind) ? [{ kind, ...rest }] : []));
}

/** Of this person, or of this conversation of theirs. */
export async function isHeld(
  tx: Transaction<Tables>,
  sub: string,
  conversationId?: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom("holds")
    .select("id")
    .where((where) =>
      where.or([
        where.and([where("kind", "=", "person"), where("target", "=", sub)]),
        where.and([
          where("kind", "=", "conversation"),
          conversationId === undefined
            ? where("target", "in", (query) =>
                query.selectFrom("conversations").select("id").where("sub", "=", sub),
              )
            : where("target", "=", conversationId),
        ]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** `undefined` when there is one on it already. */
export function addHold(
  db: Db,
  at: string,
  kind: HoldKind,
  target: string,
): Promise<Hold | undefined> {
  const hold: Hold = { id: newId("hld"), kind, target, since: at };
  return db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("holds")
      .values(hold)
      .onConflict((conflict) => conflict.columns(["kind", "target"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) return undefined;
    const facts = { hold: hold.id, [kind]: target };
    await append(tx, at, { kind: "hold.added", sub: OPERATOR, facts });
    return hold;
  });
}

export function removeHold(db: Db, at: string, id: string): Promise<Hold | undefined> {
  return db.transaction().execute(async (tx) => {
    const row = await tx.deleteFrom("holds").where("id", "=", id).returningAll().executeTakeFirst();
    if (row === undefined || !isHoldKind(row.kind)) return undefined;
    const facts = { hold: row.id, [row.kind]: row.target };
    await append(tx, at, { kind: "hold.removed", sub: OPERATOR, facts });
    return { ...row, kind: row.kind };
  });
}
