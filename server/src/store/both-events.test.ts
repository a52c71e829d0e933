/** Events and announcements: numbered without gap under many writers, heard in every process, also after the connection broke. */
import { newId } from "@vaultdesk/shared/id.ts";
import { RunId } from "@vaultdesk/shared/id.ts";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";

import { append } from "../audit/append.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createConversations } from "../conversations/record.ts";
import { createLog } from "../observe/log.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migratedDatabase } from "./migrated-for-tests.ts";
import { openStore, type StorePlace } from "./open.ts";

const SUB = "google-oauth2|1001";
const now = () => new Date();
const runId = RunId.parse(newId("run"));
const delta = (text: string) => ({ type: "text.delta" as const, runId, text });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** One process: its own connections, its own keyring, the same master key. */
async function processOn(place: StorePlace, key: Uint8Array) {
  const { db, bus, close } = await openStore(
    place,
    createLog(() => undefined),
  );
  closing.push(close);
  const keys = createKeyring(db, key, now);
  const log = createConversationLog(db, bus, keys, now);
  return { db, bus, log, conversations: createConversations(db, keys, now) };
}

const PLACES = {
  sqlite: () => Promise.resolve({ file: ":memory:" }),
  postgres: async () => ({ url: await migratedDatabase() }),
};

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  test("sixty writers at once leave no gap and no double", async () => {
    const { log, conversations } = await processOn(await PLACES[kind](), newKey());
    const id = await conversations.create(SUB, "Falcon", undefined);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        log.append(id, SUB, delta(`${index} a`), delta(`${index} b`)),
      ),
    );
    const events = await log.after(id, SUB, 0);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events).toHaveLength(120);
    expect((await log.after(id, SUB, 100)).map((event) => event.seq)).toHaveLength(20);
  });

  test("fifty audit rows at once are one unbroken chain", async () => {
    const { db } = await processOn(await PLACES[kind](), newKey());
    await Promise.all(
      Array.from({ length: 50 }, () =>
        db.transaction().execute((tx) =>
          append(tx, now().toISOString(), {
            kind: "approval.moved",
            sub: SUB,
            approvalId: newId("apr"),
            facts: { from: "none", to: "proposed" },
          }),
        ),
      ),
    );
    const rows = await db.selectFrom("audit").selectAll().orderBy("seq").execute();
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.slice(1).map((row) => row.prev)).toEqual(rows.slice(0, -1).map((row) => row.hash));
  });

  test("what is rolled back leaves nothing", async () => {
    const { db, log, conversations } = await processOn(await PLACES[kind](), newKey());
    const id = await conversations.create(SUB, "Falcon", undefined);
    const broken = db.transaction().execute(async (tx) => {
      await log.appendIn(tx, id, SUB, delta("never"));
      throw new Error("no");
    });
    await expect(broken).rejects.toThrow("no");
    expect(await log.after(id, SUB, 0)).toEqual([]);
    await log.append(id, SUB, delta("first"));
    expect((await log.after(id, SUB, 0)).map((event) => event.seq)).toEqual([1]);
  });
});

async function pair() {
  const place = await PLACES.postgres();
  const key = newKey();
  return { a: await processOn(place, key), b: await processOn(place, key) };
}

/** Resolves at the next announcement; its time in milliseconds. */
function heard(process: Awaited<ReturnType<typeof processOn>>, id: string): Promise<number> {
  const stop = new AbortController();
  const from = performance.now();
  return new Promise((done) => {
    process.log.watch(
      id,
      () => {
        stop.abort();
        done(performance.now() - from);
      },
      stop.signal,
    );
  });
}

describe("two processes on one Postgres", () => {
  test("a panel on one is woken by what the other did, and reads it", async () => {
    const { a, b } = await pair();
    const id = await a.conversations.create(SUB, "Falcon", undefined);
    await b.log.append(id, SUB, delta("before it listens"));
    const waking = heard(a, id);
    await b.log.append(id, SUB, delta("from the other"));
    expect(await waking).toBeLessThan(500);
    expect((await a.log.after(id, SUB, 0)).map((event) => event.seq)).toEqual([1, 2]);
  });

  test("a run is stopped in whichever process it runs", async () => {
    const { a, b } = await pair();
    const stop = new AbortController();
    const told = new Promise<string>((done) => {
      a.bus.on("cancel", runId, () => done("told"), stop.signal);
    });
    await b.db.transaction().execute((tx) => b.bus.publishIn(tx, "cancel", runId));
    expect(await told).toBe("told");
    stop.abort();
  });

  test("a connection that broke comes back, and whoever waited looks again", async () => {
    const { a, b } = await pair();
    const id = await a.conversations.create(SUB, "Falcon", undefined);
    const waking = heard(a, id);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query = 'listen vaultdesk'`.execute(b.db);
    expect(await waking).toBeLessThan(5000);
    const again = heard(a, id);
    await b.log.append(id, SUB, delta("after the break"));
    expect(await again).toBeLessThan(500);
  });
});
