/**
 * Signing out everywhere: a mark per person in the store. What was issued up to the mark's second is refused, in every process, since `iat`
 * says no more than the second: one issued right after the mark within it would else pass as one from before.
 */
import { append } from "../audit/append.ts";
import type { Bus } from "../store/bus.ts";
import type { Db } from "../store/schema.ts";
import type { Principal } from "./principal.ts";

export interface SignOuts {
  /** Marks now, or a time ahead, and announces it. Answers when the marked second is over, milliseconds since the epoch. */
  mark(sub: string, aheadMs?: number): Promise<number>;
  covers(principal: Pick<Principal, "sub" | "issuedAt">): Promise<boolean>;
  /** Calls `heard` when this person may have signed out everywhere: the store says whether. */
  watch(sub: string, heard: () => void, signal: AbortSignal): void;
}

export function createSignOuts(db: Db, bus: Bus, now: () => Date): SignOuts {
  return {
    async mark(sub, aheadMs = 0) {
      const at = now();
      const before = Math.floor((at.getTime() + aheadMs) / 1000);
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("sign_outs")
          .values({ sub, before })
          .onConflict((conflict) => conflict.column("sub").doUpdateSet({ before }))
          .execute();
        await append(tx, at.toISOString(), {
          kind: "session.signed_out_everywhere",
          sub,
          facts: { before },
        });
        await bus.publishIn(tx, "sign_out", sub);
      });
      bus.announce("sign_out", sub);
      return (before + 1) * 1000;
    },

    async covers({ sub, issuedAt }) {
      const row = await db
        .selectFrom("sign_outs")
        .select("before")
        .where("sub", "=", sub)
        .executeTakeFirst();
      return row !== undefined && issuedAt <= row.before;
    },

    watch(sub, heard, signal) {
      bus.on("sign_out", sub, heard, signal);
    },
  };
}
