import { newId, RunId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { matches, spoken, wordsOf } from "./search.ts";

const runId = RunId.parse(newId("run"));

test("case and accents do not count", () => {
  expect(matches("The Café offer", wordsOf("CAFE"))).toBe(true);
});

test("every word must be there", () => {
  expect(matches("The Café offer", wordsOf("cafe escrow"))).toBe(false);
});

test("a word that is cut between two parts of an answer is found", () => {
  const text = spoken([
    { type: "run.started", runId, text: "what now" },
    { type: "text.delta", runId, text: "the esc" },
    { type: "text.delta", runId, text: "row is" },
  ]);
  expect(matches(text, wordsOf("escrow now"))).toBe(true);
});
