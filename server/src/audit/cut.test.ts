/** Rows that were removed by their age: in either store the chain goes on from a signed anchor, and any other beginning is found. */
import { expect, onTestFinished, test } from "vitest";

import { look } from "../backup/look.ts";
import { createRetention } from "../keep/retain.ts";
import { createLog } from "../observe/log.ts";
import { migratedDatabase } from "../store/migrated-for-tests.ts";
import { openStore } from "../store/open.ts";
import type { Db } from "../store/schema.ts";
import { anchorLine, readAnchor } from "./anchor.ts";
import { append, type AuditEntry } from "./append.ts";
import { readHead, readRow } from "./chain.ts";
import { csvOf, fromCsv } from "./csv.ts";
import { cutAudit } from "./cut.ts";
import { exportLines } from "./export.ts";
import { addHold, removeHold } from "./holds.ts";
import { each, first, gathered, MASTER_KEY, move, second, signer, stranger } from "./testing.ts";
import { verify } from "./verify.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-01-01T09:00:00.000Z");
const at = (day: number) => new Date(START + day * DAY).toISOString();
const told = createLog(() => undefined);

/** A row a day: one approval ends before the cut, another is waiting across it. */
const PAST: readonly AuditEntry[] = [
  move(first, "none", "proposed"),
  move(first, "proposed", "cancelled"),
  move(second, "none", "proposed"),
  move(second, "proposed", "waiting"),
];
const LATER = move(second, "waiting", "denied");

async function put(db: Db, when: string, entry: AuditEntry): Promise<void> {
  await db.transaction().execute((tx) => append(tx, when, entry));
}

async function exported(db: Db): Promise<string[]> {
  return gathered(exportLines(db, signer, () => new Date(at(400))));
}

async function opened(kind: "sqlite" | "postgres") {
  const place = kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() };
  const store = await openStore(place, told);
  onTestFinished(store.close);
  for (const [day, entry] of PAST.entries()) await put(store.db, at(day), entry);
  return store;
}

function marksOf(file: readonly string[]) {
  const head = readHead(file.at(-1) ?? "")?.head;
  return new Map(head === undefined ? [] : [[head.seq, head.hash]]);
}

const check = (file: readonly string[], older: readonly string[] = []) =>
  verify(each(file), signer.publicKey, marksOf(older));

test.each(["sqlite", "postgres"] as const)("on %s", async (kind) => {
  const store = await opened(kind);
  const { db } = store;
  const before = await exported(db);
  await put(db, at(4), LATER);
  const whole = await exported(db);
  const until = at(3);

  // Any hold stops it, and so does a row that is not as it was written.
  const hold = await addHold(db, at(5), "person", "google-oauth2|1002");
  expect(await cutAudit(db, signer, { until, at: at(5) })).toEqual({ removed: 0 });
  await removeHold(db, at(6), hold?.id ?? "");
  const { at: honest } = await db
    .selectFrom("audit")
    .select("at")
    .where("seq", "=", 2)
    .executeTakeFirstOrThrow();
  await db
    .updateTable("audit")
    .set({ at: at(0) })
    .where("seq", "=", 2)
    .execute();
  expect(await cutAudit(db, signer, { until, at: at(6) })).toEqual({ removed: 0, broken: 2 });
  await db.updateTable("audit").set({ at: honest }).where("seq", "=", 2).execute();

  // Two processes at once: one cuts.
  const both = await Promise.all([1, 2].map(() => cutAudit(db, signer, { until, at: at(7) })));
  expect(both.map(({ removed }) => removed).toSorted((a, b) => a - b)).toEqual([0, 3]);
  const cut = await exported(db);
  const verdict = await check(cut, whole);
  expect(verdict).toMatchObject({ ok: true, rows: 5, cut: { seq: 3, at: at(7), unseen: 0 } });
  expect(await look(store, MASTER_KEY)).toMatchObject({ ok: true });
  expect(await gathered(fromCsv(rawLines(await table(cut))))).toEqual(cut);
  // Of an extract, what is older than the cut is not looked for, and that is said.
  const marks = new Map([1, 4].map((seq) => [seq, hashIn(whole, seq)]));
  expect(await verify(each(cut), signer.publicKey, marks)).toMatchObject({ cut: { unseen: 1 } });
  // Of a file that ends before the cut no row is left; of one that ends at it the anchor has the last.
  expect(await check(cut, [headAt(whole, 2)])).toMatchObject({
    fault: { reason: "cut_before", marked: 2 },
  });
  expect(await check(cut, [headAt(whole, 3)])).toMatchObject({ ok: true });
  expect(await check(cut, before)).toMatchObject({ ok: true });

  // Again: the second begins where the first ended, with what was still open then.
  expect(await cutAudit(db, signer, { until: at(4), at: at(8) })).toEqual({ removed: 1 });
  const again = await exported(db);
  expect(readAnchor(again[1] ?? "")?.anchor).toMatchObject({ seq: 4, open: [[second, "waiting"]] });
  expect(await check(again, cut)).toMatchObject({ ok: true, cut: { seq: 4 } });
  await put(db, at(9), move(second, "waiting", "approved"));
  expect(await check(await exported(db))).toMatchObject({
    fault: { reason: "moved_after_end", last: "denied" },
  });
});

