/** Whether a store is whole: its pages, its schema, its master key and its audit chain. Reads only. */
import { sql } from "kysely";

import { createSigner, exportLines } from "../audit/export.ts";
import { createCheck } from "../audit/verify.ts";
import { inWords } from "../audit/words.ts";
import { stepsOf } from "../store/as-is.ts";
import { StoreError } from "../store/error.ts";
import { createKeyring } from "../store/keys.ts";
import type { Store } from "../store/open.ts";
import type { Db } from "../store/schema.ts";

export interface Holds {
  people: number;
  conversations: number;
  approvals: number;
  open: number;
  head: { seq: number; hash: string };
}

export type Looked = { ok: true; holds: Holds } | { ok: false; problem: string };

function now(): Date {
  return new Date();
}

export async function look(
  { kind, db }: Pick<Store, "kind" | "db">,
  masterKey: Uint8Array,
): Promise<Looked> {
  try {
    if (kind === "sqlite") {
      const { rows } = await sql<{
        integrity_check: string;
      }>`pragma integrity_check(1)`.execute(db);
      if (rows[0]?.integrity_check !== "ok") return { ok: false, problem: "its pages are damaged" };
    }
    const { missing, newer } = await stepsOf(db, kind);
    if (newer.length > 0) return { ok: false, problem: "a later version of VaultDesk made it" };
    if (missing.length > 0) {
      return {
        ok: false,
        problem: "an earlier version of VaultDesk made it, and it is not migrated",
      };
    }
    await createKeyring(db, masterKey, now).opensWhatIsThere();
    const signer = createSigner(masterKey);
    const check = createCheck(signer.publicKey);
    for await (const line of exportLines(db, signer, now)) check.take(line);
    const verdict = check.end();
    if (!verdict.ok)
      return { ok: false, problem: `audit trail ${inWords(verdict, true).join(" ")}` };
    const holds = await holdsOf(db);
    // An export that ends early is whole by itself: only the store's own head tells that rows are missing at the end.
    if (holds.head.seq !== verdict.head.seq || holds.head.hash !== verdict.head.hash) {
      return { ok: false, problem: "the audit trail was cut: its last rows are missing" };
    }
    return { ok: true, holds };
  } catch (error) {
    if (error instanceof StoreError) return { ok: false, problem: error.message };
    throw error;
  }
}

export async function headOf(db: Db): Promise<Holds["head"]> {
  return db
    .selectFrom("audit_head")
    .select(["seq", "hash"])
    .where("id", "=", 1)
    .executeTakeFirstOrThrow();
}

async function holdsOf(db: Db): Promise<Holds> {
  const count = async (table: "users" | "conversations" | "approvals", open = false) => {
    const { n } = await db
      .selectFrom(table)
      .select((each) => each.fn.countAll<number | string>().as("n"))
      .$if(open, (query) => query.where(sql<boolean>`ended_at is null`))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  return {
    people: await count("users"),
    conversations: await count("conversations"),
    approvals: await count("approvals"),
    open: await count("approvals", true),
    head: await headOf(db),
  };
}

export function inLine({ people, conversations, approvals, open, head }: Holds): string {
  return `${people} people, ${conversations} conversations, ${approvals} approvals (${open} open), audit row ${head.seq}`;
}
