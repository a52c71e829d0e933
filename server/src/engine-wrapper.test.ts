/**
 * The eight cases in which Auth0's wrapper for agents (@auth0/ai-langchain, withAsyncAuthorization) fails, as ours: one effect for each
 * approval, on exactly the approved content, one push for each digest.
 */
import { ConversationId } from "@vaultdesk/shared/id.ts";
import { describe, expect, test, vi } from "vitest";

import { office, panel, STORES } from "./engine-office.ts";

const sends = (desk: Awaited<ReturnType<typeof office>>) =>
  desk.google.calls.filter((call) => call.method.endsWith("drafts.send")).length;

describe.each(STORES)("on %s", (store) => {
  test("pending: nothing runs before the yes", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    await desk.executor.execute(id, panel);
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("waiting");
    expect(sends(desk)).toBe(0);
  });

  test("changed arguments after the push: the yes is for the old ones, nothing runs", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const id = await desk.asked(draft);
    await desk.mail.editDraft(draft.draftId, draft.messageId, {
      ...draft.content,
      to: ["eve@evil.example"],
    });
    desk.yes();
    await desk.becomes(id, "drifted");
    expect(desk.delivered()).toEqual([]);
  });

  test("the same call again: one push while it is open, and no second effect when it is done", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const id = await desk.asked(draft);
    expect(await desk.asked(draft)).toBe(id);
    expect(desk.pushes).toHaveLength(1);
    desk.yes();
    await desk.becomes(id, "executed");
    expect(await desk.propose(draft)).toMatchObject({
      ok: false,
      problem: { code: "draft_unknown" },
    });
    await desk.executor.execute(id, panel);
    expect(desk.delivered()).toHaveLength(1);
  });

  test("the executor throws three times: read about, never sent again", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft());
    desk.google.faults.next("gmail.users.drafts.send", 503, 3);
    desk.google.faults.next("gmail.users.drafts.get", 503, 2);
    desk.yes();
    await desk.becomes(id, "failed");
    for (let again = 0; again < 3; again += 1) await desk.executor.execute(id, panel);
    await desk.executor.settle(panel);
    expect(sends(desk)).toBe(1);
    expect(desk.delivered()).toEqual([]);
  });

  test("denied: final for the same words, in a new draft too; another conversation may ask", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft("The price is 90m"));
    desk.no();
    await desk.becomes(id, "denied");
    const again = await desk.draft("The price is 90m");
    expect(await desk.propose(again)).toMatchObject({
      ok: false,
      problem: { code: "denied_before" },
    });
    const beside = await desk.draft("Something else");
    expect(await desk.propose([beside, again])).toMatchObject({ ok: false });
    expect(desk.pushes).toHaveLength(1);
    const other = await desk.conversations.create(panel.sub, "Another", undefined);
    await desk.conversations.addDraft(panel.sub, other, again.draftId);
    expect(await desk.propose(again, ConversationId.parse(other))).toMatchObject({ ok: true });
  });

  test("a bad binding message: mail text is never in it, and what Auth0 refuses is not asked", async () => {
    const desk = await office({ store });
    const id = await desk.asked(await desk.draft("Hi", "Confirm? <b>€5</b>\u202e yes"));
    const [push] = desk.pushes;
    expect(push?.bindingMessage).toMatch(/^Send-this-mail:[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await desk.state(id)).toBe("waiting");
    desk.refuse({ ok: false, reason: "refused", error: "invalid_binding_message" });
    expect(await desk.propose(await desk.draft("Other"))).toMatchObject({
      ok: false,
      problem: { code: "push_refused" },
    });
  });

  test("three sends on one push: three effects in order; the first that fails stops the rest", async () => {
    const desk = await office({ store });
    const texts = ["One", "Two", "Three"];
    const three = await Promise.all(texts.map((text) => desk.draft(text, text)));
    const id = await desk.asked(three);
    expect(desk.pushes).toHaveLength(1);
    desk.yes();
    await desk.becomes(id, "executed");
    expect(desk.subjects()).toEqual(texts);

    const more = await Promise.all(texts.map((text) => desk.draft(`${text} again`, text)));
    const second = await desk.asked(more);
    const [, two] = more;
    if (two === undefined) throw new Error("three were made");
    await desk.mail.editDraft(two.draftId, two.messageId, { ...two.content, text: "Changed" });
    desk.yes();
    await desk.becomes(second, "drifted");
    const found = await desk.approvals.find(second);
    expect(found?.outcomes.map((outcome) => outcome.state)).toEqual(["sent", "drifted"]);
    expect(desk.subjects()).toEqual([...texts, "One"]);
  });

  test("two concurrent first calls: one push, one effect", async () => {
    const desk = await office({ store });
    const draft = await desk.draft();
    const both = await Promise.all([desk.asked(draft), desk.asked(draft)]);
    expect(new Set(both).size).toBe(1);
    await vi.waitFor(() => {
      expect(desk.pushes).toHaveLength(1);
    });
    desk.yes();
    await desk.becomes(both[0], "executed");
    expect(desk.pushes).toHaveLength(1);
    expect(desk.delivered()).toHaveLength(1);
  });
});
