/**
 * Where a chain begins whose older rows were removed by their age: the server's signed word of what stood there. From it a check goes on as if
 * it had read the rows: hash of the last one, and where approvals that were open stood. Of those that had ended nothing is known any more.
 */
import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { z } from "zod";

import type { Db } from "../store/schema.ts";
import { Hash, PublicKey, read, signatureHolds, Signature } from "./chain.ts";

const Anchor = z.strictObject({
  /** Of the last row that was removed. */
  seq: z.int().positive(),
  hash: Hash,
  /** How many this cut removed, and when. */
  removed: z.int().positive(),
  at: z.iso.datetime(),
  publicKey: PublicKey,
  open: z.array(z.tuple([ApprovalId, ApprovalState])),
});
export type Anchor = z.infer<typeof Anchor>;

const SignedAnchor = z.strictObject({ anchor: Anchor, signature: Signature });
export type SignedAnchor = z.infer<typeof SignedAnchor>;

export function readAnchor(line: string): SignedAnchor | undefined {
  return read(SignedAnchor, line);
}

/** What is signed: the context first, then the one spelling of its line. */
function anchorText(anchor: Anchor): string {
  return `vaultdesk audit anchor v1\n${JSON.stringify(anchor)}`;
}

export function anchorLine(anchor: Anchor, signText: (text: string) => string): string {
  return JSON.stringify({ anchor, signature: signText(anchorText(anchor)) });
}

/** Made by this key, and said so under its signature. */
export function anchorHolds({ anchor, signature }: SignedAnchor, publicKey: string): boolean {
  const signed = Buffer.from(anchorText(anchor));
  return anchor.publicKey === publicKey && signatureHolds(publicKey, signed, signature);
}

/** Its line in the store, as it stands; what is in it shows when it is checked. */
export async function anchorLineOf(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom("audit_anchor")
    .select("line")
    .where("id", "=", 1)
    .executeTakeFirst();
  return row?.line;
}
