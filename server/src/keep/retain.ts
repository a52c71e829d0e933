/** Audit rows end by age, where the organisation set one: day by day, as `audit/cut.ts` removes them, by one process. */
import { cutAudit } from "../audit/cut.ts";
import type { Signer } from "../audit/export.ts";
import type { Log } from "../observe/log.ts";
import type { Db } from "../store/schema.ts";
import { endedBy, takeTerms } from "./terms.ts";

/** A day is cut off whole, so that the trail does not fill with rows that tell of cuts. */
function dayOf(at: string): string {
  return `${at.slice(0, 10)}T00:00:00.000Z`;
}

/** One turn, if it is due. How many rows were removed. */
export function createRetention(deps: {
  db: Db;
  signer: Signer;
  /** Absent: they are kept. */
  days: number | undefined;
  log: Log;
  now(): Date;
}): () => Promise<number> {
  const { db, days, log } = deps;
  return async () => {
    if (days === undefined) return 0;
    const now = deps.now();
    const terms = await takeTerms(db, "audit", days, now.getTime());
    const endedAt = terms && endedBy(terms, now.getTime());
    if (endedAt === undefined) return 0;
    const at = now.toISOString();
    const cut = await cutAudit(db, deps.signer, { until: dayOf(endedAt), at });
    if ("broken" in cut) {
      log.error("audit: nothing is removed from a chain that does not hold; run audit export", {
        row: cut.broken,
      });
    }
    return cut.removed;
  };
}
