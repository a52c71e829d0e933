/** A store that is older than the world: what was done since is found by reading, what was not is asked again, and nothing is done twice. */
import { describe, expect, test, vi } from "vitest";

import { markRestored } from "./approvals/restored.ts";
import { office, panel, STORES } from "./engine-office.ts";

const now = () => new Date();

type Desk = Awaited<ReturnType<typeof office>>;

function copyOf(desk: Desk) {
  return desk.db.selectFrom("approvals").selectAll().execute();
}

/** The rows of the copy come back, and are marked; Google, the phone and Auth0 stay as they are. */
async function restore(desk: Desk, copy: Awaited<ReturnType<typeof copyOf>>): Promise<void> {
  for (const { id, ...row } of copy) {
    await desk.db.updateTable("approvals").set(row).where("id", "=", id).execute();
  }
  expect(await markRestored(desk.db, desk.keyring, now)).toBe(copy.length);
}

describe.each(STORES)("a restored store on %s", (store) => {
  test("a mail that went out after the copy is found, called sent, and not sent again", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    const copy = await copyOf(desk);
    desk.yes();
    await desk.becomes(id, "executed");
    await desk.watcher.stop();
    await restore(desk, copy);
    expect((await desk.approvals.find(id))?.view.ending).toMatch(/^The server was brought back/);
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("executed");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("an approved mail that did not go out is asked again, and goes out once on the new yes", async () => {
    const lends = { now: false, refused: 0 };
    const lend = (token: string) => {
      if (token === "bearer" || lends.now) return true;
      lends.refused += 1;
      return false;
    };
    const desk = await office({ store, lend });
    const id = await desk.asked(await desk.draft());
    desk.yes();
    // The try that the yes began is over: nobody restores beneath a process that runs.
    await vi.waitFor(() => {
      expect(lends.refused).toBe(1);
    });
    await desk.becomes(id, "approved");
    desk.says({ kind: "pending" });
    await restore(desk, await copyOf(desk));
    lends.now = true;
    await desk.executor.settle(panel);
    await desk.freePhone();
    await desk.becomes(id, "waiting");
    expect(desk.delivered()).toEqual([]);
    desk.yes();
    await desk.becomes(id, "executed");
    expect(desk.delivered()).toHaveLength(1);
    expect(desk.pushes).toHaveLength(2);
  });

  test("of a bundle each mail is looked for", async () => {
    const desk = await office({ store });
    const id = await desk.asked([await desk.draft("One", "One"), await desk.draft("Two", "Two")]);
    const copy = await copyOf(desk);
    desk.yes();
    await desk.becomes(id, "executed");
    await desk.watcher.stop();
    await restore(desk, copy);
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("executed");
    expect(desk.subjects()).toEqual(["One", "Two"]);
  });

  test("what was asked long ago is not asked again: it ends in words that are true", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    await desk.watcher.stop();
    const long = new Date(Date.now() - 5_000_000).toISOString();
    await desk.db.updateTable("approvals").set({ requested_at: long }).execute();
    await restore(desk, await copyOf(desk));
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("failed");
    expect((await desk.approvals.find(id))?.view.ending).toContain("Gmail still has the draft");
  });

  test("everybody signs in again, and the restore stands in the audit", async () => {
    const desk = await office({ store });
    await desk.asked(await desk.draft());
    await desk.watcher.stop();
    await restore(desk, await copyOf(desk));
    const outs = await desk.db.selectFrom("sign_outs").selectAll().execute();
    expect(outs.map(({ sub }) => sub)).toEqual(["google-oauth2|1001"]);
    const rows = await desk.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    expect(rows.slice(-2).map(({ entry }) => /"kind":"([\w.]+)","sub"/.exec(entry)?.[1])).toEqual([
      "store.restored",
      "approval.moved",
    ]);
  });
});
