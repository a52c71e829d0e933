import { expect, test } from "vitest";

import type { Replied } from "../google/mail.ts";
import { envelope } from "./mailroom.ts";

const me = { name: "Maya Field", address: "maya@northgate.example" };
const answered: Replied = {
  id: "189af729deca2ec0",
  threadId: "189af729deca2ec0",
  from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
  to: "Maya Field <maya@northgate.example>, Tom Okafor <tom@northgate.example>",
  cc: '"Voss, Jürgen" <j.voss@voss.example>, maya@northgate.example',
  subject: "Project Falcon: NDA markup",
  date: "2026-11-20T09:00:00.000Z",
  snippet: "",
  attachments: [],
  text: "Two points.\n> earlier",
  messageId: "<m2@helio-capital.example>",
  references: "<m1@northgate.example>",
  replyTo: "",
};

function made(change: Partial<Parameters<typeof envelope>[0]> = {}, original: Replied = answered) {
  const result = envelope(
    { mode: "reply", messageId: original.id, body: "Hello Ana", ...change },
    me,
    original,
  );
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

test("a reply goes to the sender alone, with References that end in what it answers", () => {
  expect(made()).toMatchObject({
    to: ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
    cc: [],
    subject: "Re: Project Falcon: NDA markup",
    inReplyTo: "<m2@helio-capital.example>",
    references: "<m1@northgate.example> <m2@helio-capital.example>",
  });
  expect(made().text).toContain(
    "Hello Ana\n\nOn Fri, 20 Nov 2026 09:00:00 UTC, Ana Ruiz <ana.ruiz@helio-capital.example> wrote:\n> Two points.\n>> earlier",
  );
});

test("a reply to all names everybody once and never the user", () => {
  expect(made({ mode: "reply_all" })).toMatchObject({
    to: ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
    cc: ["Tom Okafor <tom@northgate.example>", '"Voss, Jürgen" <j.voss@voss.example>'],
  });
});

test("Reply-To decides, and a reply to one's own mail goes to those it went to", () => {
  expect(made({}, { ...answered, replyTo: "deal@helio-capital.example" }).to).toEqual([
    "deal@helio-capital.example",
  ]);
  expect(
    made(
      {},
      {
        ...answered,
        from: "Maya Field <MAYA@northgate.example>",
        to: "ana.ruiz@helio-capital.example",
      },
    ).to,
  ).toEqual(["ana.ruiz@helio-capital.example"]);
});

test("a subject that already says Re stays, and line breaks can't start a header", () => {
  expect(made({}, { ...answered, subject: "RE: NDA" }).subject).toBe("RE: NDA");
  expect(made({ subject: "Hi\r\nBcc: thief@evil.example" }).subject).toBe(
    "Hi Bcc: thief@evil.example",
  );
});

test("a new mail without a recipient is refused in words", () => {
  expect(envelope({ mode: "new", body: "x" }, me, undefined)).toMatchObject({
    ok: false,
    problem: { code: "address_refused" },
  });
});
