import type { CircleEntry } from "@vaultdesk/shared/room.ts";
import { expect, test } from "vitest";

import { movedLines, strangeOwn } from "./own-side.ts";

const own = (who: string): CircleEntry => ({ who, side: "own" });
const MEMBERS = ["maya@northgate.example", "kim@gmail.com"];
const NAMED = ["seller.example", "cfo@holding.example"];

test.each([
  ["northgate.example", true],
  ["eu.northgate.example", true],
  ["lea@northgate.example", true],
  ["kim@gmail.com", true],
  ["seller.example", true],
  ["board.seller.example", true],
  ["cfo@holding.example", true],
  // A buyer, by domain or as a person, or by a name that looks like ours.
  ["buyer.example", false],
  ["bob@buyer.example", false],
  ["notnorthgate.example", false],
  ["northgate.example.buyer.example", false],
  // All of a suffix, of a provider, of a holding of which one person is named.
  ["example", false],
  ["gmail.com", false],
  ["bob@gmail.com", false],
  ["holding.example", false],
])("%s as own side: %s", (who, may) => {
  expect(strangeOwn([], [own(who)], MEMBERS, NAMED)).toBe(may ? undefined : who);
});

test("a line that was there stays, and one that changes sides is looked at", () => {
  const buyer = own("buyer.example");
  expect(strangeOwn([buyer], [buyer], MEMBERS, [])).toBeUndefined();
  expect(strangeOwn([{ ...buyer, side: "counterparty" }], [buyer], MEMBERS, [])).toBe(buyer.who);
});

test("the record counts the lines that came to a side", () => {
  const law: CircleEntry = { who: "law.example", side: "adviser" };
  const before = [own("northgate.example"), { ...law, side: "counterparty" as const }];
  expect(movedLines(before, [own("northgate.example"), law, own("a.example")])).toBe(
    "1 adviser, 1 own",
  );
  expect(movedLines(before, before)).toBeUndefined();
});
