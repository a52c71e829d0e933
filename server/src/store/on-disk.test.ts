import { DatabaseSync } from "node:sqlite";

import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";

import { createDisk, onDiskDialect } from "./on-disk.ts";

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const syncs: PromiseWithResolvers<void>[] = [];
  const disk = createDisk(() => {
    const one = Promise.withResolvers<void>();
    syncs.push(one);
    return one.promise;
  });
  return { disk, syncs };
}

/** What has come of each, in the order in which it came. */
function told() {
  const list: string[] = [];
  const tell = (name: string, promise: Promise<unknown>) =>
    promise.then(
      () => list.push(name),
      () => list.push(`${name} failed`),
    );
  return { list, tell };
}

/** As long as anything that waits for no disk takes. */
const others = () => new Promise<void>((done) => setImmediate(done));

function store() {
  const sqlite = new DatabaseSync(":memory:");
  sqlite.exec("create table notes (id integer primary key)");
  const { disk, syncs } = slowDisk();
  const db = new Kysely<{ notes: { id: number } }>({
    dialect: onDiskDialect(
      {
        close() {
          sqlite.close();
        },
        prepare(text) {
          const statement = sqlite.prepare(text);
          if (!text.startsWith("select")) disk.wrote();
          return {
            reader: statement.columns().length > 0,
            all: (values) => statement.all(...values.map(Number)),
            run: (values) => statement.run(...values.map(Number)),
            iterate: (values) => statement.iterate(...values.map(Number)),
          };
        },
      },
      disk,
    ),
  });
  return { db, syncs };
}

test("commits that come while the disk is busy share the next sync, and none is told before its own", async () => {
  const { db, syncs } = store();
  const { list, tell } = told();
  const add = (id: number) => db.insertInto("notes").values({ id }).execute();
  const all = [tell("first", add(1))];
  await others();
  all.push(tell("second", add(2)), tell("third", add(3)));
  await others();
  expect([list, syncs.length]).toEqual([[], 1]);
  syncs[0]?.resolve();
  await others();
  expect([list, syncs.length]).toEqual([["first"], 2]);
  syncs[1]?.resolve();
  await Promise.all(all);
  expect([list, syncs.length]).toEqual([["first", "second", "third"], 2]);
});

test("nobody reads what a power cut could still take back, and a read alone syncs nothing", async () => {
  const { db, syncs } = store();
  const { list, tell } = told();
  await db.selectFrom("notes").selectAll().execute();
  const all = [tell("write", sql`insert into notes values (1)`.execute(db))];
  await others();
  all.push(tell("read", db.selectFrom("notes").selectAll().execute()));
  await others();
  expect([list, syncs.length]).toEqual([[], 1]);
  syncs[0]?.resolve();
  await Promise.all(all);
  expect([list, syncs.length]).toEqual([["write", "read"], 1]);
});

test("a sync that failed is not tried again: from then on nothing is told, of writes or reads", async () => {
  const { db, syncs } = store();
  const { list, tell } = told();
  const all = [tell("write", sql`insert into notes values (1)`.execute(db))];
  await others();
  syncs[0]?.reject(new Error("EIO"));
  await Promise.all(all);
  await tell("read", db.selectFrom("notes").selectAll().execute());
  await tell("later", sql`insert into notes values (2)`.execute(db));
  expect([list, syncs.length]).toEqual([["write failed", "read failed", "later failed"], 1]);
});

test("a transaction has the connection to itself until it ends, whatever it waits for", async () => {
  const { db, syncs } = store();
  const pause = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const { list, tell } = told();
  const all = [
    tell(
      "rolled back",
      db.transaction().execute(async (tx) => {
        await tx.insertInto("notes").values({ id: 1 }).execute();
        began.resolve();
        await pause.promise;
        throw new Error("no");
      }),
    ),
  ];
  await began.promise;
  const seen = db.selectFrom("notes").selectAll().execute();
  await others();
  pause.resolve();
  await others();
  syncs[0]?.resolve();
  await Promise.all(all);
  expect([await seen, list]).toEqual([[], ["rolled back failed"]]);
});
