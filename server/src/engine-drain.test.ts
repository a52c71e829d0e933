/** A process that is told to leave: it says so, what it began ends in time or is another's at once, and what waits for a phone waits on. */
import { once } from "node:events";
import { Server } from "node:http";

import { serve } from "@hono/node-server";
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { ConversationEvent } from "@vaultdesk/shared/event.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { drain } from "./drain.ts";
import { createReady } from "./edge/health.ts";
import { straight } from "./edge/straight.ts";
import { createLog } from "./observe/log.ts";
import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { openStore } from "./store/open.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

const closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).toReversed()) await close();
});

/** One process behind a socket, and another on the same store. */
async function two(slowMs: number) {
  const leaving = new AbortController();
  const url = await migratedDatabase();
  const office = await startOffice({ store: { url }, leaving: leaving.signal, slowMs });
  closing.push(() => office.close());
  const listening = serve({ fetch: straight(office.app), hostname: "127.0.0.1", port: 0 });
  if (!(listening instanceof Server)) throw new Error("not HTTP/1");
  await once(listening, "listening");
  const address = listening.address();
  const port = typeof address === "object" ? address?.port : undefined;

  const read = readConfig(office.env);
  if (!read.ok) throw new Error(read.problems.join());
  const log = createLog(() => undefined);
  const store = await openStore({ url }, log);
  const deps = createDeps(read.config, store, log);
  deps.runs.watch();
  deps.watcher.start();
  closing.push(async () => {
    await deps.watcher.stop();
    await deps.runs.stop();
    await store.close();
  });

  const maya = await office.visit(MAYA);
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
  const headers = { authorization: `Bearer ${maya.api}`, "content-type": "application/json" };
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const status = async (path: string) => {
    const answer = await get(path);
    await answer.text();
    return answer.status;
  };
  const ask = async (text: string) => {
    const asked = await office.call(maya.api, routes.startRun, {}, { text, timeZone: "UTC" });
    return routes.startRun.reply.parse(asked.body);
  };
  /** Told by the process that stays. */
  const told = async (id: string, enough: (seen: ConversationEvent[]) => boolean) => {
    let seen: ConversationEvent[] = [];
    await vi.waitFor(
      async () => {
        seen = await deps.conversation.log.after(id, MAYA, 0, 1000);
        expect(enough(seen)).toBe(true);
      },
      { timeout: 8000, interval: 20 },
    );
    return seen.map(({ body }) => body);
  };
  const elsewhere = createApp(deps);
  const leave = (drainMs: number) =>
    drain(listening, office.deps, { drainMs, lingerMs: 200 }, () => {
      leaving.abort();
    });
  return { office, maya, headers, get, status, ask, told, leave, elsewhere };
}

const over = (seen: ConversationEvent[]) => seen.some(({ body }) => body.type === "run.ended");

test("no new run is taken, streams are sent elsewhere, a run in the middle is another's at once, approvals wait on", async () => {
  const { office, maya, headers, get, status, ask, told, leave, elsewhere } = await two(60_000);
  const { conversationId: id } = await ask(`write to ${ANA_MAIL}: subject Falcon: escrow is fine`);
  const events = await told(id, over);
  const draft = events.flatMap((body) => (body.type === "draft.saved" ? [body.draft] : []))[0];
  if (draft === undefined) throw new Error("no draft");
  const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
  await office.call(maya.api, routes.askApproval, {}, { conversationId: id, drafts });

  office.bedrock.faults.next("slow");
  const { conversationId: slow } = await ask("What is open?");
  await vi.waitFor(() => {
    expect(office.bedrock.calls.at(-1)?.fault).toBe("slow");
  });
  const stream = await get(EVENTS_PATH.replace(":id", id));
  const rest = stream.text();
  expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 200]);

  const from = Date.now();
  const left = leave(300);
  expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 503]);
  const refused = await get(EVENTS_PATH.replace(":id", id));
  expect(refused.headers.get("connection")).toBe("close");
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { problem: { code: "restarting", retryAfter: 1 } },
  ]);
  const again = await office.call(maya.api, routes.startRun, {}, { text: "Hi", timeZone: "UTC" });
  expect(again).toMatchObject({ status: 503, body: { problem: { code: "restarting" } } });
  expect(await rest).toMatch(/\nretry: \d+\n\n$/);
  expect(await left).toBe(false);
  await expect(get("/healthz")).rejects.toThrow("fetch failed");

  // Its lease would have lasted half a minute.
  expect((await told(slow, over)).at(-1)).toMatchObject({
    outcome: "failed",
    problem: { code: "interrupted" },
  });
  expect(Date.now() - from).toBeLessThan(10_000);
  expect(office.google.outbox).toEqual([]);
  await elsewhere.request(routes.session.path, { headers });
  const [push] = office.auth0.phone.pushes(MAYA);
  office.auth0.phone.approve(push?.id ?? "");
  await vi.waitFor(
    () => {
      expect(office.google.outbox).toHaveLength(1);
    },
    { timeout: 8000 },
  );
}, 30_000);

test("what was begun comes to its end in time", async () => {
  const { office, ask, told, leave } = await two(400);
  office.bedrock.faults.next("slow");
  const { conversationId: id } = await ask("What is open?");
  expect(await leave(8000)).toBe(true);
  expect((await told(id, over)).at(-1)).toMatchObject({ outcome: "answered" });
}, 30_000);

test("a store that does not answer is no place to send people to; it is asked once a second", async () => {
  const office = await startOffice();
  closing.push(() => office.close());
  const asked = vi.spyOn(office.db.getExecutor(), "executeQuery");
  let clock = 0;
  const ready = createReady(office.db, new AbortController().signal, () => clock);
  expect(await Promise.all([ready(), ready(), ready()])).toEqual([true, true, true]);
  expect(asked.mock.calls.filter(([{ sql }]) => sql === "select 1")).toHaveLength(1);
  asked.mockRejectedValue(new Error("gone"));
  expect(await ready()).toBe(true);
  clock = 1000;
  expect(await ready()).toBe(false);
});
