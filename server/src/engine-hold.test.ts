/** The hold after a yes: nothing is done before it is over, it can be stopped until then, and no process is needed for it to survive. */
import { expect, test, describe, vi } from "vitest";

import { withdraw } from "./approvals/withdraw.ts";
import { office, panel, STORES } from "./engine-office.ts";

type Desk = Awaited<ReturnType<typeof office>>;

async function held(desk: Desk): Promise<string> {
  const id = await desk.asked(await desk.draft());
  desk.yes();
  await desk.becomes(id, "approved");
  return id;
}

/** As if the hold had begun long ago. */
async function timePasses({ db }: Desk): Promise<void> {
  await db
    .updateTable("approvals")
    .set({ lease_until: 1 })
    .where("state", "=", "approved")
    .execute();
  await db.updateTable("queue").set({ due_at: 1 }).execute();
}

describe.each(STORES)("on %s", (store) => {
  test("an approved mail is held, says until when, and is then sent with the phone's token", async () => {
    const desk = await office({ store, holdSeconds: 1 });
    const id = await held(desk);
    const { view } = (await desk.approvals.find(id)) ?? {};
    expect(Date.parse(view?.holdUntil ?? "")).toBeGreaterThan(Date.now());
    expect(desk.delivered()).toEqual([]);
    await desk.becomes(id, "executed");
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(view?.holdUntil ?? ""));
    expect(desk.delivered()).toHaveLength(1);
    expect(desk.lent.at(-1)).toBe("approval");
    expect((await desk.approvals.find(id))?.view.holdUntil).toBeUndefined();
    expect(await desk.queue.next()).toBeUndefined();
  });

  test("a process that is told to leave waits for what only it can let go, if it has the time", async () => {
    const [brief, long] = [
      await office({ store, holdSeconds: 1 }),
      await office({ store, holdSeconds: 30 }),
    ];
    const id = await held(brief);
    const other = await held(long);
    await Promise.all([brief.watcher.stop(5000), long.watcher.stop(5000)]);
    expect((await brief.approvals.find(id))?.view.state).toBe("executed");
    expect(brief.lent.at(-1)).toBe("approval");
    expect((await long.approvals.find(other))?.view.state).toBe("approved");
  });

  test("stopped while it is held, nothing is sent, then or later", async () => {
    const desk = await office({ store, holdSeconds: 30 });
    const id = await held(desk);
    const found = await desk.approvals.find(id);
    if (found === undefined) throw new Error("it was asked");
    const stopped = await withdraw(desk.approvals, found);
    expect(stopped?.view).toMatchObject({
      state: "cancelled",
      ending:
        "You approved it, and then stopped it in the panel. Nothing was sent, and a late answer on the phone does nothing.",
    });
    await timePasses(desk);
    await desk.executor.settle(panel);
    desk.watcher.wake();
    expect(await desk.queue.next()).toBeUndefined();
    expect(desk.delivered()).toEqual([]);
    await vi.waitFor(() => {
      expect(desk.ended).toEqual([id]);
    });
  });

  test("neither a panel's token nor a second process goes on before its time", async () => {
    const desk = await office({ store, holdSeconds: 30 });
    const id = await held(desk);
    await Promise.all([desk.executor.settle(panel), desk.rival.execute(id, panel)]);
    expect(await desk.state(id)).toBe("approved");
    expect(desk.delivered()).toEqual([]);
  });

  test("the process that had the token died: another one goes on with the open panel's", async () => {
    const desk = await office({ store, holdSeconds: 30, panelGrant: () => panel });
    const id = await held(desk);
    await desk.watcher.stop();
    await timePasses(desk);
    desk.watching();
    await desk.becomes(id, "executed");
    expect(desk.lent.at(-1)).toBe("panel");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("no panel is open then: it stays approved until one is", async () => {
    const desk = await office({ store, holdSeconds: 30 });
    const id = await held(desk);
    await desk.watcher.stop();
    await timePasses(desk);
    desk.watching();
    await vi.waitFor(async () => expect(await desk.queue.next()).toBeUndefined());
    expect(await desk.state(id)).toBe("approved");
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("executed");
    expect(desk.delivered()).toHaveLength(1);
  });
});
