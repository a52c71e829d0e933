/**
 * Conversations end by age: so many days after the last word in them they are erased as if their person had deleted them. One that is
 * under a legal hold, that works or that waits for a phone is passed over; whoever writes into one at that moment keeps it. Of several
 * processes one looks, once an hour.
 */
import { setImmediate } from "node:timers/promises";

import { eraseConversation } from "../conversations/erase.ts";
import type { Db } from "../store/schema.ts";
import { endedBy, keepTerms, takeTerms } from "./terms.ts";

const PAGE = 200;

/** One turn, if it is due. How many were erased. */
export function createExpiry(deps: {
  db: Db;
  days: number;
  leaving: AbortSignal;
  now(): Date;
}): () => Promise<number> {
  const { db, days, leaving } = deps;

  function page(endedAt: string, after: { updated_at: string; id: string }) {
    return db
      .selectFrom("conversations")
      .select(["id", "sub", "updated_at"])
      .where("updated_at", "<=", endedAt)
      .where((where) =>
        where(where.refTuple("updated_at", "id"), ">", where.tuple(after.updated_at, after.id)),
      )
      .orderBy("updated_at")
      .orderBy("id")
      .limit(PAGE)
      .execute();
  }

  return async () => {
    const now = deps.now();
    const terms = await takeTerms(db, "conversations", days, now.getTime());
    const unusedSince = terms && endedBy(terms, now.getTime());
    if (unusedSince === undefined) return 0;
    let erased = 0;
    let last = { updated_at: "", id: "" };
    for (;;) {
      const rows = await page(unusedSince, last);
      for (const { id, sub } of rows) {
        if (leaving.aborted) return erased;
        const at = deps.now().toISOString();
        if ((await eraseConversation(db, { sub, id, at, unusedSince })) === "erased") erased += 1;
        // A store in this process answers at once: requests are let in between.
        await setImmediate();
      }
      last = rows.at(-1) ?? last;
      if (rows.length < PAGE) return erased;
      await keepTerms(db, "conversations", deps.now().getTime());
    }
  };
}
