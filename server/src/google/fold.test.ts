import { expect, test } from "vitest";

import { worked } from "../worked.ts";
import { foldThread } from "./fold.ts";

const FIRST = [
  "Hi Maya,",
  "",
  "We can agree to 21 days of exclusivity from the date of a signed LOI.",
  "The non-solicit stays at 18 months, with the exception for advertisements.",
  "",
  "Ana",
].join("\n");
const QUOTED = FIRST.split("\n")
  .map((line) => `> ${line}`)
  .join("\n");

test.each<[string, string, string]>([
  [
    "a quote under the answer",
    `Agreed.\n\nOn Fri, 20 Nov 2026, Ana Ruiz wrote:\n${QUOTED}`,
    "Agreed.\n\n[7 quoted lines folded]",
  ],
  [
    "Outlook's way, without marks",
    `Agreed.\n\n-----Original Message-----\nFrom: Ana Ruiz\nSent: Friday\nTo: Maya Field\nSubject: NDA\n\n${FIRST}`,
    "Agreed.\n\n[10 quoted lines folded]\n\nAna",
  ],
  [
    "a quote that was wrapped anew",
    "Agreed.\n\n> We can agree to 21 days of exclusivity from the\n> date of a signed LOI. The non-solicit stays at 18 months, with\n> the exception for advertisements.",
    "Agreed.\n\n[3 quoted lines folded]",
  ],
  [
    "answers between quoted lines stay",
    "> We can agree to 21 days of exclusivity from the date of a signed LOI.\n> The non-solicit stays at 18 months, with the exception for advertisements.\nNot for us: 12 months.\n> Ana",
    "[2 quoted lines folded]\nNot for us: 12 months.\n> Ana",
  ],
  [
    "a quote of something that stands nowhere else stays",
    "See below.\n\n> The price is 92m, cash at closing, no financing condition.\n> Colin",
    "See below.\n\n> The price is 92m, cash at closing, no financing condition.\n> Colin",
  ],
  [
    "a forward of another mail stays",
    "FYI\n\n---------- Forwarded message ---------\nFrom: Colin <colin@else.example>\nSubject: Price\n\nThe price is 92m, cash at closing.",
    "FYI\n\n---------- Forwarded message ---------\nFrom: Colin <colin@else.example>\nSubject: Price\n\nThe price is 92m, cash at closing.",
  ],
  [
    "said again in own words",
    "We can agree to 21 days of exclusivity from the date of a signed LOI.\nThe non-solicit stays at 18 months, with the exception for advertisements.",
    "We can agree to 21 days of exclusivity from the date of a signed LOI.\nThe non-solicit stays at 18 months, with the exception for advertisements.",
  ],
  [
    "a signature",
    "Agreed.\n\n-- \nMaya Field\nNorthgate\n+44 20 7946 0000",
    "Agreed.\n\n[signature cut]",
  ],
  [
    "a long text after two dashes is none",
    `Agreed.\n--\n${"one more line\n".repeat(20)}end`,
    `Agreed.\n--\n${"one more line\n".repeat(20)}end`,
  ],
  [
    "a disclaimer",
    "Agreed.\n\nThis e-mail is confidential and may be privileged. It is intended only for the addressee. If you have received it in error, delete it and tell the sender at once.",
    "Agreed.\n\n[disclaimer cut]",
  ],
  [
    "talk of confidentiality is no disclaimer",
    "Agreed.\n\nThe data room is confidential, so please send the list of people who will have access before Tuesday, as the seller's counsel asked on the call with all of us.",
    "Agreed.\n\nThe data room is confidential, so please send the list of people who will have access before Tuesday, as the seller's counsel asked on the call with all of us.",
  ],
  ["an empty text", "", ""],
])("%s", (_, text, wanted) => {
  expect(foldThread([FIRST, text])[1]).toBe(wanted);
});

test("the first message of a thread keeps its quotes", () => {
  expect(foldThread([QUOTED])).toEqual([QUOTED]);
});

test("two hundred messages that each quote all before them are folded in time, and what each adds stays", () => {
  let body = "";
  const texts = Array.from({ length: 200 }, (_, index) => {
    const own = `This is what message number ${index} adds to the discussion of the terms.`;
    body = `${own}\n\nOn Monday, Ana wrote:\n${body
      .split("\n")
      .slice(0, 80)
      .map((line) => `> ${line}`)
      .join("\n")}`;
    return body;
  });
  const { result: folded, ms } = worked(() => foldThread(texts));
  expect(ms).toBeLessThan(3000);
  folded.forEach((text, index) => {
    expect(text).toContain(`message number ${index} adds`);
  });
  expect(folded.at(-1)?.split("\n").length).toBeLessThan(6);
});

test.each([
  `${">".repeat(50_000)} x`,
  "on ".repeat(30_000),
  `from:${" ".repeat(90_000)}`,
  "- ".repeat(50_000),
  `${" ".repeat(90_000)}x`,
  "> äöü and more of the same\n".repeat(2000),
])("a text made to be slow is read at once", (text) => {
  expect(worked(() => foldThread([FIRST, text])).ms).toBeLessThan(500);
});

test("thousands of quoted lines that stand nowhere are looked for in time, and stay", () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `> ${"bc1".repeat(8)}${index}`);
  const { result, ms } = worked(() => foldThread(["bc1".repeat(130_000), lines.join("\n")]));
  expect(result[1]).toBe(lines.join("\n"));
  expect(ms).toBeLessThan(4000);
});
