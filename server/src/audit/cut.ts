/**
 * Removes the oldest rows of the chain, in one transaction with the signed anchor that stands for them and a row that says so. Not while any
 * legal hold is on, and nothing of a chain that does not hold: what shows that it was changed is kept.
 */
import { OPERATOR } from "@vaultdesk/shared/audit.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";

import { isEnded } from "../approvals/transition.ts";
import type { Db } from "../store/schema.ts";
import { anchorHolds, anchorLine, anchorLineOf, readAnchor, type SignedAnchor } from "./anchor.ts";
import { append } from "./append.ts";
import { GENESIS, hashOf } from "./chain.ts";
import type { Signer } from "./export.ts";
import { holdsOf } from "./holds.ts";
import { follow, type Stories } from "./story.ts";

export type Cut =
  | { removed: number }
  /** Nothing was. `seq`: the row that does not hold, 0 for the anchor. */
  | { removed: 0; broken: number };

const PAGE = 1000;
/** At once: whoever writes a row waits as long as these take. */
const MOST = 50_000;
/** An anchor is one line of an export, which ends at a megabyte. */
const MOST_OPEN = 5000;

interface Past {
  line: string | undefined;
  seq: number;
  hash: string;
  stories: Stories;
}

async function begun(db: Db, signer: Signer): Promise<Past | undefined> {
  const line = await anchorLineOf(db);
  if (line === undefined) return { line, seq: 0, hash: GENESIS, stories: new Map() };
  const signed: SignedAnchor | undefined = readAnchor(line);
  if (signed === undefined || !anchorHolds(signed, signer.publicKey)) return undefined;
  const { seq, hash, open } = signed.anchor;
  return { line, seq, hash, stories: new Map(open) };
}

/** Rows of before `until` (ISO 8601), at most so many, each checked as `verify.ts` does. The row that does not hold, if one does not. */
async function readPast(db: Db, past: Past, until: string): Promise<number | undefined> {
  const first = past.seq;
  for (;;) {
    const page = await db
      .selectFrom("audit")
      .select(["seq", "at", "entry", "prev", "hash"])
      .where("seq", ">", past.seq)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    for (const { seq, at, entry, prev, hash } of page) {
      if (at >= until || past.seq - first >= MOST) return undefined;
      const joined = seq === past.seq + 1 && prev === past.hash;
      if (!joined || hash !== hashOf(prev, seq, at, entry)) return seq;
      if (follow(past.stories, entry) !== undefined) return seq;
      past.seq = seq;
      past.hash = hash;
    }
    if (page.length < PAGE) return undefined;
  }
}

export async function cutAudit(
  db: Db,
  signer: Signer,
  { until, at }: { until: string; at: string },
): Promise<Cut> {
  const past = await begun(db, signer);
  if (past === undefined) return { removed: 0, broken: 0 };
  const first = past.seq;
  const broken = await readPast(db, past, until);
  if (broken !== undefined) return { removed: 0, broken };
  const removed = past.seq - first;
  const open = [...past.stories].flatMap(([id, state]) =>
    isEnded(state) ? [] : [[ApprovalId.parse(id), state] as [ApprovalId, typeof state]],
  );
  if (removed === 0 || open.length > MOST_OPEN) return { removed: 0 };
  const { seq, hash } = past;
  const { publicKey } = signer;
  const line = anchorLine({ seq, hash, removed, at, publicKey, open }, (text) =>
    signer.signText(text),
  );
  return db.transaction().execute(async (tx): Promise<Cut> => {
    // The head's lock: a hold is put on with a row, so it is seen here, or comes after.
    await tx
      .updateTable("audit_head")
      .set((row) => ({ seq: row.ref("seq") }))
      .where("id", "=", 1)
      .execute();
    // Another process may have cut meanwhile.
    const moved = (await anchorLineOf(tx)) !== past.line;
    if (moved || (await holdsOf(tx)).length > 0) return { removed: 0 };
    await tx.deleteFrom("audit").where("seq", "<=", seq).execute();
    await tx
      .insertInto("audit_anchor")
      .values({ id: 1, line })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ line }))
      .execute();
    const facts = { seq, hash, rows: removed };
    await append(tx, at, { kind: "audit.cut", sub: OPERATOR, facts });
    return { removed };
  });
}
