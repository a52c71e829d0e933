/**
 * The whole chain as lines, page by page, closed by a head that the server signs. Holds no secret: rows carry ids, digests, states and
 * times. It copies what the store holds and judges none of it: a row changed in the store leaves as it stands, and `verify.ts` finds it.
 */
import { createPrivateKey, createPublicKey, sign } from "node:crypto";

import { derivedKey } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { anchorLineOf, readAnchor } from "./anchor.ts";
import { GENESIS, type Head, lineOf, signedBytes } from "./chain.ts";

const PAGE = 1000;

// RFC 8410 7: a PKCS #8 Ed25519 private key up to its 32-byte seed.
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

export interface Signer {
  readonly publicKey: string;
  sign(head: Head): string;
  /** Of a text that names its own context in its first line. */
  signText(text: string): string;
}

/** The head key follows from the master key alone: the same after a restart, another from another master key. */
export function createSigner(masterKey: Uint8Array): Signer {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, derivedKey(masterKey, "audit head v1")]),
    format: "der",
    type: "pkcs8",
  });
  const { x } = createPublicKey(key).export({ format: "jwk" });
  if (x === undefined) throw new Error("an Ed25519 key has no public part");
  return {
    publicKey: x,
    sign: (head) => sign(null, signedBytes(head), key).toString("base64url"),
    signText: (text) => sign(null, Buffer.from(text), key).toString("base64url"),
  };
}

export async function* exportLines(db: Db, signer: Signer, now: () => Date) {
  yield lineOf({ format: "vaultdesk-audit", version: 1, publicKey: signer.publicKey });
  const begins = await anchorLineOf(db);
  if (begins !== undefined) yield begins;
  let last: { seq: number; hash: string } = (begins === undefined
    ? undefined
    : readAnchor(begins)?.anchor) ?? { seq: 0, hash: GENESIS };
  for (let full = true; full;) {
    const page = await db
      .selectFrom("audit")
      .selectAll()
      .where("seq", ">", last.seq)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    // Rows that were removed while they were read are no fault of the chain.
    if (page[0]?.seq !== last.seq + 1 && (await anchorLineOf(db)) !== begins) {
      throw new Error("Rows were removed by their age meanwhile. Nothing is wrong: run it again");
    }
    for (const { seq, at, entry, prev, hash } of page) {
      yield lineOf({ seq, at, entry, prev, hash });
      last = { seq, hash };
    }
    full = page.length === PAGE;
  }
  const { seq, hash } = last;
  const head = { seq, hash, at: now().toISOString() };
  yield lineOf({ head, signature: signer.sign(head) });
}
