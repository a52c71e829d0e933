import { type AuditPage, type AuditRow, rowText, sealedText } from "@vaultdesk/shared/audit.ts";
import { sha256Hex } from "@vaultdesk/shared/digest.ts";
import { describe, expect, test } from "vitest";

import { type Checked, checkPages, type Seen } from "./check.ts";

const SUB = "google-oauth2|1001";
const AT = "2026-11-27T03:00:00.000Z";

function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const keys = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);

/** As the server makes it, newest first. */
async function sealed(rows: readonly AuditRow[], by = keys): Promise<AuditPage> {
  if (!("publicKey" in by)) throw new Error("a pair");
  const publicKey = base64url(await crypto.subtle.exportKey("raw", by.publicKey));
  const head = { seq: 9, hash: "a".repeat(64), at: AT };
  const told = new TextEncoder().encode(sealedText(SUB, head, rows));
  const signature = base64url(await crypto.subtle.sign("Ed25519", by.privateKey, told));
  return { rows: [...rows], seal: { publicKey, head, signature } };
}

async function rowAt(seq: number, prev: string): Promise<AuditRow> {
  const entry = `{"kind":"session.signed_in","sub":"${SUB}"}`;
  return { seq, at: AT, entry, prev, hash: await sha256Hex(rowText(prev, seq, AT, entry)) };
}

const two = await rowAt(2, "0".repeat(64));
const three = await rowAt(3, two.hash);
const seven = await rowAt(7, "7".repeat(64));
const good = await sealed([seven, three, two]);
const { publicKey } = good.seal;
const seen: Seen = { publicKey, head: 9, seq: 7, hash: seven.hash, at: AT };

test("what the server sealed is proven, also beside what was seen before and page by page", async () => {
  const proven = { ok: true, rows: 3, head: 9, at: AT, publicKey };
  expect(await checkPages(SUB, [good], undefined)).toEqual(proven);
  expect(await checkPages(SUB, [good], seen)).toEqual(proven);
  const pages = [await sealed([seven]), await sealed([three, two])];
  expect(await checkPages(SUB, pages, seen)).toEqual(proven);
});

describe("found:", () => {
  test.each<[string, () => Promise<AuditPage[]>, Partial<Seen> | undefined, Partial<Checked>]>([
    [
      "a text that was edited",
      async () => [await sealed([seven, { ...three, entry: three.entry.replace("in", "on") }])],
      undefined,
      { reason: "row", seq: 3 },
    ],
    [
      "a row that does not carry its neighbour's hash",
      async () => [await sealed([await rowAt(3, "1".repeat(64)), two])],
      undefined,
      { reason: "joint", seq: 3 },
    ],
    [
      "a row left out behind the seal",
      async () => [{ ...good, rows: [seven, two] }],
      undefined,
      { reason: "seal" },
    ],
    [
      "another person's seal",
      async () => [{ ...good, seal: { ...good.seal, head: { ...good.seal.head, seq: 10 } } }],
      undefined,
      { reason: "seal" },
    ],
    [
      "pages in another order",
      async () => [await sealed([two]), good],
      undefined,
      { reason: "joint" },
    ],
    ["another key than before", async () => [good], { publicKey: "other" }, { reason: "key" }],
    ["a log that got shorter", async () => [good], { head: 10 }, { reason: "backwards" }],
    [
      "a row that was another one before",
      async () => [good],
      { hash: "b".repeat(64) },
      { reason: "rewritten", seq: 7 },
    ],
  ])("%s", async (_, pages, before, found) => {
    const known = before === undefined ? undefined : { ...seen, ...before };
    expect(await checkPages(SUB, await pages(), known)).toMatchObject({ ok: false, ...found });
  });
});