function rawLines(text: string) {
  return each(text.split("\n").slice(0, -1));
}

async function table(lines: readonly string[]): Promise<string> {
  const records = await gathered(csvOf(each(lines)));
  return records.map((record) => `${record}\r\n`).join("");
}

function hashIn(lines: readonly string[], seq: number): string {
  return lines.flatMap((line) => readRow(line) ?? []).find((row) => row.seq === seq)?.hash ?? "";
}

/** The end of an export that was made when this was the last row. */
function headAt(lines: readonly string[], seq: number): string {
  const head = { seq, hash: hashIn(lines, seq), at: at(10) };
  return JSON.stringify({ head, signature: signer.sign(head) });
}

const sign = (text: string) => signer.signText(text);
const byStranger = (text: string) => stranger.signText(text);

async function found(lines: readonly string[]): Promise<string> {
  const verdict = await check(lines);
  return verdict.ok ? "ok" : verdict.fault.reason;
}

test("a beginning without a valid anchor, one that was moved, and one of another key are found", async () => {
  const { db } = await opened("sqlite");
  await put(db, at(4), LATER);
  const whole = await exported(db);
  await cutAudit(db, signer, { until: at(2), at: at(7) });
  const older = (await exported(db))[1] ?? "";
  await cutAudit(db, signer, { until: at(3), at: at(8) });
  const cut = await exported(db);
  const [header = "", line = ""] = cut;
  const anchor = readAnchor(line)?.anchor;
  if (anchor === undefined) throw new Error("no anchor");
  const of = (begin: readonly string[], from = 2) => [header, ...begin, ...cut.slice(from)];

  expect(await found(cut)).toBe("ok");
  expect(await found(of([]))).toBe("wrong_seq");
  expect(await found(of([older]))).toBe("wrong_seq");
  expect(await found(of([line], 3))).toBe("wrong_seq");
  expect(await found(of([line.replace('"seq":3', '"seq":4')], 3))).toBe("bad_anchor");
  expect(
    await found(of([line.replace("waiting", "approved").replace("proposed", "approved")])),
  ).toBe("bad_anchor");
  expect(await found(of([anchorLine(anchor, byStranger)]))).toBe("bad_anchor");
  const theirs = { ...anchor, publicKey: stranger.publicKey };
  expect(await found(of([anchorLine(theirs, byStranger)]))).toBe("bad_anchor");
  expect(await found(of([anchorLine(theirs, sign)]))).toBe("bad_anchor");
  expect(await found(of([anchorLine({ ...anchor, hash: "0".repeat(64) }, sign)]))).toBe(
    "wrong_prev",
  );
  expect(await found(of([line, line]))).toBe("not_a_row");
  // In the middle it would hide what is before it.
  expect(await found([...whole.slice(0, 2), line, ...cut.slice(2)])).toBe("not_a_row");
  // What was open at the cut goes on from where it stood.
  const closed = anchorLine({ ...anchor, open: [] }, sign);
  expect(await found(of([closed]))).toBe("not_joined");
});

test("by the organisation's days, day by day, after a day in which it was said", async () => {
  const { db } = await opened("sqlite");
  let now = Date.parse(at(90));
  const turn = createRetention({ db, signer, days: 90, log: told, now: () => new Date(now) });
  const never = createRetention({
    db,
    signer,
    days: undefined,
    log: told,
    now: () => new Date(now),
  });
  const passed: number[] = [];
  for (let hour = 0; hour < 50; hour += 1) {
    passed.push(await turn(), await never());
    now += DAY / 24;
  }
  expect(passed.filter((ended) => ended > 0)).toEqual([1, 1]);
  expect(await check(await exported(db))).toMatchObject({ ok: true, cut: { seq: 2 } });
});
