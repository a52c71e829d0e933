/** The queue: five pushes a minute to one phone, one bucket for the tenant, panels first, leases that come back. */
import { describe, expect, test, vi } from "vitest";

import { office, panel, STORES } from "./engine-office.ts";

const SOON = 5000;
/** As this desk's phones say. */
const INTERVAL_MS = 20;

describe.each(STORES)("on %s", (store) => {
  test("a sixth request in a minute is written down, waits for its slot and is then asked", async () => {
    const desk = await office({ store });
    for (let asked = 0; asked < 5; asked += 1) await desk.asked(await desk.draft(`Mail ${asked}`));
    const sixth = await desk.asked(await desk.draft("Mail 6"));
    const found = await desk.approvals.find(sixth);
    expect(found?.view.state).toBe("proposed");
    const wait = Date.parse(found?.view.askAt ?? "") - Date.now();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(desk.pushes).toHaveLength(5);

    await desk.approvals.delay(sixth, Date.now());
    desk.watcher.wake();
    await desk.becomes(sixth, "waiting");
    expect(desk.pushes).toHaveLength(6);
  });

  test("a phone that Auth0 calls busy is asked later, as long as it said; nobody else waits for it", async () => {
    const desk = await office({ store });
    desk.refuse({ ok: false, reason: "too_many", error: "too_many_requests", retryAfterMs: 300 });
    const id = await desk.asked(await desk.draft());
    expect(await desk.state(id)).toBe("proposed");
    desk.refuse(undefined);
    await desk.becomes(id, "waiting");
    desk.yes();
    await desk.becomes(id, "executed");
  });

  test("the tenant's bucket bounds what is taken, and people with a panel open come first", async () => {
    const desk = await office({ store, rate: 3 });
    await desk.watcher.stop();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.push(await desk.asked(await desk.draft(`Mail ${count}`)));
    }
    await desk.db.updateTable("queue").set({ due_at: 0 }).execute();
    const last = ids[4] ?? "";
    await desk.db
      .updateTable("queue")
      .set({ sub: "google-oauth2|open", due_at: 1 })
      .where("approval_id", "=", last)
      .execute();
    await desk.queue.panelOpen("google-oauth2|open", Date.now() + 60_000);
    const now = Date.now();
    const first = await desk.queue.claim(now, 10);
    expect(first).toHaveLength(3);
    expect(first[0]?.id).toBe(last);
    expect(await desk.queue.claim(now, 10)).toEqual([]);
    expect(await desk.queue.claim(now + 1000, 10)).toHaveLength(2);
  });

  test("what a dead process had taken comes back when its lease ends, and not before", async () => {
    const desk = await office({ store, leaseMs: 1000 });
    await desk.watcher.stop();
    const id = await desk.asked(await desk.draft());
    const now = Date.now() + SOON;
    expect((await desk.queue.claim(now, 10)).map((due) => due.id)).toEqual([id]);
    expect(await desk.queue.claim(now + 900, 10)).toEqual([]);
    expect((await desk.queue.claim(now + 1000, 10)).map((due) => due.id)).toEqual([id]);
  });

  test("a poll is taken a moment before its time and given back to it; a push is not taken early", async () => {
    const desk = await office({ store });
    await desk.watcher.stop();
    const poll = await desk.asked(await desk.draft());
    const push = await desk.asked(await desk.draft("Mail 2"));
    const dueAt = Date.now() + SOON;
    await desk.db.updateTable("queue").set({ due_at: dueAt }).execute();
    const kind = { kind: "push" };
    await desk.db.updateTable("queue").set(kind).where("approval_id", "=", push).execute();
    const early = { aheadMs: 200 };
    expect(await desk.queue.claim(dueAt - 201, 10, early)).toEqual([]);
    const taken = await desk.queue.claim(dueAt - 200, 10, early);
    expect(taken).toMatchObject([{ id: poll, dueAt }]);
    const put = [poll, push].map((id) => ({ id, dueAt: dueAt + 100 }));
    expect(await desk.queue.claim(dueAt, 10, { put })).toMatchObject([{ id: push, dueAt }]);
    expect(await desk.queue.claim(dueAt + 100, 10)).toMatchObject([
      { id: poll, dueAt: dueAt + 100 },
    ]);
  });

  test("two that claim at once never get the same row", async () => {
    const desk = await office({ store });
    await desk.watcher.stop();
    for (let count = 0; count < 5; count += 1) await desk.asked(await desk.draft(`Mail ${count}`));
    const now = Date.now() + SOON;
    const claims = await Promise.all(Array.from({ length: 6 }, () => desk.queue.claim(now, 2)));
    const ids = claims.flat().map((due) => due.id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  // Whose interval it is, the watcher says: of one store is enough.
  test.runIf(store === "sqlite")(
    "who has not answered is asked about once an interval, and no sooner",
    async () => {
      const desk = await office({ store });
      const polls = new Map<string, number[]>();
      desk.says(({ bindingMessage }) => {
        polls.set(bindingMessage, [...(polls.get(bindingMessage) ?? []), performance.now()]);
        return Promise.resolve({ kind: "pending" });
      });
      for (const words of ["one", "two"]) await desk.asked(await desk.draft(words));
      await vi.waitFor(() => {
        expect([...polls.values()].map(({ length }) => Math.min(length, 4))).toEqual([4, 4]);
      }, SOON);
      await desk.watcher.stop();
      for (const times of polls.values()) {
        const waits = times.slice(1).map((at, index) => at - (times[index] ?? at));
        // The queue's clock is of whole milliseconds.
        expect(Math.min(...waits)).toBeGreaterThan(INTERVAL_MS / 2);
      }
    },
  );

  test("slow_down lengthens the interval and keeps the request", async () => {
    const desk = await office({ store });
    desk.says({ kind: "slow_down", retryAfterSeconds: 9 });
    const id = await desk.asked(await desk.draft());
    await vi.waitFor(async () => {
      const row = await desk.db.selectFrom("queue").selectAll().executeTakeFirstOrThrow();
      expect(row.interval_ms).toBe(5020);
      expect(row.due_at).toBeGreaterThan(Date.now() + 8000);
    }, SOON);
    expect(await desk.state(id)).toBe("waiting");
  });

  test("an answer that was lost with its process is asked for again, three times at most", async () => {
    const desk = await office({ store });
    desk.says({ kind: "dead", error: "invalid_grant" });
    const id = await desk.asked(await desk.draft());
    await desk.becomes(id, "failed");
    expect(desk.pushes).toHaveLength(3);
    expect(new Set(desk.pushes.map((push) => push.bindingMessage)).size).toBe(1);
    await desk.executor.settle(panel);
    expect(desk.delivered()).toEqual([]);
  });
});
