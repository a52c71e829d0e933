/**
 * Deletes a conversation: events, runs, transcripts, checkpoints, its list of drafts, and the content of its approvals. What stays of an
 * approval holds no content: digest, state, times, and the ids of what it sent, by which another approval's mail is told apart.
 * Audit rows stay, and one more says that it went. Drafts in Gmail stay. Refused under a legal hold, and while a run works or an approval
 * is open: who asks for it ends those first; what ends by age is left for later.
 */
import type { Transaction } from "kysely";

import { append } from "../audit/append.ts";
import { isHeld } from "../audit/holds.ts";
import type { Db, Tables } from "../store/schema.ts";

export type Erased = "erased" | "absent" | "used" | "busy" | "held";

const NOTHING = new Uint8Array();

interface Erasing {
  sub: string;
  id: string;
  /** ISO 8601. */
  at: string;
  /** Ends by age: ISO 8601, one that was used after it stays. */
  unusedSince?: string;
}

export function eraseConversation(db: Db, { sub, id, at, unusedSince }: Erasing): Promise<Erased> {
  return db.transaction().execute(async (tx): Promise<Erased> => {
    // The no-op update takes the row's lock: each event is numbered on this row, so a run or a request that starts at the same time is
    // either seen below, or finds no conversation and is rolled back.
    const own = await tx
      .updateTable("conversations")
      .set((row) => ({ last_seq: row.ref("last_seq") }))
      .where("id", "=", id)
      .where("sub", "=", sub)
      .returning("updated_at")
      .executeTakeFirst();
    if (own === undefined) return "absent";
    // Its person may have written into it since it was found to be of age.
    if (unusedSince !== undefined && own.updated_at > unusedSince) return "used";
    if (await isHeld(tx, sub, id)) return "held";
    const approval = await tx
      .selectFrom("approvals")
      .select("id")
      .where("conversation_id", "=", id)
      .where((where) =>
        where.or([where("ended_at", "is", null), where("state", "in", ["executing", "unknown"])]),
      )
      .executeTakeFirst();
    const runs = await tx
      .selectFrom("runs")
      .select(["id", "state"])
      .where("conversation_id", "=", id)
      .execute();
    if (approval !== undefined || runs.some((run) => run.state !== "ended")) return "busy";
    await removeConversation(
      tx,
      id,
      runs.map((run) => run.id),
    );
    const facts = {
      conversationId: id,
      ...(unusedSince === undefined ? {} : { reason: "expired" }),
    };
    await append(tx, at, { kind: "conversation.deleted", sub, facts });
    return "erased";
  });
}

/** All of it but its audit rows. `threads`: its runs. Under the lock of its row. */
export async function removeConversation(
  tx: Transaction<Tables>,
  id: string,
  threads: readonly string[],
): Promise<void> {
  if (threads.length > 0) {
    await tx.deleteFrom("checkpoint_writes").where("thread_id", "in", threads).execute();
    await tx.deleteFrom("checkpoint_values").where("thread_id", "in", threads).execute();
    await tx.deleteFrom("checkpoints").where("thread_id", "in", threads).execute();
  }
  await tx.deleteFrom("runs").where("conversation_id", "=", id).execute();
  await tx.deleteFrom("events").where("conversation_id", "=", id).execute();
  await tx.deleteFrom("conversation_rooms").where("conversation_id", "=", id).execute();
  await tx.deleteFrom("conversation_mail").where("conversation_id", "=", id).execute();
  await tx.deleteFrom("drafts").where("conversation_id", "=", id).execute();
  await tx
    .updateTable("approvals")
    .set({
      conversation_id: "",
      run_id: null,
      call_id: null,
      content_digest: "",
      draft_id: "",
      action_sealed: NOTHING,
      raw_sealed: NOTHING,
      judged_sealed: null,
      request_sealed: null,
      eyes_sealed: null,
      detail: null,
    })
    .where("conversation_id", "=", id)
    .execute();
  await tx.deleteFrom("conversations").where("id", "=", id).execute();
}
