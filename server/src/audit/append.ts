/**
 * Append-only audit rows, each with the hash of the one before it. Holds ids, digests, states and times; never mail text.
 * Written in the transaction of the move that it records.
 */
import type { AuditKind } from "@vaultdesk/shared/audit.ts";
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import type { Transaction } from "kysely";

import type { Tables } from "../store/schema.ts";
import { hashOf } from "./chain.ts";

export interface AuditEntry {
  /** The facts of each kind are named in `shared/src/audit.ts`. */
  kind: AuditKind;
  sub: string;
  /** Absent for what is about a person and no approval. */
  approvalId?: string;
  /** Of what is about a deal room: names and addresses in it stay in it. */
  roomId?: string;
  facts: Readonly<Record<string, string | number>>;
}

export async function append(
  tx: Transaction<Tables>,
  at: string,
  entry: AuditEntry,
): Promise<void> {
  // Taking the number locks the head until the commit: two that append at once would else both follow the same row.
  const head = await tx
    .updateTable("audit_head")
    .set((row) => ({ seq: row("seq", "+", 1) }))
    .where("id", "=", 1)
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  const text = canonicalJson(entry);
  const hash = hashOf(head.hash, head.seq, at, text);
  await tx
    .insertInto("audit")
    .values({
      seq: head.seq,
      at,
      entry: text,
      prev: head.hash,
      hash,
      sub: entry.sub,
      kind: entry.kind,
    })
    .execute();
  await tx.updateTable("audit_head").set({ hash }).where("id", "=", 1).execute();
}
