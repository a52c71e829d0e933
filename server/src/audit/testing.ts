/** For tests: exports made by the store, the appending and the signing that the server uses. */
import { newId } from "@vaultdesk/shared/id.ts";

import { openStore } from "../store/open.ts";
import { append, type AuditEntry } from "./append.ts";
import { createSigner, exportLines } from "./export.ts";

export const MASTER_KEY = Buffer.alloc(32, 7);
export const signer = createSigner(MASTER_KEY);
export const stranger = createSigner(Buffer.alloc(32, 8));
export const NOW = "2026-10-02T09:00:00.000Z";

export const first = newId("apr");
export const second = newId("apr");

export function move(approvalId: string, from: string, to: string): AuditEntry {
  // Rows that are read at sight and rows that are not. U+2028 ends a line for some readers; in an export it ends none.
  const approver = approvalId === second ? "auth0|1002" : "auth0|Zoë\u2028Ruiz";
  const facts = { from, to, digest: "d".repeat(64), approver };
  return { kind: "approval.moved", sub: "google-oauth2|1001", approvalId, facts };
}

export const LAWFUL: readonly AuditEntry[] = [
  move(first, "none", "proposed"),
  move(first, "proposed", "waiting"),
  move(second, "none", "proposed"),
  move(first, "waiting", "approved"),
  { kind: "effect.recorded", sub: "google-oauth2|1001", approvalId: first, facts: { jti: "j1" } },
  move(first, "approved", "executing"),
  move(second, "proposed", "cancelled"),
  move(first, "executing", "executed"),
];

/** The lines of an export of a new store that holds `entries`, a minute apart. */
export async function exported(entries: readonly AuditEntry[], by = signer): Promise<string[]> {
  const { db, close } = await openStore({ file: ":memory:" });
  for (const [i, entry] of entries.entries()) {
    const at = new Date(Date.UTC(2026, 9, 1, 9, i)).toISOString();
    await db.transaction().execute((tx) => append(tx, at, entry));
  }
  const lines = await gathered(exportLines(db, by, () => new Date(NOW)));
  await close();
  return lines;
}

export async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

export async function gathered(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
