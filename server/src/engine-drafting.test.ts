/** Drafts of all four kinds over HTTP against the Google stand-in: thread, headers, From, recipients, attachments, as Gmail holds them. */
import { GMAIL_COMPOSE, GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import { startGoogle } from "@vaultdesk/standins/google/start.ts";
import { afterEach, expect, test } from "vitest";

import type { NewDraft } from "./actions/envelope.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { draftEmailReply } from "./agent/tools/draft-email-reply.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { gmailClient } from "./google/call.ts";
import { liveDraft } from "./google/drafts.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import { buildMime, readMime } from "./google/mime.ts";
import { createLog } from "./observe/log.ts";
import { createBroker } from "./vault/broker.ts";

const MAYA = "maya@northgate.example";
const DEALS = "deals@northgate.example";
const ANA = "ana.ruiz@helio-capital.example";
const SUBJECT = "Project Falcon: NDA";
const never = new AbortController().signal;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Maya's mailbox with one thread: her mail, and Ana's answer to her alias with Tom in Cc and a file. */
async function mailbox() {
  const google = await startGoogle({
    users: [
      {
        email: MAYA,
        name: "Maya Field",
        aliases: [
          { email: DEALS, name: "Maya Field", signature: "<b>Maya Field</b><br>Northgate Deals" },
          { email: "maya@old.example", name: "Maya", pending: true },
        ],
      },
      { email: ANA, name: "Ana Ruiz" },
    ],
  });
  closing.push(() => google.close());
  const first = `From: Maya Field <${DEALS}>\r\nTo: ${ANA}\r\nSubject: ${SUBJECT}\r\nMessage-ID: <m1@northgate.example>\r\nDate: Mon, 16 Nov 2026 09:00:00 +0000\r\n\r\nThe NDA follows.\r\n`;
  const head = await buildMime({
    from: `Ana Ruiz <${ANA}>`,
    to: [DEALS],
    cc: ["tom@northgate.example"],
    bcc: [],
    subject: `Re: ${SUBJECT}`,
    text: "Two points.",
    inReplyTo: "<m1@northgate.example>",
    references: "<m1@northgate.example>",
    attachments: [
      { filename: "nda.pdf", contentType: "application/pdf", content: Buffer.alloc(2000, 7) },
    ],
  });
  const second = head
    .toString("latin1")
    .replace(/^Message-ID: .*$/m, "Message-ID: <m2@helio-capital.example>")
    .replace(/^Date: .*$/m, "Date: Tue, 17 Nov 2026 09:00:00 +0000");
  await google.importMail(MAYA, [
    { raw: Buffer.from(first) },
    { raw: Buffer.from(second, "latin1") },
  ]);
  const [row] = google.mailbox(MAYA).threads();
  if (row === undefined) throw new Error("the mailbox has a thread");
  const broker = createBroker({
    exchange: () =>
      Promise.resolve({ ok: true, token: google.issue(MAYA, [GMAIL_READ, GMAIL_COMPOSE]) }),
    log: createLog(() => undefined),
    now: () => Date.now(),
  });
  const grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" } as const;
  const mail = createMailroom({ broker, openMailbox: mailboxesAt(google.url), grant });
  const api = gmailClient(google.url, google.issue(MAYA, [GMAIL_READ, GMAIL_COMPOSE]).accessToken);
  const messageId = row.messageIds[1] ?? "";

  async function save(wanted: Partial<NewDraft> & Pick<NewDraft, "mode">) {
    const about = wanted.mode === "new" ? {} : { messageId };
    const saved = await mail.saveDraft({ ...about, body: "Hello", ...wanted }, never);
    if (!saved.ok) throw new Error(saved.problem.detail ?? saved.problem.code);
    const { draftId } = saved.value.view;
    return { draftId, live: await liveDraft(api, draftId) };
  }
  const send = (id: string) => api.users.drafts.send({ userId: "me", requestBody: { id } });
  /** The last mail that left, by its bytes. */
  const left = () => {
    const entry = google.outbox.at(-1);
    return readMime(Buffer.from(entry?.kind === "mail" ? entry.raw : ""), undefined);
  };
  return { google, mail, api, messageId, threadId: row.threadId, save, send, left };
}

const REFERS = {
  inReplyTo: "<m2@helio-capital.example>",
  references: "<m1@northgate.example> <m2@helio-capital.example>",
};

test.each([
  { mode: "reply", to: [`Ana Ruiz <${ANA}>`], cc: [], subject: `Re: ${SUBJECT}` },
  {
    mode: "reply_all",
    to: [`Ana Ruiz <${ANA}>`],
    cc: ["tom@northgate.example"],
    subject: `Re: ${SUBJECT}`,
  },
  { mode: "forward", to: ["kim@northgate.example"], cc: [], subject: `Fwd: ${SUBJECT}` },
] as const)(
  "a $mode is from the alias, in the thread, and stays there when it is sent",
  async (row) => {
    const desk = await mailbox();
    const { mode, ...content } = row;
    const { draftId, live } = await desk.save({
      mode,
      ...(mode === "forward" ? { to: row.to } : {}),
    });
    expect(live).toMatchObject({
      ...REFERS,
      view: { content: { ...content, from: `Maya Field <${DEALS}>`, threadId: desk.threadId } },
    });
    const sent = await desk.send(draftId);
    expect(sent.data.threadId).toBe(desk.threadId);
    const last = desk.google.mailbox(MAYA).thread(desk.threadId).at(-1);
    expect(last).toMatchObject({ from: `Maya Field <${DEALS}>`, labels: ["SENT"] });
    expect(await desk.left()).toMatchObject({
      ...REFERS,
      content: { ...content, from: `Maya Field <${DEALS}>` },
    });
  },
);

test("a new mail is from the default address and in no thread of before", async () => {
  const desk = await mailbox();
  const { draftId, live } = await desk.save({ mode: "new", to: [ANA], subject: "Lunch" });
  expect(live.inReplyTo).toBeUndefined();
  expect(live.view.content).toMatchObject({ from: `Maya Field <${MAYA}>`, subject: "Lunch" });
  const sent = await desk.send(draftId);
  expect(sent.data.threadId).not.toBe(desk.threadId);
  const left = await desk.left();
  expect(left.content).toMatchObject({ from: `Maya Field <${MAYA}>`, to: [ANA], subject: "Lunch" });
  expect([left.inReplyTo, left.references]).toEqual([undefined, undefined]);
});

test("the alias's HTML signature is on the draft as text, above the original", async () => {
  const desk = await mailbox();
  const { live } = await desk.save({ mode: "reply" });
  expect(live.view.content.text).toContain("Hello\n\n-- \nMaya Field\nNorthgate Deals\n\nOn Tue");
});

test("a forward carries the original's files, byte for byte, or leaves them when told", async () => {
  const desk = await mailbox();
  const { live } = await desk.save({ mode: "forward", to: ["kim@northgate.example"] });
  expect(live.attachments.map((file) => file.filename)).toEqual(["nda.pdf"]);
  expect(live.attachments[0]?.content.equals(Buffer.alloc(2000, 7))).toBe(true);
  const bare = await desk.save({
    mode: "forward",
    to: ["kim@northgate.example"],
    withoutAttachments: true,
  });
  expect(bare.live.attachments).toEqual([]);
});

test("Gmail rewrites a From that was never verified, so the tool refuses it", async () => {
  const desk = await mailbox();
  const raw = await buildMime({
    from: "Maya <maya@old.example>",
    to: [ANA],
    cc: [],
    bcc: [],
    subject: "x",
    text: "x",
    attachments: [],
  });
  const made = await desk.api.users.drafts.create({
    userId: "me",
    requestBody: { message: { raw: raw.toString("base64url") } },
  });
  await desk.send(made.data.id ?? "");
  expect(desk.google.outbox.at(-1)).toMatchObject({ kind: "mail", from: MAYA });
  expect(desk.google.mailbox(ANA).threads()[0]?.participants).toEqual(["Maya Field"]);
  const args = { mode: "reply", message_id: desk.messageId, from: "maya@old.example", body: "x" };
  expect(await draftEmailReply.run(args, roomOf({ mail: desk.mail }), never)).toMatchObject({
    ok: false,
    problem: { code: "address_refused" },
  });
});

test.each([
  ["Europe/Berlin", "On Tue, 17 Nov 2026 at 10:00, Ana Ruiz"],
  ["America/New_York", "On Tue, 17 Nov 2026 at 04:00, Ana Ruiz"],
  [undefined, "On Tue, 17 Nov 2026 at 09:00 UTC, Ana Ruiz"],
  ["Mars/Olympus", "On Tue, 17 Nov 2026 at 09:00 UTC, Ana Ruiz"],
])("the original's time is told in the zone of the person who writes: %s", async (zone, words) => {
  const desk = await mailbox();
  const { live } = await desk.save({ mode: "reply", timeZone: zone });
  expect(live.view.content.text).toContain(words);
});

const PDF = { messageId: "", filename: "nda.pdf" };

test("a reply carries a file of a message, byte for byte, with its hash on the draft", async () => {
  const desk = await mailbox();
  const attach = [{ ...PDF, messageId: desk.messageId }];
  const { live } = await desk.save({ mode: "reply", attach });
  expect(live.attachments[0]?.content.equals(Buffer.alloc(2000, 7))).toBe(true);
  expect(live.view.content.attachments[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["a name that is not there", "signed.pdf", /There is no signed\.pdf\. There are: nda\.pdf/],
  ["a path", "../nda.pdf", /There is no/],
])("%s attaches nothing, saves nothing, and the names are told", async (_, filename, words) => {
  const desk = await mailbox();
  const attach = [{ message_id: desk.messageId, filename }];
  const args = { mode: "reply", message_id: desk.messageId, body: "Here.", attach };
  const outcome = await draftEmailReply.run(args, roomOf({ mail: desk.mail }), never);
  expect(outcome).toMatchObject({ ok: false, problem: { code: "attachment_unknown" } });
  expect(outcome.summary).toMatch(words);
  expect(desk.google.mailbox(MAYA).drafts()).toEqual([]);
});

test("a file of a message that nobody named here is not attached", async () => {
  const desk = await mailbox();
  const attach = [{ message_id: "18aa00000000dead", filename: "nda.pdf" }];
  const args = { mode: "reply", message_id: desk.messageId, body: "Here.", attach };
  const room = roomOf({ mail: desk.mail, seen: (id) => id === desk.messageId });
  expect(await draftEmailReply.run(args, room, never)).toMatchObject({
    ok: false,
    json: { error: "unknown_id" },
  });
});

test("a file that the text names and that is not the one attached is said", async () => {
  const desk = await mailbox();
  const attach = [{ message_id: desk.messageId, filename: "nda.pdf" }];
  const body = "See the attached NDA v3.docx.";
  const args = { mode: "reply", message_id: desk.messageId, body, attach };
  const outcome = await draftEmailReply.run(args, roomOf({ mail: desk.mail }), never);
  expect(outcome.details.join()).toContain("speaks of NDA v3.docx, and attached is nda.pdf");
});

test("text that promises a file on a draft without one is said to the model and to the person", async () => {
  const desk = await mailbox();
  const args = { mode: "reply", message_id: desk.messageId, body: "Please find attached the NDA." };
  const outcome = await draftEmailReply.run(args, roomOf({ mail: desk.mail }), never);
  const warning: unknown = expect.stringContaining("nothing is attached");
  expect(outcome).toMatchObject({ ok: true, json: { warnings: [warning] } });
  expect(outcome.details).toContainEqual(warning);
  const forward = { ...args, mode: "forward", to: ["kim@northgate.example"] };
  const carried = await draftEmailReply.run(forward, roomOf({ mail: desk.mail }), never);
  expect(carried.json).not.toHaveProperty("warnings");
});
