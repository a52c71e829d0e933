/** The key of each user: made at first use, wrapped by the master key at rest, held unwrapped in memory only. */
import type { Transaction } from "kysely";

import { newKey, open, seal } from "./crypto.ts";
import type { Db, Tables } from "./schema.ts";

/** Seals and opens one user's content. `place` names table, row and column. */
export interface Sealer {
  seal(value: string | Uint8Array, place: string): Uint8Array;
  text(sealed: Uint8Array, place: string): string;
  bytes(sealed: Uint8Array, place: string): Buffer;
}

export interface Keyring {
  of(sub: string, tx?: Transaction<Tables>): Promise<Sealer>;
}

function sealer(key: Uint8Array): Sealer {
  return {
    seal: (value, place) => seal(key, value, place),
    text: (sealed, place) => open(key, sealed, place).toString("utf8"),
    bytes: (sealed, place) => open(key, sealed, place),
  };
}

export function createKeyring(db: Db, masterKey: Uint8Array, now: () => Date): Keyring {
  const known = new Map<string, Sealer>();
  return {
    async of(sub, tx) {
      const cached = known.get(sub);
      if (cached !== undefined) return cached;
      const on = tx ?? db;
      await on
        .insertInto("users")
        .values({
          sub,
          key_wrapped: seal(masterKey, newKey(), `users/${sub}`),
          created_at: now().toISOString(),
        })
        .onConflict((conflict) => conflict.column("sub").doNothing())
        .execute();
      // Two first requests at once: the row that stands is the one that counts.
      const row = await on
        .selectFrom("users")
        .select("key_wrapped")
        .where("sub", "=", sub)
        .executeTakeFirstOrThrow();
      const made = sealer(open(masterKey, row.key_wrapped, `users/${sub}`));
      if (tx === undefined) known.set(sub, made);
      return made;
    },
  };
}
