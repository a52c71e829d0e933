import { expect, test } from "vitest";

import { nextSlot, refill } from "./bucket.ts";

test.each([
  ["half a second gives half a second's tokens", { tokens: 0, at: 0 }, 500, 10, 5],
  ["never more than one second's", { tokens: 9, at: 0 }, 60_000, 10, 10],
  ["a clock that went back gives nothing", { tokens: 4, at: 1000 }, 0, 10, 4],
  ["what was overdrawn is paid back first", { tokens: -5, at: 0 }, 1000, 10, 5],
])("%s", (_, bucket, now, rate, tokens) => {
  expect(refill(bucket, now, rate)).toBe(tokens);
});

test.each([
  ["nobody was asked", [], 100_000],
  ["four were", [99_000, 98_000, 97_000, 96_000], 100_000],
  ["the fifth before now is a minute old", [99_000, 98_000, 97_000, 96_000, 40_000], 100_000],
  ["five within the minute", [99_000, 98_000, 97_000, 96_000, 50_000], 110_000],
  ["planned ones count too", [150_000, 110_000, 99_000, 98_000, 97_000, 50_000], 157_000],
])("the next slot when %s", (_, pushes, slot) => {
  expect(nextSlot(pushes, 100_000)).toBe(slot);
});
