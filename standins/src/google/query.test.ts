import { describe, expect, test } from "vitest";

import { compileQuery, type Searchable } from "./query.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);
const labels = ["INBOX", "SENT", "UNREAD", "TRASH", "DRAFT"]
  .map((id) => ({ id, name: id }))
  .concat({ id: "Label_1", name: "Clients/Big ones" });

const base: Searchable = {
  from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
  to: "Maya Field <maya@northgate.example>",
  cc: "tom@northgate.example",
  bcc: "",
  subject: "Project Falcon: NDA markup",
  text: "The escrow is ten percent. Größe matters.",
  messageId: "<m1@helio.example>",
  listId: "",
  filenames: ["NDA v3.pdf"],
  labels: new Set(["INBOX", "UNREAD", "Label_1"]),
  at: NOW - 5 * DAY,
  size: 20_000,
};

function finds(q: string, message: Searchable = base): boolean {
  return compileQuery(q, labels, NOW).test(message);
}

describe("finds", () => {
  test.each([
    "from:ana",
    "from:ana.ruiz@helio-capital.example",
    'from:"Ana Ruiz"',
    "to:maya",
    "to:tom",
    "cc:tom",
    "subject:falcon",
    'subject:"nda markup"',
    "subject:(falcon nda)",
    "from:(bob OR ana)",
    "escrow",
    "ESCROW",
    '"ten percent"',
    "größe",
    "escrow -price",
    "{price escrow}",
    "(escrow percent) falcon",
    "price OR escrow",
    "has:attachment",
    "filename:pdf",
    'filename:"NDA v3.pdf"',
    "is:unread",
    "in:inbox",
    "in:anywhere",
    "label:clients-big-ones",
    "has:userlabels",
    "newer_than:7d",
    "older_than:2d",
    "after:2026/11/01",
    "after:2026-11-01 before:2026/11/20",
    "larger:10k",
    "smaller:1m",
    "rfc822msgid:m1@helio.example",
    "",
  ])("%s", (q) => {
    expect(finds(q)).toBe(true);
  });
});

describe("does not find", () => {
  test.each([
    "from:bob",
    "esc",
    '"percent ten"',
    "escrow price",
    "-escrow",
    "-from:ana",
    "subject:escrow",
    "bcc:tom",
    "is:read",
    "in:sent",
    "label:nothing",
    "newer_than:2d",
    "before:2026/11/01",
    "larger:1m",
    "filename:docx",
    "has:drive",
  ])("%s", (q) => {
    expect(finds(q)).toBe(false);
  });
});

test("spam and trash are looked at only when they are named", () => {
  expect(compileQuery("escrow", labels, NOW).everywhere).toBe(false);
  expect(compileQuery("in:anywhere escrow", labels, NOW).everywhere).toBe(true);
  expect(compileQuery("in:trash", labels, NOW).everywhere).toBe(true);
});
