/** Who is barred from which room, and which threads go with it: a table, one change each. */
import { describe, expect, test } from "vitest";

import { barredRooms, hiddenThreads } from "./barriers.ts";

const room = (id: string, wall?: string, side?: string) => ({
  id,
  wall: wall ?? null,
  wall_side: side ?? null,
});
const BUY = room("buy", "helio", "buy");
const SELL = room("sell", "helio", "sell");

describe("barred rooms", () => {
  test.each([
    ["on another side of one's wall", ["buy"], [BUY, SELL], ["sell"]],
    [
      "on the third side too",
      ["buy"],
      [BUY, SELL, room("bank", "helio", "bank")],
      ["sell", "bank"],
    ],
    ["not on one's own side", ["buy"], [BUY, room("again", "helio", "buy")], []],
    ["not at another wall", ["buy"], [BUY, room("far", "orion", "sell")], []],
    ["not without a wall", ["open"], [room("open"), room("other"), SELL], []],
    ["not for whoever is in none", [], [BUY, SELL], []],
    [
      "both, for whoever is on both sides all the same",
      ["buy", "sell"],
      [BUY, SELL],
      ["buy", "sell"],
    ],
  ] as const)("%s", (_, memberOf, rooms, barred) => {
    expect(barredRooms(new Set(memberOf), [...rooms]).map(({ id }) => id)).toEqual(barred);
  });
});

describe("hidden threads", () => {
  const rooms = [{ id: "sell", hashOf: (id: string) => `sell:${id}` }];
  const links = [{ room_id: "sell", hash: "sell:<1@x>" }];

  test.each([
    ["a message of it", ["<1@x>"], links, true],
    ["a message that refers to one of it, after others", ["<2@x>", "<1@x>"], links, true],
    ["nothing of it", ["<2@x>"], links, false],
    ["no message at all", [], links, false],
    [
      "the same message in a room that nobody is barred from",
      ["<1@x>"],
      [{ room_id: "other", hash: "sell:<1@x>" }],
      false,
    ],
  ] as const)("%s", (_, named, linked, hidden) => {
    expect(hiddenThreads(new Map([["t", named]]), linked, rooms).has("t")).toBe(hidden);
  });
});
