/**
 * Append-only audit rows, each with the hash of the one before it. Holds ids, digests, states and times; never mail text.
 * Written in the transaction of the move that it records.
 */
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import type { Transaction } from "kysely";

import type { Tables } from "../store/schema.ts";
import { GENESIS, hashOf } from "./chain.ts";

export interface AuditEntry {
  kind: "approval.moved" | "grant.accepted" | "grant.refused";
  sub: string;
  approvalId: string;
  facts: Readonly<Record<string, string | number>>;
}

export async function append(
  tx: Transaction<Tables>,
  at: string,
  entry: AuditEntry,
): Promise<void> {
  const last = await tx
    .selectFrom("audit")
    .select(["seq", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const prev = last?.hash ?? GENESIS;
  const text = canonicalJson(entry);
  await tx
    .insertInto("audit")
    .values({ seq, at, entry: text, prev, hash: hashOf(prev, seq, at, text) })
    .execute();
}
