/**
 * Fifty at once on one approval: yes, execute, withdraw, settle, ask again, from one process or two. Whatever the order, it is one effect
 * or none, and the record agrees with the outbox. `RACE_ROUNDS` in the environment asks for more rounds than a test run takes.
 */
import { expect, test } from "vitest";

import { office, panel, STORES } from "./engine-office.ts";

// oxlint-disable-next-line no-restricted-properties
const ROUNDS = Number(process.env["RACE_ROUNDS"] ?? 8);
const AT_ONCE = 50;

test.each(STORES)(
  "on %s, fifty attempts at once come to one effect or none",
  { timeout: 10_000 + ROUNDS * 2000 },
  async (store) => {
    const desk = await office({ store });
    const ends: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      await desk.freePhone();
      desk.says({ kind: "pending" });
      const draft = await desk.draft(`Round ${round}`, `Round ${round}`);
      const id = await desk.asked(draft);
      desk.yes();
      const attempts: readonly (() => Promise<unknown>)[] = [
        () =>
          desk.approvals.move(id, "waiting", "approved", { jti: `race-${round}-${Math.random()}` }),
        () => desk.executor.execute(id, panel),
        () => desk.executor.execute(id, { ...panel, kind: "approval", subjectToken: "bearer" }),
        () => desk.executor.settle(panel),
        () => desk.approvals.move(id, "waiting", "cancelled"),
        () => desk.approvals.move(id, "approved", "cancelled"),
        () => desk.propose(draft),
        () => desk.rival.execute(id, panel),
        () => desk.rival.settle(panel),
      ];
      // In some rounds nobody withdraws early, so that the effects race as well.
      const from =
        round % 2 === 0 ? attempts.filter((_, index) => index !== 4 && index !== 5) : attempts;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          await new Promise((later) => {
            setTimeout(later, Math.random() * 40);
          });
          await from[Math.floor(Math.random() * from.length)]?.();
        }),
      );
      await desk.withdrawAll();
      // The panel is still there: what was approved and taken by nobody goes on with its token.
      await desk.executor.settle(panel);
      await expect.poll(() => desk.open()).toEqual([]);
      // Asking again after a withdrawal is a request of its own, and its yes is a yes.
      const states = await desk.statesOf(draft.draftId);
      const executed = states.filter((state) => state === "executed").length;
      const delivered = desk.subjects().filter((subject) => subject === `Round ${round}`).length;
      expect({ round, delivered, executed }).toEqual({ round, delivered: executed, executed });
      expect(executed).toBeLessThanOrEqual(1);
      for (const state of states) ends[state] = (ends[state] ?? 0) + 1;
    }
    expect(desk.delivered()).toHaveLength(ends["executed"] ?? 0);
    expect(ends["executed"]).toBeGreaterThan(0);
  },
);

/** Resolves what it waits for when it is called. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { here: promise, open: resolve };
}

test.each(STORES)(
  "on %s, a process that was so slow that another took over writes no end over the other's mail",
  async (store) => {
    const slow = { reads: gate(), goes: gate() };
    const quick = { sends: gate(), goes: gate() };
    let firstRead = false;
    const desk = await office({
      store,
      arrived: async (what) => {
        if (what === "gmail.users.drafts.send") {
          quick.sends.open();
          await quick.goes.here;
        } else if (what === "gmail.users.drafts.get" && firstRead) {
          firstRead = false;
          slow.reads.open();
          await slow.goes.here;
        }
      },
    });
    await desk.watcher.stop();
    const id = await desk.asked(await desk.draft());
    await desk.approvals.move(id, "waiting", "approved", { jti: "yes" });
    firstRead = true;
    const first = desk.executor.execute(id, panel);
    await slow.reads.here;
    // The slow one could not keep its lease, and its Gmail answers at last while the other's mail is on its way.
    await desk.db.updateTable("approvals").set({ lease_until: 0 }).where("id", "=", id).execute();
    const second = desk.rival.settle(panel);
    await quick.sends.here;
    desk.google.faults.next("gmail.users.drafts.get", 404);
    slow.goes.open();
    await first;
    expect(await desk.state(id)).toBe("executing");
    quick.goes.open();
    await second;
    expect(await desk.state(id)).toBe("executed");
    expect(desk.delivered()).toHaveLength(1);
  },
);
