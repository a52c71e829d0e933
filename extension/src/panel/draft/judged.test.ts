import type { Warning } from "@vaultdesk/shared/warning.ts";
import { expect, test } from "vitest";

import { standingOf, unplaced } from "./judged.ts";

const ANA = "Ana Ruiz <Ana@Helio-Capita1.example>";
const TOM = "tom@northgate.example";
const spoof: Warning = { kind: "look_alike_domain", about: "ana@helio-capita1.example", of: "x" };
const first: Warning = { kind: "first_time_domain", about: "helio-capita1.example" };
const many: Warning = { kind: "reply_all_many", about: "9" };
const judged = {
  origins: { "ana@helio-capita1.example": "text" as const },
  warnings: [spoof, first, many],
};

test("what is about an address or its domain stands with it, whatever the case", () => {
  expect(standingOf(judged, ANA)).toEqual({ origin: "text", warnings: [spoof, first] });
  expect(standingOf(judged, TOM)).toEqual({ origin: undefined, warnings: [] });
});

test("nothing is lost: the rest stands above, and all of it where the address is not here", () => {
  expect(unplaced(judged, [ANA, TOM])).toEqual([many]);
  expect(unplaced(judged, [TOM])).toEqual([spoof, first, many]);
  expect(unplaced({}, [TOM])).toEqual([]);
});
