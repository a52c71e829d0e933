import { expect, test } from "vitest";

import type { MessageText } from "../google/message.ts";
import { type TermRow, termsOf } from "./terms.ts";

const KATRIN = "Katrin Vogel <katrin@brandt.example>";
const MAYA = "Maya Field <maya@northgate.example>";
const [FIRST, SECOND, THIRD] = ["18c0000000000001", "18c0000000000002", "18c0000000000003"];

function mail(id: string, day: number, from: string, text: string): MessageText {
  const date = `2026-11-${String(day).padStart(2, "0")}T10:00:00.000Z`;
  const rest = {
    threadId: FIRST,
    to: "",
    cc: "",
    subject: "LOI",
    snippet: "",
    rfc: { own: [], before: [] },
    attachments: [],
  };
  return { id, from, date, text, ...rest };
}

const OFFER = "In short: EUR 106 million at closing. We ask for 45 days of exclusivity.";
const ANSWER = "We need EUR 112 million at closing, and\n21 days of exclusivity, not 45.";
const quoting = OFFER.split(". ").map((line) => `> ${line}`);
const THREAD = [
  mail(FIRST, 9, KATRIN, OFFER),
  mail(
    SECOND,
    12,
    MAYA,
    `${ANSWER}\n\nOn Mon, 9 Nov 2026, Katrin Vogel wrote:\n${quoting.join("\n")}\n\n-- \nMaya Field, Northgate Partners`,
  ),
  mail(
    THIRD,
    17,
    KATRIN,
    "We can do EUR 110 million at closing.\n30 days of exclusivity are needed by 24 November.",
  ),
];

const price = (id: string, value: string, quote: string, name = "At closing"): TermRow => ({
  topic: "price",
  name,
  value,
  message_id: id,
  quote,
});
const OLD = price(FIRST, "EUR 106 million", "EUR 106 million at closing");
const MIDDLE = price(SECOND, "EUR 112 million", "We need EUR 112 million at closing");
const NEW = price(THIRD, "EUR 110 million", "We can do EUR 110 million at closing.");

function check(rows: TermRow[], seen: (id: string) => boolean = () => true) {
  const { settled, ...rest } = termsOf(rows, THREAD, seen);
  return { terms: settled.map(({ term }) => term), rows: settled.map((one) => one.rows), ...rest };
}
const whys = (rows: TermRow[]) => check(rows).refused.map(({ row, why }) => `${row}: ${why}`);

test("the newest word is the term, whatever the order of the rows; the others are what it replaced", () => {
  for (const rows of [
    [OLD, MIDDLE, NEW],
    [NEW, OLD, MIDDLE],
  ]) {
    const { terms, refused } = check(rows);
    expect(refused).toEqual([]);
    expect(terms).toHaveLength(1);
    expect(terms[0]?.current).toEqual({
      value: "EUR 110 million",
      inQuote: true,
      messageId: THIRD,
      from: KATRIN,
      at: "2026-11-17T10:00:00.000Z",
      quote: "We can do EUR 110 million at closing.",
    });
    expect(terms[0]?.replaced.map(({ value, from }) => [value, from])).toEqual([
      ["EUR 112 million", MAYA],
      ["EUR 106 million", KATRIN],
    ]);
  }
});

test("a value that is said again replaces nothing, and has its last speaker", () => {
  const rows = [
    price(THIRD, "exclusivity", "30 days of exclusivity", "Asked for"),
    price(FIRST, "exclusivity", "45 days of exclusivity", "Asked for"),
  ];
  const last = { from: KATRIN, messageId: THIRD };
  expect(check(rows).terms).toEqual([expect.objectContaining({ replaced: [] })]);
  expect(check(rows).terms[0]?.current).toMatchObject(last);
});

test("the quote that is shown is the mail's, letter by letter", () => {
  const { terms } = check([
    price(SECOND, "21 days", "“AND 21 DAYS of exclusivity, not 45”", "Exclusivity"),
  ]);
  expect(terms[0]?.current.quote).toBe("and 21 days of exclusivity, not 45");
});

test("a value in other words is marked, one with a figure of its own is refused", () => {
  const other = { ...NEW, value: "110 million euro on the day" };
  expect(check([other]).terms[0]?.current.inQuote).toBe(false);
  expect(whys([{ ...NEW, value: "EUR 115 million" }])).toEqual([
    "1: the value has a figure that the quote does not have. Use the quote's own words.",
  ]);
});

