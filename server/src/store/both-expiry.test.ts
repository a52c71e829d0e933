/** Conversations end by age, once, in either store: after a day in which people could see it, and none that is used, held or at work. */
import { AuditEntryView } from "@vaultdesk/shared/audit.ts";
import { newId, RunId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { expect, test } from "vitest";

import { addHold } from "../audit/holds.ts";
import { eraseConversation } from "../conversations/erase.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createConversations } from "../conversations/record.ts";
import { createRunRecord } from "../conversations/runs-record.ts";
import { createExpiry } from "../keep/expire.ts";
import { createLog } from "../observe/log.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migratedDatabase } from "./migrated-for-tests.ts";
import { openStore } from "./open.ts";

const MAYA = "google-oauth2|1001";
const ANA = "google-oauth2|1002";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 30;

const resumed = (runId: RunId) => ({ type: "run.resumed", runId }) as const;

async function open(kind: "sqlite" | "postgres") {
  const place = kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() };
  const told = createLog(() => undefined);
  const { db, bus, close } = await openStore(place, told);
  let clock = Date.parse("2026-01-01T00:00:00.000Z");
  const now = () => new Date(clock);
  const keys = createKeyring(db, newKey(), now);
  const log = createConversationLog(db, bus, keys, now);
  const conversations = createConversations(db, keys, now);
  const runs = createRunRecord({ db, bus, keys, log, leaseMs: 30_000, now });
  const leaving = new AbortController();
  const process = createExpiry({ db, days: DAYS, leaving: leaving.signal, now });
  return {
    db,
    close,
    process,
    say: (id: string) => log.append(id, MAYA, resumed(RunId.parse(newId("run")))),
    begin: async (title: string, sub = MAYA) => conversations.create(sub, title, undefined),
    work: async (id: Awaited<ReturnType<typeof conversations.create>>) => {
      const run = await runs.start(MAYA, id, { text: "What now?", timeZone: "UTC" }, resumed);
      await runs.rest(run, "waiting", resumed(run.id));
      return { end: () => runs.claim(run, "ended", resumed(run.id)) };
    },
    now,
    pass(ms: number) {
      clock += ms;
    },
    titles: async () => {
      const { conversations: rows } = await conversations.list(MAYA);
      return rows.map((row) => row.title).toSorted();
    },
    ends: async (id: string) => {
      const { conversations: rows } = await conversations.list(MAYA);
      return rows.find((row) => row.id === id)?.expiresAt;
    },
  };
}

test.each(["sqlite", "postgres"] as const)("on %s", async (kind) => {
  const { db, ...store } = await open(kind);
  try {
    const old = await store.begin("old");
    const used = await store.begin("used");
    const held = await store.begin("held");
    const works = await store.begin("works");
    await store.begin("Ana's, all of them held", ANA);
    await addHold(db, store.now().toISOString(), "conversation", held);
    await addHold(db, store.now().toISOString(), "person", ANA);
    const run = await store.work(works);
    store.pass(40 * DAY);

    // The first start of a version that has an end: for a day it is only said.
    expect(await store.process()).toBe(0);
    const said = new Date(store.now().getTime() + DAY).toISOString();
    expect([await store.ends(old), await store.ends(held)]).toEqual([said, undefined]);
    for (let hour = 1; hour < 24; hour += 1) {
      store.pass(HOUR);
      expect(await store.process()).toBe(0);
    }
    expect(await store.titles()).toEqual(["held", "old", "used", "works"]);
    await store.say(used);
    expect(await store.ends(used)).toBe(new Date(store.now().getTime() + DAYS * DAY).toISOString());

    // Found to be of age, and written into before its row is locked.
    const at = store.now().toISOString();
    const unusedSince = new Date(store.now().getTime() - DAYS * DAY).toISOString();
    expect(await eraseConversation(db, { sub: MAYA, id: used, at, unusedSince })).toBe("used");

    // Two processes at once: one looks.
    store.pass(HOUR);
    const [one, other] = await Promise.all([store.process(), store.process()]);
    expect(one + other).toBe(1);
    expect(await store.titles()).toEqual(["held", "used", "works"]);
    const rows = await db
      .selectFrom("audit")
      .select(["sub", "entry"])
      .where("kind", "=", "conversation.deleted")
      .execute();
    expect(
      rows.map(({ sub, entry }) => [sub, AuditEntryView.parse(parseJson(entry)).facts]),
    ).toEqual([[MAYA, { conversationId: old, reason: "expired" }]]);

    // What worked has ended, which is a use. The server was off for long: it waits a day again.
    await run.end();
    store.pass(40 * DAY);
    expect(await store.process()).toBe(0);
    for (let hour = 0; hour < 24; hour += 8) {
      store.pass(8 * HOUR);
      await store.process();
    }
    expect(await store.titles()).toEqual(["held"]);
    expect(await db.selectFrom("conversations").select("sub").execute()).toHaveLength(2);
  } finally {
    await store.close();
  }
});
