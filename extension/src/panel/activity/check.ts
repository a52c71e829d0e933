/**
 * Judges a page of one's own audit rows on this computer, with WebCrypto alone: each row's hash is of its text, rows that follow each other
 * are joined, and the server's key sealed exactly these. Pure but for WebCrypto; what was seen before is an argument.
 */
import { type AuditPage, type AuditRow, rowText, sealedText } from "@vaultdesk/shared/audit.ts";
import { sha256Hex } from "@vaultdesk/shared/digest.ts";

/** What this browser was shown before: the key, how far the server's log went, and the newest row of the person's. */
export interface Seen {
  publicKey: string;
  head: number;
  seq: number;
  hash: string;
  at: string;
}

export type Checked =
  | { ok: true; rows: number; head: number; at: string; publicKey: string }
  | { ok: false; reason: "row" | "joint" | "rewritten"; seq: number }
  | { ok: false; reason: "seal" | "key" | "backwards" };

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

async function sealHolds(sub: string, { rows, seal }: AuditPage): Promise<boolean> {
  try {
    const name = "Ed25519";
    const key = await crypto.subtle.importKey("raw", bytesOf(seal.publicKey), name, false, [
      "verify",
    ]);
    const told = new TextEncoder().encode(sealedText(sub, seal.head, rows));
    return await crypto.subtle.verify(name, key, bytesOf(seal.signature), told);
  } catch {
    return false;
  }
}

/** The first row, from the newest, whose text is not what its hash says, or that does not carry its neighbour's. */
async function wrongRow(rows: readonly AuditRow[]): Promise<Checked | undefined> {
  for (const [index, { seq, at, entry, prev, hash }] of rows.entries()) {
    if ((await sha256Hex(rowText(prev, seq, at, entry))) !== hash) {
      return { ok: false, reason: "row", seq };
    }
    const older = rows[index + 1];
    if (older === undefined) continue;
    if (older.seq >= seq || (older.seq === seq - 1 && older.hash !== prev)) {
      return { ok: false, reason: "joint", seq };
    }
  }
  return undefined;
}

async function checkPage(sub: string, page: AuditPage, seen: Seen | undefined): Promise<Checked> {
  const { rows, seal } = page;
  const { head, publicKey } = seal;
  if (seen !== undefined && seen.publicKey !== publicKey) return { ok: false, reason: "key" };
  if (seen !== undefined && head.seq < seen.head) return { ok: false, reason: "backwards" };
  const again = rows.find((row) => row.seq === seen?.seq);
  if (seen !== undefined && again !== undefined && again.hash !== seen.hash) {
    return { ok: false, reason: "rewritten", seq: again.seq };
  }
  const wrong = await wrongRow(rows);
  if (wrong !== undefined) return wrong;
  if (!(await sealHolds(sub, page))) return { ok: false, reason: "seal" };
  return { ok: true, rows: rows.length, head: head.seq, at: head.at, publicKey };
}

/** Pages as they follow each other, newest first: the first fault, or what holds of all. */
export async function checkPages(
  sub: string,
  pages: readonly AuditPage[],
  seen: Seen | undefined,
): Promise<Checked> {
  let all: Checked | undefined;
  let last: AuditRow | undefined;
  for (const page of pages) {
    const checked = await checkPage(sub, page, seen);
    if (!checked.ok) return checked;
    const [first] = page.rows;
    if (last !== undefined && first !== undefined && first.seq >= last.seq) {
      return { ok: false, reason: "joint", seq: first.seq };
    }
    last = page.rows.at(-1) ?? last;
    all = all?.ok === true ? { ...all, rows: all.rows + checked.rows } : checked;
  }
  return all ?? { ok: false, reason: "seal" };
}
