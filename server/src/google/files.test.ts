import { expect, test } from "vitest";

import { gmailClient } from "./call.ts";
import { filesOf } from "./files.ts";
import type { Replied } from "./mail.ts";

const facts: Replied = {
  id: "189af729deca2ec0",
  threadId: "189af729deca2ec0",
  from: "",
  to: "",
  cc: "",
  subject: "",
  date: "2026-11-20T09:00:00.000Z",
  snippet: "",
  rfc: { own: [], before: [] },
  attachments: [],
  text: "",
  messageId: "",
  references: "",
  inReplyTo: "",
  replyTo: "",
};

/** Nobody listens there: a call would fail the test. */
const api = gmailClient("http://127.0.0.1:1/", "token");
const never = new AbortController().signal;

function ask(...sizes: number[]) {
  const parts = sizes.map((size) => ({
    filename: "a.pdf",
    mimeType: "application/pdf",
    body: { size, data: "YQ" },
  }));
  return filesOf(api, { facts, payload: { mimeType: "multipart/mixed", parts } }, never);
}

test("files of together more than 20 MB are refused, and how much they are is said", async () => {
  expect(await ask(12_000_000, 9_500_000)).toMatchObject({
    ok: false,
    problem: {
      code: "attachments_too_large",
      detail: "They are 21.5 MB; the limit is 20.0 MB.",
    },
  });
});

test("files up to the limit are taken, those that Gmail sends along without asking again", async () => {
  expect(await ask(20_000_000)).toEqual({
    ok: true,
    value: [{ filename: "a.pdf", contentType: "application/pdf", content: Buffer.from("a") }],
  });
});
