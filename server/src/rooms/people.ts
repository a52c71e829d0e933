/**
 * Whose mailbox is whose: the address that Google named for the mailbox which a person connected. It is what an invitation meets, since an
 * access token names no address, and whoever opens the mailbox has proven theirs to Google.
 */
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

const place = (sub: string) => `people/${sub}/address`;

/** As of their last session; `undefined` for somebody who never connected a mailbox. */
export async function addressOf(db: Db, keys: Keyring, sub: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("people")
    .select("address_sealed")
    .where("sub", "=", sub)
    .executeTakeFirst();
  return row === undefined ? undefined : (await keys.of(sub)).text(row.address_sealed, place(sub));
}

/** Whoever lost the mailbox takes up no invitation to it any more. */
export async function forget(db: Db, sub: string): Promise<void> {
  await db.deleteFrom("people").where("sub", "=", sub).execute();
}

export async function remember(db: Db, keys: Keyring, sub: string, address: string): Promise<void> {
  const address_hash = keys.blind(address);
  const known = await db
    .selectFrom("people")
    .select("sub")
    .where("sub", "=", sub)
    .where("address_hash", "=", address_hash)
    .executeTakeFirst();
  if (known !== undefined) return;
  const address_sealed = (await keys.of(sub)).seal(address, place(sub));
  await db
    .insertInto("people")
    .values({ sub, address_hash, address_sealed })
    .onConflict((conflict) => conflict.column("sub").doUpdateSet({ address_hash, address_sealed }))
    .execute();
}
