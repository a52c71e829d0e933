/** When a phone takes its next push, in the transaction that proposes. How many it takes is `bucket.ts`. */
import type { Transaction } from "kysely";

import type { Tables } from "../store/schema.ts";
import { MINUTE_MS, nextSlot } from "./bucket.ts";

/** When this person's phone takes the next push. The no-op update puts two proposals of one person in a row. */
export async function slot(
  tx: Transaction<Tables>,
  approver: string,
  now: number,
): Promise<number> {
  await tx
    .updateTable("users")
    .set((row) => ({ created_at: row.ref("created_at") }))
    .where("sub", "=", approver)
    .execute();
  const rows = await tx
    .selectFrom("approvals")
    .select("pushed_at")
    .where("approver", "=", approver)
    .where("pushed_at", ">", now - MINUTE_MS)
    .execute();
  return nextSlot(
    rows.flatMap((row) => row.pushed_at ?? []),
    now,
  );
}

/** Of several people, always in the same order: two proposals that ask the same two would else wait for one another. */
export async function slotsOf(
  tx: Transaction<Tables>,
  approvers: readonly string[],
  now: number,
): Promise<(approver: string) => number> {
  const slots = new Map<string, number>();
  for (const one of approvers.toSorted((a, b) => a.localeCompare(b))) {
    slots.set(one, await slot(tx, one, now));
  }
  return (approver) => slots.get(approver) ?? now;
}
