import { describe, expect, test } from "vitest";

import { ANA, MAYA, office, panel, STORES } from "./engine-office.ts";
import { gmailClient } from "./google/call.ts";
import { createDraft, liveDraft, replaceDraft } from "./google/drafts.ts";
import { sendDraft } from "./google/effects.ts";
/** Between push and yes, one thing about the draft changes in Gmail: nothing is sent, and what changed is named. */
import type { Outgoing } from "./google/mime.ts";
import { buildMime } from "./google/mime.ts";

const MAIL: Outgoing = {
  from: MAYA,
  to: [ANA],
  cc: ["Tom Okafor <tom@northgate.example>"],
  bcc: ["file@northgate.example"],
  subject: "NDA",
  text: "Hello Ana",
  attachments: [
    { filename: "nda.pdf", contentType: "application/pdf", content: Buffer.from("draft one") },
  ],
};

const ROWS: readonly [string, Partial<Outgoing>][] = [
  ["To", { to: [ANA, "eve@evil.example"] }],
  ["Cc", { cc: ["Tom Okafor <tom@northgate.example>", "eve@evil.example"] }],
  ["Cc", { cc: [] }],
  ["Bcc", { bcc: ["eve@evil.example"] }],
  ["sender", { from: "Tom Okafor <tom@northgate.example>" }],
  ["subject", { subject: "NDA, final" }],
  ["text", { text: "Hello Ana, the price is 90m" }],
  [
    "attachments",
    {
      attachments: [
        { filename: "nda.pdf", contentType: "application/pdf", content: Buffer.from("draft two") },
      ],
    },
  ],
  ["attachments", { attachments: [] }],
  [
    "attachments",
    {
      attachments: [
        ...MAIL.attachments,
        { filename: "x.pdf", contentType: "application/pdf", content: Buffer.from("x") },
      ],
    },
  ],
];

/** An office with one draft of `MAIL` that waits for its yes, and Gmail as its owner uses it. */
async function waiting(store: (typeof STORES)[number], change: Partial<Outgoing> = {}) {
  const desk = await office({ store });
  const { accessToken } = desk.google.issue(MAYA, ["https://www.googleapis.com/auth/gmail.modify"]);
  const gmail = gmailClient(desk.google.url, accessToken);
  const draftId = await createDraft(gmail, await buildMime({ ...MAIL, ...change }), undefined);
  await desk.conversations.addDraft(panel.sub, desk.conversationId, draftId);
  const { view } = await liveDraft(gmail, draftId);
  return { desk, gmail, draftId, view, id: await desk.asked(view) };
}

describe.each(STORES)("on %s", (store) => {
  test("nothing changed: exactly the approved bytes arrive", async () => {
    const { desk, id } = await waiting(store);
    desk.yes();
    await desk.becomes(id, "executed");
    const recipients = desk.delivered().flatMap((mail) => mail.recipients);
    expect(recipients.toSorted()).toEqual([ANA, "file@northgate.example", "tom@northgate.example"]);
  });

  test.each(ROWS)("%s changed", async (named, change) => {
    const { desk, gmail, draftId, id } = await waiting(store);
    await replaceDraft(gmail, draftId, await buildMime({ ...MAIL, ...change }), undefined);
    desk.yes();
    await desk.becomes(id, "drifted");
    const found = await desk.approvals.find(id);
    expect(found?.outcomes).toEqual([{ state: "drifted", changed: [named] }]);
    expect(desk.delivered()).toEqual([]);
  });

  test("moved to another thread", async () => {
    const { desk, gmail, draftId, id } = await waiting(store);
    await desk.google.importMail(MAYA, [
      { raw: Buffer.from(`From: ${ANA}\r\nTo: ${MAYA}\r\nSubject: NDA\r\n\r\nHi\r\n`) },
    ]);
    const [thread] = desk.google.mailbox(MAYA).threads("INBOX");
    const moved = await buildMime({ ...MAIL, subject: "Re: NDA" });
    await replaceDraft(gmail, draftId, moved, thread?.threadId);
    desk.yes();
    await desk.becomes(id, "drifted");
    const [outcome] = (await desk.approvals.find(id))?.outcomes ?? [];
    expect(outcome?.state === "drifted" && outcome.changed).toContain("thread");
    expect(desk.delivered()).toEqual([]);
  });

  test("deleted", async () => {
    const { desk, gmail, draftId, id } = await waiting(store);
    await gmail.users.drafts.delete({ userId: "me", id: draftId });
    desk.yes();
    await desk.becomes(id, "drifted");
    expect(desk.delivered()).toEqual([]);
  });

  test("sent by its owner in Gmail: not sent again", async () => {
    const { desk, gmail, draftId, id } = await waiting(store);
    await sendDraft(gmail, draftId, await buildMime(MAIL), undefined);
    desk.yes();
    await desk.becomes(id, "drifted");
    expect(desk.delivered()).toHaveLength(1);
  });

  test.each(["action", "raw"] as const)(
    "what is stored is swapped by somebody who has the keys: %s",
    async (what) => {
      const { desk, id } = await waiting(store);
      await desk.swap(id, what);
      desk.yes();
      await expect
        .poll(async () => (await desk.approvals.find(id))?.view.endedAt, { timeout: 5000 })
        .toBeDefined();
      expect(await desk.state(id)).not.toBe("executed");
      expect(desk.delivered()).toEqual([]);
    },
  );
});
