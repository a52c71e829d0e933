/** For commands that run beside the server: opens the store that the environment names, if it is there and the master key is its own. */
import { existsSync } from "node:fs";

import { readStoreConfig } from "../config.ts";
import { createLog } from "../observe/log.ts";
import type { Outcome } from "../outcome.ts";
import { createKeyring, type Keyring } from "../store/keys.ts";
import { openStore, type Store } from "../store/open.ts";
import type { Db } from "../store/schema.ts";
import { createSigner, type Signer } from "./export.ts";

export type Env = Readonly<Record<string, string | undefined>>;

export interface Opened {
  store: Store;
  db: Db;
  keys: Keyring;
  masterKey: Uint8Array;
  signer: Signer;
  now: () => Date;
}

function now(): Date {
  return new Date();
}

export async function withStore(
  env: Env,
  work: (opened: Opened) => Promise<Outcome>,
): Promise<Outcome> {
  const read = readStoreConfig(env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { store: place, masterKey } = read.config;
  // Opening would make an empty database, and an export of it would vouch for a history without rows.
  if ("file" in place && !existsSync(place.file))
    return { exit: 2, say: ["DATABASE_FILE: no such file"] };
  const store = await openStore(place, createLog());
  try {
    const { db } = store;
    const keys = createKeyring(db, masterKey, now);
    await keys.verify();
    return await work({ store, db, keys, masterKey, signer: createSigner(masterKey), now });
  } finally {
    await store.close();
  }
}
