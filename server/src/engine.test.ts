import { ConversationId } from "@vaultdesk/shared/id.ts";
import { describe, expect, test, vi } from "vitest";

import { ANA, MAYA, office, panel, STORES, stranger, type Yes } from "./engine-office.ts";

describe.each(STORES)("on %s", (store) => {
  test("an approved draft is sent once, to exactly its people, with the phone's token", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    expect(desk.delivered()).toEqual([]);
    desk.yes();
    await desk.becomes(id, "executed");
    expect(desk.delivered()).toMatchObject([{ from: MAYA, recipients: [ANA] }]);
    expect(desk.lent.at(-1)).toBe("approval");
    await vi.waitFor(() => {
      expect(desk.ended).toEqual([id]);
    });
    expect(desk.pushes).toHaveLength(1);
  });

  test("denied, nothing is sent, and the same mail is not asked for again in this conversation", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const id = await desk.asked(draft);
    desk.no();
    await desk.becomes(id, "denied");
    expect(desk.delivered()).toEqual([]);
    expect(await desk.propose(draft)).toMatchObject({
      ok: false,
      problem: { code: "denied_before" },
    });
    expect(desk.pushes).toHaveLength(1);
  });

  test("a draft edited in Gmail between push and yes is not sent, and what changed is named", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const id = await desk.asked(draft);
    const edited = await desk.mail.editDraft(draft.draftId, draft.messageId, {
      ...draft.content,
      to: [...draft.content.to, "thief@helio-capita1.example"],
      text: "Hello Ana, price is 90m",
    });
    expect(edited.ok).toBe(true);
    desk.yes();
    await desk.becomes(id, "drifted");
    expect((await desk.approvals.find(id))?.outcomes).toEqual([
      { state: "drifted", changed: ["To", "text"] },
    ]);
    const texts = (await desk.events()).flatMap((event) =>
      event.type === "draft.saved" ? [event.draft.content.text] : [],
    );
    expect(texts).toEqual(["Hello Ana, price is 90m"]);
    expect(desk.delivered()).toEqual([]);
  });

  test("a draft that is not the one on the card is not asked for", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    await desk.mail.editDraft(draft.draftId, draft.messageId, {
      ...draft.content,
      text: "Other words",
    });
    expect(await desk.propose(draft)).toMatchObject({
      ok: false,
      problem: { code: "draft_changed" },
    });
    expect(desk.pushes).toEqual([]);
  });

  test("a draft of another conversation is unknown", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const other = ConversationId.parse(`con_${"0".repeat(32)}`);
    expect(await desk.propose(draft, other)).toMatchObject({
      ok: false,
      problem: { code: "draft_unknown" },
    });
  });

  describe("a yes that does not fit is no yes", () => {
    const rows: [string, Yes, string][] = [
      ["another user's", { sub: "google-oauth2|1002" }, "wrong_user"],
      ["another client's", { azp: "extension" }, "wrong_client"],
      ["changed details", { details: [{ type: "x", properties: {} }] }, "wrong_details"],
      ["no details", { details: [] }, "wrong_details"],
      ["another audience", { audience: "https://other.example" }, "bad_token"],
      ["another issuer", { issuer: "https://evil.example/" }, "bad_token"],
      ["an unknown key", { key: stranger.privateKey }, "bad_token"],
    ];

    test.each(rows)("%s", async (_, forgery, reason) => {
      const desk = await office({ store });
      const id = await desk.asked(await desk.draft());
      desk.yes(forgery);
      await desk.becomes(id, "failed");
      expect(desk.delivered()).toEqual([]);
      expect(desk.lines.join("\n")).toContain(reason);
    });

    test("a grant used before does not move a second approval", async () => {
      const desk = await office({ store });
      desk.yes({ jti: "the-same-jti" });
      const first = await desk.asked(await desk.draft("One"));
      await desk.becomes(first, "executed");
      const second = await desk.asked(await desk.draft("Two"));
      await desk.becomes(second, "failed");
      expect(desk.lines.join("\n")).toContain("replayed");
      expect(desk.delivered()).toHaveLength(1);
    });
  });

  test("fifty executions at once send one mail", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    await desk.watcher.stop();
    await desk.approvals.move(id, "waiting", "approved");
    await Promise.all(Array.from({ length: 50 }, () => desk.executor.execute(id, panel)));
    expect(await desk.state(id)).toBe("executed");
    expect(desk.delivered()).toHaveLength(1);
  });

  test("a request that was withdrawn is worth nothing when its yes arrives", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    await desk.approvals.move(id, "waiting", "cancelled");
    desk.yes();
    await new Promise((later) => {
      setTimeout(later, 200);
    });
    expect(await desk.state(id)).toBe("cancelled");
    expect(desk.delivered()).toEqual([]);
  });

  describe("a send whose end nobody saw", () => {
    test("is not repeated, and is read as not sent when the draft is still there", async () => {
      const desk = await office({ store });
      const id = await desk.asked(await desk.draft());
      desk.google.faults.next("gmail.users.drafts.send", 503);
      desk.yes();
      await desk.becomes(id, "failed");
      expect((await desk.approvals.find(id))?.view.ending).toContain("Gmail still has the draft");
      expect(
        desk.google.calls.filter((call) => call.method.endsWith("drafts.send")).length,
      ).toBeLessThanOrEqual(1);
      expect(desk.delivered()).toEqual([]);
    });

    test("after a crash is found in the sent mail when the panel is next there", async () => {
      const desk = await office({ store });
      const id = await desk.asked(await desk.draft());
      await desk.watcher.stop();
      await desk.approvals.move(id, "waiting", "approved");
      await desk.executor.execute(id, panel);
      // As a crash between Gmail's answer and our record of it.
      await desk.db
        .updateTable("approvals")
        .set({ state: "executing", effect: null, lease_until: 0, ended_at: null })
        .execute();
      await desk.executor.settle(panel);
      expect(await desk.state(id)).toBe("executed");
      expect(desk.delivered()).toHaveLength(1);
    });
  });

  test("a mail that another approval sent is not taken for this one's", async () => {
    let lends = true;
    const desk = await office({ store, lend: (token) => token === "bearer" || lends });
    desk.yes();
    await desk.becomes(await desk.asked(await desk.draft("The same words")), "executed");
    lends = false;
    const again = await desk.draft("The same words");
    const id = await desk.asked(again);
    await desk.becomes(id, "approved");
    await desk.deleteDraft(again.draftId);
    // The watcher may still be trying with the phone's own grant, which the vault refuses.
    await vi.waitFor(async () => {
      await desk.executor.settle(panel);
      expect(await desk.state(id)).toBe("drifted");
    });
    expect(desk.delivered()).toHaveLength(1);
  });

  test("a tenant that will not exchange the phone's token leaves it to the panel's next one", async () => {
    const desk = await office({ store, lend: (token) => token === "bearer" });
    const id = await desk.asked(await desk.draft());
    desk.yes();
    await desk.becomes(id, "approved");
    expect(desk.delivered()).toEqual([]);
    await vi.waitFor(async () => {
      await desk.executor.settle(panel);
      expect(await desk.state(id)).toBe("executed");
    });
    expect(desk.delivered()).toHaveLength(1);
  });

  test("a mail that is tried while its person signs out everywhere is not tried again", async () => {
    let leaving: (() => Promise<unknown>) | undefined;
    const desk = await office({
      store,
      lend: (token) => token === "bearer",
      arrived: async (what) => {
        if (what === "vault") await leaving?.();
      },
    });
    const id = await desk.asked(await desk.draft());
    leaving = async () => {
      expect(await desk.state(id)).toBe("executing");
      await desk.signOut();
    };
    desk.yes();
    await desk.becomes(id, "failed");
    await desk.executor.settle(panel);
    expect((await desk.approvals.find(id))?.view.ending).toContain("You signed out everywhere.");
    expect(desk.lent).toEqual(["panel", "approval"]);
    expect(desk.delivered()).toEqual([]);
  });

  test("each move has its audit row, chained, and no mail text", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft("Escrow at ten percent"));
    desk.yes();
    await desk.becomes(id, "executed");
    const rows = await desk.db.selectFrom("audit").selectAll().orderBy("seq").execute();
    expect(rows.map((row) => /"to":"(\w+)"/.exec(row.entry)?.[1])).toEqual([
      "proposed",
      "waiting",
      "approved",
      "executing",
      "executed",
    ]);
    expect(rows.slice(1).map((row) => row.prev)).toEqual(rows.slice(0, -1).map((row) => row.hash));
    expect(rows.map((row) => row.entry).join(" ")).not.toContain("Escrow");
  });
});
