/** The key of each user: made at first use, wrapped by the master key at rest, held unwrapped in memory only. */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

import type { Transaction } from "kysely";

import { newKey, open, seal } from "./crypto.ts";
import { StoreError } from "./error.ts";
import type { Db, Tables } from "./schema.ts";

/** Seals and opens one user's content. `place` names table, row and column. */
export interface Sealer {
  seal(value: string | Uint8Array, place: string): Uint8Array;
  text(sealed: Uint8Array, place: string): string;
  bytes(sealed: Uint8Array, place: string): Buffer;
}

/** A deal room's key, for all its members. */
export interface RoomKey extends Sealer {
  /** The same text has another hash in another room, and none that anybody can compute once the room is deleted. */
  hash(text: string): string;
}

export interface Keyring {
  of(sub: string, tx?: Transaction<Tables>): Promise<Sealer>;
  /** A new room's key, as its row keeps it: it is destroyed with the row, so it is not held in memory. */
  wrappedForRoom(id: string): Uint8Array;
  ofRoom(id: string, wrapped: Uint8Array): RoomKey;
  /** Of what is looked for across rooms: an address, the name of a wall. Nobody without the master key can try addresses. */
  blind(text: string): string;
  /** Destroys it, in `tx`; drop it here once that is committed. What it sealed opens for nobody any more. */
  destroy(tx: Transaction<Tables>, sub: string): Promise<void>;
  /** Holds none in memory that another process may have destroyed. */
  dropDestroyed(): Promise<void>;
  /** For the queue's own secrets, which belong to no person's content. */
  readonly queue: Sealer;
  /** False when nothing is sealed yet. Throws `StoreError` when this is not the master key that the store was made with. */
  opensWhatIsThere(): Promise<boolean>;
  /** The same, and from now on this is the store's master key. */
  verify(): Promise<void>;
}

const CHECK = "master-key-check";
/** In `meta`: another value each time that a key is destroyed. */
const DESTROYED = "destroyed";

/** Somebody was forgotten a moment ago: what was still at work for them begins nothing anew. */
class JustForgotten extends Error {
  override readonly name = "JustForgotten";
  readonly code = "just_forgotten";
}

function sealer(bytes: Uint8Array): Sealer {
  // Made once: OpenSSL takes longer over a key's bytes than over a short value.
  const key = createSecretKey(bytes);
  return {
    seal: (value, place) => seal(key, value, place),
    text: (sealed, place) => open(key, sealed, place).toString("utf8"),
    bytes: (sealed, place) => open(key, sealed, place),
  };
}

/** HKDF (RFC 5869) from the master key, one key for each purpose. */
export function derivedKey(masterKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", masterKey, "", `vaultdesk ${purpose}`, 32));
}

function hmac(key: KeyObject, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

export function createKeyring(db: Db, masterKey: Uint8Array, now: () => Date): Keyring {
  const known = new Map<string, Sealer>();
  let destroyed: string | undefined;

  function unwrapped(sub: string, wrapped: Uint8Array): Sealer {
    return sealer(open(masterKey, wrapped, `users/${sub}`));
  }

  const blinding = createSecretKey(derivedKey(masterKey, "blind index"));
  function marked() {
    return db.selectFrom("meta").select("value").where("key", "=", CHECK).executeTakeFirst();
  }

  const ring: Keyring = {
    wrappedForRoom: (id) => seal(masterKey, newKey(), `rooms/${id}`),
    ofRoom(id, wrapped) {
      const key = open(masterKey, wrapped, `rooms/${id}`);
      // Of a list of rooms most are asked for no hash.
      let messages: KeyObject | undefined;
      const hashing = () => (messages ??= createSecretKey(derivedKey(key, "messages")));
      return { ...sealer(key), hash: (text) => hmac(hashing(), text) };
    },
    blind: (text) => hmac(blinding, text),
    queue: sealer(derivedKey(masterKey, "queue")),

    async of(sub, tx) {
      const cached = known.get(sub);
      if (cached !== undefined) return cached;
      const on = tx ?? db;
      const wrapped = () =>
        on.selectFrom("users").select("key_wrapped").where("sub", "=", sub).executeTakeFirst();
      let row = await wrapped();
      if (row === undefined) {
        // A sign-out that reaches into the future is of somebody who is being forgotten: see `keep/forget.ts`.
        const leaving = await on
          .selectFrom("sign_outs")
          .select("before")
          .where("sub", "=", sub)
          .where("before", ">", Math.ceil(now().getTime() / 1000))
          .executeTakeFirst();
        if (leaving !== undefined) throw new JustForgotten("this person was forgotten");
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
        row = await wrapped();
      }
      if (row === undefined) throw new Error("a user's key could not be made");
      const made = unwrapped(sub, row.key_wrapped);
      if (tx === undefined) known.set(sub, made);
      return made;
    },

    async destroy(tx, sub) {
      await tx.deleteFrom("users").where("sub", "=", sub).execute();
      const value = randomBytes(16);
      await tx
        .insertInto("meta")
        .values({ key: DESTROYED, value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
        .execute();
    },

    async dropDestroyed() {
      const row = await db
        .selectFrom("meta")
        .select("value")
        .where("key", "=", DESTROYED)
        .executeTakeFirst();
      const last = row === undefined ? "" : Buffer.from(row.value).toString("base64");
      // Rare: everybody's is read again.
      if (last !== destroyed) known.clear();
      destroyed = last;
    },

    async opensWhatIsThere() {
      const check = await marked();
      const user =
        check === undefined
          ? await db.selectFrom("users").select(["sub", "key_wrapped"]).limit(1).executeTakeFirst()
          : undefined;
      try {
        if (check !== undefined) open(masterKey, check.value, CHECK);
        if (user !== undefined) unwrapped(user.sub, user.key_wrapped);
      } catch (error) {
        throw new StoreError("wrong_master_key", error);
      }
      return check !== undefined || user !== undefined;
    },

    async verify() {
      await ring.opensWhatIsThere();
      if ((await marked()) !== undefined) return;
      await db
        .insertInto("meta")
        .values({ key: CHECK, value: seal(masterKey, CHECK, CHECK) })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
    },
  };
  return ring;
}
