import { expect, test } from "vitest";

import type { Replied } from "../google/mail.ts";
import { envelope } from "./envelope.ts";

const primary = {
  name: "Maya Field",
  address: "maya@northgate.example",
  verified: true,
  isDefault: true,
  signature: "",
};
const deals = {
  ...primary,
  address: "deals@northgate.example",
  isDefault: false,
  signature: "Maya Field\nNorthgate Deals",
};
const pending = { ...primary, address: "maya@old.example", isDefault: false, verified: false };
const me = {
  name: primary.name,
  address: primary.address,
  aliases: [primary, deals, pending],
};
const answered: Replied = {
  id: "189af729deca2ec0",
  threadId: "189af729deca2ec0",
  from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
  to: "Maya Field <maya@northgate.example>, Tom Okafor <tom@northgate.example>",
  cc: '"Voss, Jürgen" <j.voss@voss.example>, maya@northgate.example',
  subject: "Project Falcon: NDA markup",
  date: "2026-11-20T09:00:00.000Z",
  snippet: "",
  rfc: { own: [], before: [] },
  attachments: [],
  text: "Two points.\n> earlier",
  messageId: "<m2@helio-capital.example>",
  references: "<m1@northgate.example>",
  inReplyTo: "",
  replyTo: "",
};

type Change = Partial<Parameters<typeof envelope>[0]>;

function enveloped(change: Change = {}, original: Replied = answered) {
  const result = envelope(
    { mode: "reply", messageId: original.id, body: "Hello Ana", ...change },
    me,
    original,
  );
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

function made(change: Change = {}, original: Replied = answered) {
  return enveloped(change, original).mail;
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
    "Hello Ana\n\nOn Fri, 20 Nov 2026 at 09:00 UTC, Ana Ruiz <ana.ruiz@helio-capital.example> wrote:\n> Two points.\n>> earlier",
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

test("mail to an alias is answered from it, with its signature once, and the alias is not copied", () => {
  const original = { ...answered, to: `${deals.address}, tom@northgate.example` };
  const mail = made({ mode: "reply_all" }, original);
  expect(mail.from).toBe("Maya Field <deals@northgate.example>");
  expect(mail.cc).toEqual(["tom@northgate.example", '"Voss, Jürgen" <j.voss@voss.example>']);
  expect(mail.text).toContain("Hello Ana\n\n-- \nMaya Field\nNorthgate Deals\n\nOn Fri");
  const ended = made({ body: `Hello Ana\n\n${deals.signature}` }, original);
  expect(ended.text.match(/Northgate Deals/g)).toHaveLength(1);
});

test("mail to an unverified alias or to a tagged address is answered from the default address", () => {
  for (const to of [pending.address, "maya+falcon@northgate.example"]) {
    const mail = made({ mode: "reply_all" }, { ...answered, to, cc: "" });
    expect(mail.from).toBe("Maya Field <maya@northgate.example>");
  }
});

test.each([
  [pending.address, "is not verified in Gmail"],
  ["eve@northgate.example", "is not an address of this mailbox"],
])("a draft from %s is refused, and those that exist are named", (from, why) => {
  const result = envelope({ mode: "reply", from, body: "x" }, me, answered);
  expect(result).toMatchObject({
    problem: {
      code: "address_refused",
      detail: `${from} ${why}. It sends from: maya@northgate.example, deals@northgate.example.`,
    },
  });
});

test("the address that was asked for writes the draft", () => {
  expect(made({ from: deals.address }).from).toBe("Maya Field <deals@northgate.example>");
});

test("a reply to all of one's own mail goes to its recipients, Cc as it was", () => {
  const own = { ...answered, from: deals.address, to: "ana.ruiz@helio-capital.example" };
  expect(made({ mode: "reply_all" }, own)).toMatchObject({
    from: "Maya Field <deals@northgate.example>",
    to: ["ana.ruiz@helio-capital.example"],
    cc: ['"Voss, Jürgen" <j.voss@voss.example>'],
  });
});

test("a forward carries the original's head and needs a recipient", () => {
  const mail = made({ mode: "forward", to: ["kim@northgate.example"] });
  expect(mail).toMatchObject({
    to: ["kim@northgate.example"],
    cc: [],
    subject: "Fwd: Project Falcon: NDA markup",
    inReplyTo: "<m2@helio-capital.example>",
  });
  expect(mail.text).toContain(
    `Hello Ana\n\n---------- Forwarded message ---------\nFrom: Ana Ruiz <ana.ruiz@helio-capital.example>\nDate: Fri, 20 Nov 2026 at 09:00 UTC\nSubject: Project Falcon: NDA markup\nTo: ${answered.to}\nCc: ${answered.cc}\n\n\nTwo points.`,
  );
  expect(envelope({ mode: "forward", body: "x" }, me, answered)).toMatchObject({
    problem: { detail: "Name who gets the mail." },
  });
});

test("another subject leaves the thread and says so", () => {
  expect(enveloped({ subject: "Falcon: price" })).toMatchObject({
    threadId: undefined,
    notes: ["The new subject starts a new thread in Gmail."],
  });
  expect(enveloped({ subject: "AW: project falcon: NDA markup" }).threadId).toBeUndefined();
  expect(enveloped({ subject: "AW: Project Falcon: NDA markup" }).threadId).toBe(answered.threadId);
});