test("a date may be given the year of its message", () => {
  const due = price(THIRD, "24 November 2026", "needed by 24 November", "Answer due");
  expect(check([due]).refused).toEqual([]);
  expect(check([{ ...due, value: "24 November 2025" }]).refused).toHaveLength(1);
});

test.each<[string, TermRow, string]>([
  ["that was made up", price(THIRD, "x", "We agree to everything"), "does not stand in message"],
  ["with a changed figure", price(THIRD, "x", "EUR 111 million at closing"), "does not stand in"],
  ["put together", price(FIRST, "x", "EUR 106 million … 45 days"), "does not stand in message"],
  ["of another message", price(FIRST, "x", NEW.quote), "does not stand in message"],
  ["that is only repeated", price(SECOND, "x", "We ask for 45 days"), `in message ${FIRST}: cite`],
  ["of a signature", price(SECOND, "x", "Maya Field, Northgate"), "only in a signature"],
  ["of the fold's own mark", price(SECOND, "x", "[3 quoted lines folded]"), "does not stand in"],
  ["of another thread", price("18c000000000000f", "x", "anything at all"), "not in this thread"],
])("a quote %s is refused, and the rest is shown", (_, row, why) => {
  const { terms, refused, leftOut } = check([{ ...row, name: "Other" }, OLD]);
  expect(refused.map((one) => `${one.row} ${one.name}: ${one.why}`).join("\n")).toMatch(
    new RegExp(`^1 Other: .*${why}`),
  );
  expect(terms.map(({ name }) => name)).toEqual(["At closing"]);
  expect(leftOut).toEqual(["Other"]);
});

test("a message that was not read here proves nothing", () => {
  const { terms, refused } = check([NEW], (id) => id !== THIRD);
  expect(terms).toEqual([]);
  expect(refused[0]?.why).toContain("was not read");
});

test("where the newest word was refused, an older one is not shown as the term", () => {
  const bad = { ...NEW, quote: "We can do EUR 110 million on signing" };
  expect(check([OLD, bad])).toMatchObject({ terms: [], leftOut: ["At closing"] });
  const older = { ...OLD, quote: "EUR 106 million on signing" };
  expect(check([older, NEW]).terms[0]?.current.value).toBe("EUR 110 million");
});

test("a refused row is told by its number: nothing that the model made up comes back to it", () => {
  const invented = "18ff0000000000ff";
  const rows = [
    { ...NEW, message_id: invented, name: invented },
    { ...NEW, quote: `${invented} and more`, value: invented },
    { ...NEW, value: "EUR 1234567890123456" },
  ];
  const { refused } = check(
    [...rows, price(SECOND, "x", "We ask for 45 days")],
    (id) => id !== FIRST,
  );
  expect(refused).toHaveLength(4);
  expect(refused.map(({ why }) => why).join()).not.toMatch(/18ff|1234567|18c0000000000001/);
});

test("a term names the rows that it is made of, newest first", () => {
  expect(check([OLD, NEW, MIDDLE]).rows).toEqual([[2, 3, 1]]);
});

test("two values of one term in one message are a question for the model, not for a rule", () => {
  const again = price(THIRD, "30 days", "30 days of exclusivity");
  expect(whys([NEW, again])).toEqual([expect.stringContaining("2: row 1 gives another value")]);
  expect(check([NEW, again]).terms).toEqual([]);
  expect(check([NEW, { ...again, name: "Exclusivity" }]).terms).toHaveLength(2);
});

test("open points come last, and are not the term of the same name", () => {
  const open: TermRow = { ...OLD, topic: "open" };
  const topics = check([
    open,
    { ...NEW, topic: "other" },
    price(THIRD, "30 days", "30 days of", "X"),
  ]);
  expect(topics.terms.map(({ topic }) => topic)).toEqual(["price", "other", "open"]);
});

test("nothing in a name or value turns the card's text around", () => {
  const { terms } = check([{ ...NEW, name: "At\u202e closing", value: "EUR\u200b 110\nmillion" }]);
  expect(terms[0]).toMatchObject({ name: "At closing", current: { value: "EUR 110 million" } });
});
