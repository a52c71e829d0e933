/**
 * A store that was brought back from a copy is behind the world: a phone may have answered since, and a mail may have gone out. So no
 * write rests on a yes from before: every approval that was open becomes `unknown`, without a place in the queue and without an attempt
 * of its own, which tells it from others; reading Google settles it (`actions/execute.ts`), and what is not done is asked again.
 * Everybody signs in again: a sign-out since the copy is not known here, and an open panel counts events that no longer are.
 */
import { sql } from "kysely";

import { append } from "../audit/append.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createLocalBus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { readRow } from "./row.ts";

const DETAIL =
  "The server was brought back from a backup. Google is being read to see what became of this; what is done is not done again.";

/** Marks a store that no server has open. How many approvals were open. */
export async function markRestored(db: Db, keys: Keyring, now: () => Date): Promise<number> {
  const at = now();
  const log = createConversationLog(db, createLocalBus(), keys, now);
  return db.transaction().execute(async (tx) => {
    const head = await tx
      .selectFrom("audit_head")
      .select(["seq", "hash"])
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    await append(tx, at.toISOString(), { kind: "store.restored", sub: "", facts: head });
    const open = await tx
      .selectFrom("approvals")
      .selectAll()
      .where("ended_at", "is", null)
      .where("conversation_id", "<>", "")
      .execute();
    await tx
      .updateTable("approvals")
      .set({ state: "unknown", detail: DETAIL, attempts: 0, lease_until: 0, pushed_at: null })
      .where("ended_at", "is", null)
      .execute();
    for (const row of open) {
      const { id, sub, digest, approver, state: from } = row;
      if (from !== "unknown") {
        const facts = { from, to: "unknown", digest, approver, restored: 1 };
        await append(tx, at.toISOString(), { kind: "approval.moved", sub, approvalId: id, facts });
      }
      // The conversation is the requester's.
      if (row.second_of !== null) continue;
      const { view } = readRow(
        { ...row, state: "unknown", lease_until: 0 },
        await keys.of(sub, tx),
      );
      const event = { type: "approval.changed", approval: view } as const;
      await log.appendIn(tx, view.conversationId, sub, event);
    }
    await tx.deleteFrom("queue").execute();
    await tx.deleteFrom("panels").execute();
    // What is of age by now may be what it was brought back for.
    await tx.deleteFrom("upkeep").execute();
    const before = Math.floor(at.getTime() / 1000);
    await tx
      .insertInto("sign_outs")
      .columns(["sub", "before"])
      .expression((select) =>
        select
          .selectFrom("users")
          .select(["sub", sql<number>`${before}`.as("before")])
          // Without a condition SQLite reads ON of the conflict as ON of a join (sqlite.org/lang_upsert.html, "Parsing Ambiguity").
          .where(sql<boolean>`true`),
      )
      .onConflict((conflict) => conflict.column("sub").doUpdateSet({ before }))
      .execute();
    return open.length;
  });
}
