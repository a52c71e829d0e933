/** What the panel's views ask of the store is planned by an index: none of it reads a whole table that grows. */
import { ApprovalId, newId } from "@vaultdesk/shared/id.ts";
import { BUILT_IN } from "@vaultdesk/shared/org-policy.ts";
import { DEFAULT_ROLES } from "@vaultdesk/shared/role.ts";
import { CompiledQuery, DefaultQueryExecutor } from "kysely";
import { afterEach, expect, test, vi } from "vitest";

import { createActivity } from "../approvals/activity.ts";
import { createQueue, putPoll } from "../approvals/queue.ts";
import { createApprovals } from "../approvals/record.ts";
import { createSigner } from "../audit/export.ts";
import { createTrail } from "../audit/trail.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createConversations } from "../conversations/record.ts";
import { createExpiry } from "../keep/expire.ts";
import { createLog } from "../observe/log.ts";
import { createMover } from "../rooms/change.ts";
import { createGate } from "../rooms/gate.ts";
import { createMembers } from "../rooms/members.ts";
import { createRooms } from "../rooms/record.ts";
import { createThreads } from "../rooms/threads.ts";
import { createTracker } from "../rooms/tracker.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migratedDatabase } from "./migrated-for-tests.ts";
import { openStore, type Store } from "./open.ts";

const SUB = "google-oauth2|1001";
/** One row each, whatever the store holds. */
const SMALL = new Set(["audit_head", "meta", "buckets"]);
let clock = "2026-01-01T00:00:00Z";
const now = () => new Date(clock);
const POLL = { authReqId: "one", intervalMs: 5000, expiresAt: 2, dueAt: 1 };
const card = {
  subject: "NDA",
  people: ["ana@side.example"],
  messageIds: ["<one@x>", "<two@x>"],
  references: ["<zero@x>"],
  labelIds: [],
};

let store: Store | undefined;
afterEach(async () => {
  clock = "2026-01-01T00:00:00Z";
  await store?.close();
  store = undefined;
});

/** As the store would go about it, a line a step. */
async function planOf({ kind, db }: Store, query: CompiledQuery): Promise<string[]> {
  if (kind === "sqlite") {
    const asked = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]);
    const { rows } = await db.executeQuery<{ detail: string }>(asked);
    return rows.map(({ detail }) => detail);
  }
  // Of an empty table Postgres reads the one page that it has, unless that is made dear.
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw("set local enable_seqscan = off"));
    const asked = CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters]);
    const { rows } = await tx.executeQuery<{ "QUERY PLAN": string }>(asked);
    return rows.map((row) => row["QUERY PLAN"]);
  });
}

const SORTS = "USE TEMP B-TREE FOR ORDER BY";

/** Tables that a query reads from end to end. Of one that is read in the order of an index it takes what it wants and stops. */
async function scans(opened: Store, query: CompiledQuery): Promise<string[]> {
  const plan = await planOf(opened, query);
  const stops = query.sql.endsWith(" limit ?") && !plan.includes(SORTS);
  return plan.flatMap((step) => {
    const [, table, how = ""] = /(?:^SCAN|Seq Scan on) (\w+)\b(.*)/.exec(step) ?? [];
    const other = how.includes("VIRTUAL TABLE") || (stops && how.includes("INDEX"));
    return table === undefined || other ? [] : table;
  });
}

async function open(kind: Store["kind"]) {
  const place = kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() };
  store = await openStore(
    place,
    createLog(() => undefined),
  );
  const { db, bus } = store;
  const keys = createKeyring(db, newKey(), now);
  const { ceiling } = BUILT_IN;
  const move = createMover({ db, bus, keys, ceiling, now });
  const rooms = createRooms({ db, keys, move, policy: BUILT_IN, now });
  const members = createMembers({ db, bus, keys, move, policy: BUILT_IN, now });
  const threads = createThreads({ db, keys, move, ceiling });
  const tracker = createTracker({ db, keys, move, ceiling, now });
  await members.arrive(SUB, "maya@northgate.example");
  const made = await rooms.create(SUB, "Falcon");
  if (!made.ok) throw new Error(made.problem.code);
  const { id, version, details } = made.value;
  const walled = { ...details, wall: { name: "Helio", side: "buy" } };
  await rooms.change(SUB, id, version, walled);
  await threads.add(SUB, id, card);
  return { store, db, keys, rooms, members, threads, tracker, room: id };
}

