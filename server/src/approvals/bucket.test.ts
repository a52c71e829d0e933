import { expect, test } from "vitest";

import { nextPlace, nextSlot, refill } from "./bucket.ts";

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

/** The places of those that may come at `times`. */
function places(times: readonly number[], apartMs: number): number[] {
  let pace = 0;
  return times.map((from) => {
    const place = nextPlace(pace, from, { apartMs, togetherMs: 40, mostMs: 1000 });
    pace = place.pace;
    return place.at;
  });
}

test.each([
  ["what comes evenly stays", [0, 100, 200, 300], 80, [0, 100, 200, 300]],
  ["a few that come together stay together", [0, 0, 0], 20, [0, 0, 0]],
  ["a crowd that comes at once is set apart", [0, 0, 0, 0], 100, [0, 60, 160, 260]],
  ["a crowd too large to be set apart in time is not made later", [0, 0, 0], 5000, [0, 960, 960]],
  ["a pause leaves no credit", [0, 9000, 9000, 9000], 100, [0, 9000, 9060, 9160]],
])("%s", (_, times, apartMs, expected) => {
  expect(places(times, apartMs)).toEqual(expected);
});
