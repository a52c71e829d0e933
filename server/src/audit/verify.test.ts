import { beforeAll, describe, expect, test } from "vitest";

import { hashOf, type Head, lineOf, readHead, readRow, type Row } from "./chain.ts";
import { each, exported, LAWFUL, NOW, signer, stranger } from "./testing.ts";
import { verify } from "./verify.ts";

const LAST = LAWFUL.length;
const END = LAST + 1;

let lines: string[];

beforeAll(async () => {
  lines = await exported(LAWFUL);
});

function row(line: string | undefined): Row {
  const read = readRow(line ?? "");
  if (read === undefined) throw new Error("not a row");
  return read;
}

function put(at: number, change: Partial<Row>): string[] {
  return lines.with(at, lineOf({ ...row(lines[at]), ...change }));
}

/** Row `from` with another entry, and every hash after it computed anew. */
function rewritten(from: number, entry: string): string[] {
  const out = put(from, { entry });
  for (let i = from; i <= LAST; i += 1) {
    const { seq, at, entry: text, prev } = row(out[i]);
    const linked = i === from ? prev : row(out[i - 1]).hash;
    out[i] = lineOf({ seq, at, entry: text, prev: linked, hash: hashOf(linked, seq, at, text) });
  }
  return out;
}

function signedBy(by: typeof signer, change: Partial<Head> = {}): string[] {
  const signed = readHead(lines[END] ?? "");
  if (signed === undefined) throw new Error("not a head");
  const head = { ...signed.head, ...change };
  return lines.with(END, lineOf({ head, signature: by.sign(head) }));
}

const header = (publicKey: string) => lineOf({ format: "vaultdesk-audit", version: 1, publicKey });
const otherEntry = () => row(lines[4]).entry.replace("approved", "denied");

test("an export as the server made it holds, and names its rows, its head and its key", async () => {
  const head = { seq: LAST, hash: row(lines[LAST]).hash, at: NOW };
  const { publicKey } = signer;
  expect(await verify(each(lines))).toEqual({ ok: true, rows: LAST, head, publicKey });
  expect(await verify(each(lines), publicKey)).toMatchObject({ ok: true });
});

