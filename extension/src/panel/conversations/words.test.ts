import { expect, test } from "vitest";

import { endWords } from "./words.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-27T08:00:00.000Z");

test.each([
  [30 * DAY, "kept until 27 Dec 2026", false],
  [7 * DAY + 1, "kept until 4 Dec 2026", false],
  [7 * DAY, "deleted in 7 days, unless you ask something in it", true],
  [DAY + 1, "deleted in 2 days, unless you ask something in it", true],
  [DAY, "deleted within a day, unless you ask something in it", true],
  [-DAY, "deleted within a day, unless you ask something in it", true],
])("with %d ms left: %s", (left, words, soon) => {
  expect(endWords(new Date(NOW + left).toISOString(), NOW)).toEqual({ words, soon });
});
