/**
 * The store on both drivers: how many events, runs and audit rows a second it takes, and what its hottest questions (what is due at Auth0,
 * a person's conversations) cost as the past grows from 10^3 to 10^6 rows of conversations and as many ended approvals.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newId } from "@vaultdesk/shared/id.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";

import { createQueue, putPoll } from "../../server/src/approvals/queue.ts";
import { append } from "../../server/src/audit/append.ts";
import { createConversationLog } from "../../server/src/conversations/log.ts";
import { createConversations } from "../../server/src/conversations/record.ts";
import { createRunRecord } from "../../server/src/conversations/runs-record.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { createKeyring } from "../../server/src/store/keys.ts";
import { openStore, type Store, type StorePlace } from "../../server/src/store/open.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { addHistory } from "./history.ts";
import { forEach, interleaved, p50, timed } from "./timing.ts";

const SUB = "google-oauth2|bench";
const LEASE_MS = 30_000;
const WAITING = 1000;
const BATCH = 100;
const PAGE = 60;
const FLAT = 2;
const AT_ONCE = 8;

function now(): Date {
  return new Date();
}

function tools(store: Store) {
  const { db, bus, kind } = store;
  const keys = createKeyring(db, Buffer.alloc(32, 7), now);
  const log = createConversationLog(db, bus, keys, now);
  const record = { db, bus, keys, log, leaseMs: LEASE_MS, now };
  return {
    db,
    keys,
    log,
    conversations: createConversations(db, keys, now),
    runs: createRunRecord(record),
    queue: createQueue({ db, kind, keys, leaseMs: LEASE_MS, rate: 1e9 }),
  };
}
type Tools = ReturnType<typeof tools>;

/** A second, as many at once as people do. */
async function rate(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const taken = await timed(() => forEach(count, AT_ONCE, work));
  return (count / taken) * 1000;
}

async function rates(name: string, { db, log, conversations, runs }: Tools, count: number) {
  const ids = await Promise.all(
    Array.from({ length: AT_ONCE }, () => conversations.create(SUB, "Falcon", undefined)),
  );
  const [first] = ids;
  if (first === undefined) throw new Error("no conversation");
  const idOf = (index: number) => ids[index % AT_ONCE] ?? first;
  const input = { text: "What is open?", timeZone: "UTC" };
  const started = await runs.start(SUB, first, input, (runId) => ({ type: "run.resumed", runId }));
  const event = { type: "text.delta", runId: started.id, text: "The price is open. " } as const;
  const facts = { from: "waiting", to: "approved", digest: "d".repeat(64) };
  const entry = { kind: "approval.moved", sub: SUB, approvalId: newId("apr"), facts } as const;
  const each = {
    events: await rate(count, (index) => log.append(idOf(index), SUB, event)),
    runs: await rate(count, (index) =>
      runs.start(SUB, idOf(index), input, (runId) => ({ type: "run.resumed", runId })),
    ),
    "audit rows": await rate(count, () =>
      db.transaction().execute((tx) => append(tx, now().toISOString(), entry)),
    ),
  };
  return Object.entries(each).map(([what, value]): Figure => ({
    says: `${name}: ${what}, each in a commit`,
    value,
    unit: "a second",
  }));
}

async function wait({ db, keys }: Tools): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (let index = 0; index < WAITING; index += 1) {
      const poll = { authReqId: `r${index}`, dueAt: index, intervalMs: 5000, expiresAt: 1e13 };
      await putPoll(tx, keys, newId("apr"), SUB, poll);
    }
  });
}

async function flat(name: string, store: Store, sizes: readonly number[], turns: number) {
  const desk = tools(store);
  for (let index = 0; index < PAGE; index += 1) {
    await desk.conversations.create(SUB, `Falcon ${index}`, undefined);
  }
  await wait(desk);
  const taken: { due: number; list: number }[] = [];
  let clock = Date.now();
  let from = 0;
  for (const size of sizes) {
    await addHistory(store, SUB, from, size);
    from = size;
    const sample = await interleaved(
      {
        async due() {
          // All that wait are due again.
          clock += LEASE_MS + 1;
          const due = await desk.queue.claim(clock, BATCH);
          if (due.length !== BATCH) throw new Error(`${due.length} were due`);
        },
        list: () => desk.conversations.list(SUB),
      },
      { warm: 10, turns },
    );
    taken.push({ due: p50(sample("due")), list: p50(sample("list")) });
  }
  const figure = (what: "due" | "list", says: string): Figure => {
    const times = taken.map((one) => one[what]);
    return {
      says: `${name}: ${says}, slowest of ${sizes.join(", ")} rows of history over the fastest`,
      value: Math.max(...times) / Math.min(...times),
      unit: "times",
      goal: FLAT,
      from: times.map(ms).join(", "),
    };
  };
  return [
    figure("due", `claiming ${BATCH} of ${WAITING} due requests`),
    figure("list", "a person's conversations"),
  ];
}

async function both(name: string, place: StorePlace, { quick }: Options): Promise<Figure[]> {
  const store = await openStore(
    place,
    createLog(() => undefined),
  );
  try {
    return [
      ...(await rates(name, tools(store), quick ? 200 : 500)),
      ...(await flat(name, store, quick ? [1e3, 1e5] : [1e3, 1e5, 1e6], quick ? 30 : 100)),
    ];
  } finally {
    await store.close();
  }
}

export async function measure(options: Options): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-store-"));
  const postgres = await startPostgres({ durable: true });
  try {
    return [
      ...(await both("SQLite", { file: join(folder, "vaultdesk.sqlite") }, options)),
      ...(await both("Postgres", { url: await postgres.database() }, options)),
    ];
  } finally {
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  }
}