test.each(["sqlite", "postgres"] as const)("no view reads a whole table, on %s", async (kind) => {
  const { store: opened, db, keys, rooms, members, threads, tracker, room } = await open(kind);
  const conversations = createConversations(db, keys, now);
  const gate = createGate(db, keys, BUILT_IN);
  const trail = createTrail(opened, createSigner(newKey()), now);
  const activity = createActivity(db, keys);
  const approvals = createApprovals({
    db,
    keys,
    log: createConversationLog(db, opened.bus, keys, now),
    leaseMs: 1,
    answerMs: 1,
    now,
    ended: () => undefined,
  });
  const conversation = await conversations.create(SUB, "NDA", undefined);
  const leaving = new AbortController().signal;
  const queue = createQueue({ db, kind, keys, leaseMs: 1, rate: 100 });
  const expiry = createExpiry({ db, days: 1, leaving, now });
  await expiry();
  const watch = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
  await members.join(SUB);
  expect(await rooms.list(SUB)).toMatchObject([{ threads: 1, members: 1 }]);
  expect((await rooms.view(SUB, room))?.roles).toEqual(DEFAULT_ROLES);
  expect((await threads.place(SUB, card, () => Promise.resolve([]))).rooms).toHaveLength(1);
  expect((await tracker.read(SUB, room))?.entries).toEqual([]);
  await gate.concerns(SUB);
  await gate.enter(SUB, conversation, card);
  await gate.roleIn(SUB, conversation);
  await gate.refuses(SUB, conversation, card, "trash_mail");
  await gate.judge(SUB, conversation, { kind: "mail.trash", messages: [] }, card.messageIds);
  await gate.lapsed(SUB, newId("apr"), { kind: "mail.trash", messages: [] });
  await conversations.list(SUB);
  await db.transaction().execute((tx) => putPoll(tx, keys, newId("apr"), SUB, POLL));
  await queue.next();
  expect(await queue.claim(POLL.dueAt, 10)).toHaveLength(1);
  expect(await queue.claim(POLL.dueAt, 10, { put: [{ id: "apr", dueAt: 1 }] })).toEqual([]);
  await queue.later("apr", 1, 1);
  await queue.panelOpen(SUB, 1);
  await activity.page(SUB);
  await approvals.list(SUB);
  await activity.page(SUB, `2026-01-01T00:00:00Z~${newId("apr")}`);
  await trail.page({ sub: SUB }, { group: "rooms", before: 9 });
  await trail.page({ sub: SUB }, { approval: ApprovalId.parse(newId("apr")) });
  await trail.page({ roomId: room }, { before: 9 });
  // It ends by age.
  clock = "2026-01-02T00:00:00Z";
  await expiry();
  expect(await conversations.list(SUB)).toEqual({ conversations: [] });
  const asked = watch.mock.calls.map(([query]) => query);
  watch.mockRestore();
  const found = new Map<string, string[]>();
  for (const query of asked) {
    if (!/^(?:select|insert|update|delete) /.test(query.sql)) continue;
    const whole = (await scans(opened, query)).filter((table) => !SMALL.has(table));
    if (whole.length > 0) found.set(query.sql, whole);
  }
  expect(Object.fromEntries(found)).toEqual({});
  expect(asked.length).toBeGreaterThan(15);
  // A whole table that is read is seen.
  const unplanned = db.selectFrom("rooms").selectAll().where("state", "=", "open");
  expect(await scans(opened, unplanned.compile())).toEqual(["rooms"]);
  if (kind === "postgres") return;
  // A person's newest are read from the index, not sorted out of all that they ever had.
  const lists = asked.filter(({ sql }) =>
    sql.startsWith('select * from "conversations" where "sub"'),
  );
  expect(lists).toHaveLength(2);
  for (const list of lists) expect(await planOf(opened, list)).not.toContain(SORTS);
  const other = CompiledQuery.raw(`${lists[0]?.sql}`.replace("updated_at", "created_at"), [
    ...(lists[0]?.parameters ?? []),
  ]);
  expect(await planOf(opened, other)).toContain(SORTS);
});
