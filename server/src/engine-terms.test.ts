/** The current terms of the demo's threads, found by the demo's model and checked by the real tool. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { falconDesk, type ReadingDesk } from "./engine-reading.ts";

const ASKED = "What are the current terms?";
let desk: ReadingDesk;

beforeAll(async () => {
  desk = await falconDesk();
});

afterAll(() => desk.close());

function threadOf(words: string): string {
  const thread = desk.threads.find(({ subject }) => subject.includes(words));
  return thread?.threadId ?? "";
}

test("the terms of the letter of intent are its newest words, from the tools' results alone", async () => {
  const { answer, calls } = await desk.ask(ASKED, threadOf("letter of intent, Brandt"));
  expect(calls.map(({ name }) => name)).toEqual(["read_email_thread", "show_terms"]);
  const rows = desk
    .shown()
    ?.terms.map(({ name, current, replaced }) => [
      name,
      current.value,
      ...replaced.map(({ value }) => value),
    ]);
  expect(rows).toEqual([
    ["Price", "EUR 118 million"],
    ["Paid at closing", "EUR 110 million", "EUR 112 million", "EUR 106 million"],
    ["Deferred", "EUR 8 million", "EUR 6 million", "EUR 12 million"],
    ["Offer open until", "27 November"],
    ["Answer due", "Tuesday 24 November"],
    ["Exclusivity", "30 days", "21 days", "45 days"],
    ["Escrow", "5% for 12 months"],
    ["Working capital peg", "EUR 3.1 million"],
    ["Point 1", "Can you tell us by Tuesday 24 November whether 30 days are acceptable?"],
  ]);
  expect(answer).toContain("rule-based model");
  expect(answer).toContain("“EUR 110 million” [msg:");
});

test("counsel and exclusivity of the NDA thread are found, and every thread's rows hold at once", async () => {
  for (const { threadId, subject } of desk.threads) {
    const { calls } = await desk.ask(ASKED, threadId);
    expect(calls.filter(({ name }) => name === "show_terms").length).toBeLessThan(2);
    if (!subject.includes("NDA markup")) continue;
    const settled = desk.shown()?.terms.filter(({ topic }) => topic !== "open");
    const terms = new Map(settled?.map((term) => [term.name, term]));
    expect(terms.get("Counsel of Ana Ruiz")?.current.value).toBe("Marcus Reed of Pellham & Stowe");
    expect(terms.get("Counsel of the sellers")?.current.value).toBe("Grace Lambert of Carrow");
    expect(terms.get("Exclusivity")?.replaced.map(({ value }) => value)).toEqual(["30 days"]);
  }
});

test("rows that did not hold are left out of the second call, and the others are shown", async () => {
  const { calls } = await desk.ask(ASKED, threadOf("letter of intent, Brandt"), (rows) =>
    rows.map((row, at) => (at === 0 ? { ...row, quote: "EUR 130 million enterprise value" } : row)),
  );
  expect(calls.map(({ name }) => name)).toEqual(["read_email_thread", "show_terms", "show_terms"]);
  expect(desk.shown()?.terms.map(({ name }) => name)).not.toContain("Price");
});
