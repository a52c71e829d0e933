/** What this browser was shown of a person's trail before: the server's key, the end of its log, and the person's newest row. */
import type { AuditPage } from "@vaultdesk/shared/audit.ts";
import { browser } from "wxt/browser";
import { z } from "zod";

import type { Seen } from "./check.ts";

const Stored = z.object({
  publicKey: z.string(),
  head: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  hash: z.string(),
  at: z.string(),
});

const keyOf = (sub: string) => `audit-seen/${sub}`;

export async function readSeen(sub: string): Promise<Seen | undefined> {
  const stored = await browser.storage.local.get(keyOf(sub));
  return Stored.safeParse(stored[keyOf(sub)]).data;
}

/** The newest of what was shown; an older page takes nothing back. */
export async function writeSeen(sub: string, { rows, seal }: AuditPage): Promise<void> {
  const before = await readSeen(sub);
  const [newest] = rows;
  const { head, publicKey } = seal;
  const row = newest !== undefined && newest.seq >= (before?.seq ?? 0) ? newest : before;
  const seen: Seen = {
    publicKey,
    head: Math.max(head.seq, before?.head ?? 0),
    seq: row?.seq ?? 0,
    hash: row?.hash ?? "",
    at: head.at,
  };
  await browser.storage.local.set({ [keyOf(sub)]: seen });
}
