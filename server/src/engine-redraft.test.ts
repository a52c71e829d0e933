/** A draft is changed in place by the assistant's tool: the same draft in Gmail, nobody's typing lost, and no old approval left. */
import { DraftId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import type { Rewrite } from "./actions/edit-draft.ts";
import { rewriteDraft } from "./actions/redraft.ts";
import { BY_HAND } from "./actions/standing.ts";
import { draftEmailReply } from "./agent/tools/draft-email-reply.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { office, panel } from "./engine-office.ts";

const never = new AbortController().signal;

async function desk() {
  const here = await office();
  const { approvals, conversations, conversationId, mail } = here;
  const draft = await here.draft(
    "Hello Ana,\n\nThe NDA is fine. We sign on Friday.\n\nBest,\nMaya",
  );
  const records = { approvals, conversations };
  const room = roomOf({
    mail,
    redraft: (wanted, signal) =>
      rewriteDraft(
        records,
        panel.sub,
        mail,
        { ...wanted, conversationId, provenance: BY_HAND },
        signal,
      ),
  });
  const change = (args: object) =>
    draftEmailReply.run(
      { draft_id: draft.draftId, version: draft.messageId, ...args },
      room,
      never,
    );
  return { ...here, draft, change };
}

test("the same draft has the new text, and what was not named stays", async () => {
  const here = await desk();
  const outcome = await here.change({ body: "Hello Ana,\n\nWe sign on Friday." });
  expect(outcome).toMatchObject({
    ok: true,
    draft: {
      draftId: here.draft.draftId,
      content: {
        ...here.draft.content,
        text: "Hello Ana,\n\nWe sign on Friday.",
      },
    },
  });
  expect(here.google.mailbox("maya@northgate.example").drafts()).toHaveLength(1);
});

test("what asked the phone for the old text is withdrawn, and a late yes sends nothing", async () => {
  const here = await desk();
  const id = await here.asked(here.draft);
  await here.change({ body: "Another text." });
  expect(await here.state(id)).toBe("cancelled");
  expect((await here.approvals.find(id))?.view.ending).toContain("You had the draft changed");
  here.yes();
  await here.freePhone();
  expect(here.delivered()).toEqual([]);
});

test("what the person typed in the meantime is not overwritten: the model is shown it, and goes on from it", async () => {
  const here = await desk();
  const { draftId, messageId, content } = here.draft;
  const text = "Hello Ana,\n\nNot before Monday.";
  await here.mail.editDraft(draftId, messageId, { ...content, text });
  const refused = await here.change({ body: "We sign on Friday." });
  expect(refused).toMatchObject({
    ok: false,
    untrusted: true,
    json: { error: "draft_changed", current: { draft_id: draftId, text } },
    draft: { content: { text } },
  });
  const version = refused.draft?.messageId;
  expect(version).not.toBe(messageId);
  const again = await here.change({ version, body: "Hello Ana,\n\nNot before Tuesday." });
  expect(again).toMatchObject({ ok: true, draft: { draftId } });
});

test.each<[string, object, string]>([
  ["another conversation's draft", { draft_id: "r-12345678" }, "draft_unknown"],
  ["no version", { version: undefined }, "bad_arguments"],
  ["a mode beside it", { mode: "reply" }, "bad_arguments"],
])("%s is refused", async (_, args, code) => {
  const here = await desk();
  const outcome = await here.change({ body: "x", ...args });
  expect(outcome).toMatchObject({ ok: false, json: { error: code } });
});

test("signature and original stay under the new text", async () => {
  const here = await desk();
  const { draftId, messageId, content } = here.draft;
  const below = "\n\n-- \nMaya Field\n\nOn Tue, 17 Nov 2026 at 10:00, Ana wrote:\n> Two points.";
  const edited = await here.mail.editDraft(draftId, messageId, {
    ...content,
    text: `Old words.${below}`,
  });
  if (!edited.ok) throw new Error(edited.problem.code);
  const change: Rewrite = { body: "New words." };
  const rewritten = await here.mail.rewriteDraft(
    DraftId.parse(draftId),
    edited.value.view.messageId,
    change,
    { known: undefined, provenance: BY_HAND },
    never,
  );
  expect(rewritten).toMatchObject({ value: { view: { content: { text: `New words.${below}` } } } });
});