describe("one change is found, at the first row that it makes wrong:", () => {
  test.each<[string, () => string[], { seq: number; line: number; reason: string }]>([
    [
      "an entry edited",
      () => put(4, { entry: otherEntry() }),
      { seq: 4, line: 5, reason: "wrong_hash" },
    ],
    [
      "a time edited",
      () => put(4, { at: "2026-10-01T09:03:01.000Z" }),
      { seq: 4, line: 5, reason: "wrong_hash" },
    ],
    [
      "an entry edited and its hash computed anew",
      () => {
        const { seq, at, prev } = row(lines[5]);
        const entry = row(lines[5]).entry.replace("j1", "j2");
        return put(5, { entry, hash: hashOf(prev, seq, at, entry) });
      },
      { seq: 6, line: 7, reason: "wrong_prev" },
    ],
    [
      "all hashes computed anew from an edited entry, the head as it was",
      () => rewritten(5, row(lines[5]).entry.replace("j1", "j2")),
      { seq: 0, line: END + 1, reason: "wrong_head" },
    ],
    [
      "all hashes computed anew and put into the head",
      () => {
        const all = rewritten(5, row(lines[5]).entry.replace("j1", "j2"));
        const { hash } = row(all[LAST]);
        return all.with(END, (all[END] ?? "").replace(row(lines[LAST]).hash, hash));
      },
      { seq: 0, line: END + 1, reason: "bad_signature" },
    ],
    ["a row removed", () => lines.toSpliced(3, 1), { seq: 3, line: 4, reason: "wrong_seq" }],
    [
      "a row repeated",
      () => lines.toSpliced(4, 0, lines[3] ?? ""),
      { seq: 4, line: 5, reason: "wrong_seq" },
    ],
    [
      "a row inserted with a fitting hash",
      () => {
        const { hash: prev } = row(lines[3]);
        const { entry, at } = row(lines[5]);
        const made = lineOf({ seq: 4, at, entry, prev, hash: hashOf(prev, 4, at, entry) });
        return lines.toSpliced(4, 0, made);
      },
      { seq: 5, line: 6, reason: "wrong_seq" },
    ],
    [
      "two rows swapped",
      () => lines.with(3, lines[4] ?? "").with(4, lines[3] ?? ""),
      { seq: 3, line: 4, reason: "wrong_seq" },
    ],
    [
      "two rows swapped and renumbered",
      () => {
        const [a, b] = [row(lines[3]), row(lines[4])];
        return lines.with(3, lineOf({ ...b, seq: 3 })).with(4, lineOf({ ...a, seq: 4 }));
      },
      { seq: 3, line: 4, reason: "wrong_prev" },
    ],
    [
      "the last rows cut, the head kept",
      () => lines.toSpliced(LAST - 1, 2),
      { seq: LAST - 1, line: LAST, reason: "wrong_head" },
    ],
    [
      "a row added after the one that was signed",
      () => signedBy(signer, { seq: LAST - 1, hash: row(lines[LAST - 1]).hash }),
      { seq: LAST, line: END + 1, reason: "wrong_head" },
    ],
    ["the head cut", () => lines.slice(0, END), { seq: 0, line: END + 1, reason: "no_head" }],
    [
      "the end cut in the middle of a line",
      () => lines.with(END, (lines[END] ?? "").slice(0, 90)),
      { seq: LAST + 1, line: END + 1, reason: "not_a_row" },
    ],
    [
      "a head signed by another key",
      () => signedBy(stranger),
      { seq: 0, line: END + 1, reason: "bad_signature" },
    ],
    [
      "a head with another time",
      () => lines.with(END, (lines[END] ?? "").replace(NOW, "2026-10-03T09:00:00.000Z")),
      { seq: 0, line: END + 1, reason: "bad_signature" },
    ],
    [
      "the header of another server",
      () => lines.with(0, header(stranger.publicKey)),
      { seq: 0, line: END + 1, reason: "bad_signature" },
    ],
    [
      "a row after the head",
      () => [...lines, lines[LAST] ?? ""],
      { seq: LAST + 1, line: END + 2, reason: "after_head" },
    ],
    ["no header", () => lines.slice(1), { seq: 0, line: 1, reason: "no_header" }],
    [
      "a header of a later version",
      () => lines.with(0, (lines[0] ?? "").replace(":1,", ":2,")),
      { seq: 0, line: 1, reason: "no_header" },
    ],
    ["not JSON", () => lines.with(2, "row 2"), { seq: 2, line: 3, reason: "not_a_row" }],
    [
      "the same row in another spelling",
      () => lines.with(2, (lines[2] ?? "").replace('"seq":2', '"seq": 2')),
      { seq: 2, line: 3, reason: "not_a_row" },
    ],
    [
      "a plain row with an escape that needs none",
      () => lines.with(3, (lines[3] ?? "").replace('\\"digest', "\\u0022digest")),
      { seq: 3, line: 4, reason: "not_a_row" },
    ],
    [
      "a plain row with a letter spelled as its number",
      () => lines.with(3, (lines[3] ?? "").replace("digest", "\\u0064igest")),
      { seq: 3, line: 4, reason: "not_a_row" },
    ],
    [
      "a key said twice",
      () => lines.with(2, (lines[2] ?? "").replace('"seq":2', '"seq":9,"seq":2')),
      { seq: 2, line: 3, reason: "not_a_row" },
    ],
    ["an empty file", () => [], { seq: 0, line: 1, reason: "empty" }],
  ])("%s", async (_, change, { reason, ...place }) => {
    expect(await verify(each(change()))).toMatchObject({ ok: false, ...place, fault: { reason } });
  });

  test("a whole forgery with the forger's key holds by itself, and not against the server's key", async () => {
    const forged = await exported(LAWFUL.slice(0, 4), stranger);
    expect(await verify(each(forged))).toMatchObject({ ok: true });
    expect(await verify(each(forged), signer.publicKey)).toMatchObject({
      ok: false,
      line: 1,
      fault: { reason: "wrong_key", got: stranger.publicKey },
    });
  });
});
