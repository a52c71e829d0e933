/** A database of the first schema, with what that version wrote, opened by this one: everything is readable and goes on. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { digestOf } from "@vaultdesk/shared/digest.ts";
import { newId } from "@vaultdesk/shared/id.ts";
import { createDatabase } from "@vaultdesk/standins/postgres.ts";
import { POSTGRES } from "@vaultdesk/standins/vitest-postgres.ts";
import { type Dialect, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, describe, expect, inject, test } from "vitest";

import { createQueue } from "../approvals/queue.ts";
import { createApprovals } from "../approvals/record.ts";
import { GENESIS, hashOf } from "../audit/chain.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createLog } from "../observe/log.ts";
import { newKey, seal } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migrations } from "./migrations.ts";
import { openStore } from "./open.ts";
import { postgresDialect } from "./postgres.ts";
import { sqliteDialect } from "./sqlite.ts";

const SUB = "google-oauth2|1001";
const AT = "2026-11-23T10:00:00.000Z";
const now = () => new Date();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function placeOf(kind: "sqlite" | "postgres") {
  if (kind === "postgres") return { url: await createDatabase(inject(POSTGRES)) };
  const file = join(tmpdir(), `vaultdesk-migration-${randomUUID()}.db`);
  closing.push(() => rm(file, { force: true }));
  return { file };
}

const STATES = {
  executed: { messageId: "189af729deca2ec0", threadId: "189af729deca2ec0" },
  drifted: { changed: ["To", "text"] },
  waiting: undefined,
} as const;

/** As the first version left it: three approvals, and their moves in the audit. */
async function writeOld(dialect: Dialect, kind: "sqlite" | "postgres", master: Uint8Array) {
  const db = new Kysely<unknown>({ dialect });
  const { "0001-first": first } = migrations(kind);
  if (first === undefined) throw new Error("there is no first step");
  const provider = { getMigrations: () => Promise.resolve({ "0001-first": first }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();

  const key = newKey();
  const wrapped = seal(master, key, `users/${SUB}`);
  const conversation = newId("con");
  await sql`insert into users values (${SUB}, ${wrapped}, ${AT})`.execute(db);
  const title = seal(key, "Falcon", `conversations/${conversation}/title`);
  await sql`insert into conversations values (${conversation}, ${SUB}, ${title}, null, 0, ${AT}, ${AT})`.execute(
    db,
  );
  const ids: Record<string, string> = {};
  let head = { seq: 0, hash: GENESIS };
  for (const [state, effect] of Object.entries(STATES)) {
    const id = newId("apr");
    ids[state] = id;
    const action = {
      kind: "email.send",
      draftId: "r-1",
      rawSha256: "0".repeat(64),
      content: {
        from: "maya@northgate.example",
        to: ["ana.ruiz@helio-capital.example"],
        cc: [],
        bcc: [],
        subject: state,
        text: "Hello",
        attachments: [],
      },
    };
    const request = { authReqId: "old", intervalMs: 5000, details: { code: "7F3K-9Q2M" } };
    await sql`insert into approvals values (${id}, ${conversation}, null, ${SUB}, ${SUB}, ${state},
      ${await digestOf(action)}, '7F3K-9Q2M', 'r-1',
      ${seal(key, JSON.stringify(action), `approvals/${id}/action`)},
      ${seal(key, "raw bytes", `approvals/${id}/raw`)},
      ${seal(key, JSON.stringify(request), `approvals/${id}/request`)},
      ${state === "waiting" ? 1000 : null}, 0, ${AT}, ${AT}, ${state === "waiting" ? null : AT}, null,
      ${effect === undefined ? null : JSON.stringify(effect)})`.execute(db);
    const seq = head.seq + 1;
    const hash = hashOf(head.hash, seq, AT, `"${state}"`);
    await sql`insert into audit values (${seq}, ${AT}, ${`"${state}"`}, ${head.hash}, ${hash})`.execute(
      db,
    );
    head = { seq, hash };
  }
  await db.destroy();
  return { ids, head };
}

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  test("the first version's approvals are read, the one that waits is asked again, the chain goes on", async () => {
    const place = await placeOf(kind);
    const master = newKey();
    const quiet = createLog(() => undefined);
    const dialect = "file" in place ? sqliteDialect(place.file) : postgresDialect(place.url, quiet);
    const { ids, head } = await writeOld(dialect, kind, master);

    const { db, bus, close } = await openStore(place, quiet);
    closing.push(close);
    const keys = createKeyring(db, master, now);
    await keys.verify();
    const log = createConversationLog(db, bus, keys, now);
    const times = { leaseMs: 30_000, answerMs: 60_000 };
    const approvals = createApprovals({ db, keys, log, ...times, now, ended: () => undefined });
    const views = await approvals.list(SUB);
    const outcomes = Object.fromEntries(views.map((view) => [view.id, view.items[0]?.outcome]));
    expect(outcomes).toEqual({
      [ids["executed"] ?? ""]: { state: "sent", ...STATES.executed },
      [ids["drifted"] ?? ""]: { state: "drifted", ...STATES.drifted },
      [ids["waiting"] ?? ""]: undefined,
    });
    const waiting = await approvals.find(ids["waiting"] ?? "");
    expect(waiting?.raws.map(String)).toEqual(["raw bytes"]);

    const queue = createQueue({ db, kind, keys, leaseMs: 30_000, rate: 10 });
    expect(await queue.claim(Date.now(), 10)).toMatchObject([
      { id: ids["waiting"], kind: "poll", authReqId: undefined },
    ]);
    await approvals.move(ids["waiting"] ?? "", "waiting", "proposed");
    const last = await db
      .selectFrom("audit")
      .selectAll()
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(last).toMatchObject({ seq: head.seq + 1, prev: head.hash });
    expect(last.entry).toContain('"from":"waiting"');
  });

  test("a second open changes nothing", async () => {
    const place = await placeOf(kind);
    for (let open = 0; open < 2; open += 1) {
      const { db, close } = await openStore(place);
      const rows = await sql`select name from kysely_migration`.execute(db);
      expect(rows.rows).toHaveLength(Object.keys(migrations(kind)).length);
      await close();
    }
  });
});
