import { assert, constantFrom, property, record, subarray } from "fast-check";
import { expect, test } from "vitest";

import { FLOOR, mayHave, Reader, Reason, suggestedTier, Tier, Tightened } from "./tier.ts";

test("who gets what without a second person's word, read at a glance", () => {
  const table = Tier.options.map((tier) => [
    tier,
    Reader.options.filter((one) => mayHave(tier, one)).join(" "),
  ]);
  expect(table).toEqual([
    ["teaser", "own adviser none sent signed"],
    ["cim", "own adviser signed"],
    ["data_room", "own adviser signed"],
    ["board", "own"],
  ]);
});

const removable = Reader.options.filter((one) => one !== "own");
const taken = subarray(removable);
const rooms = record({ teaser: taken, cim: taken, data_room: taken, board: taken });

test("no room loosens the floor, own side keeps its own, and what is more confidential goes to nobody else", () => {
  assert(
    property(rooms, rooms, constantFrom(...Reader.options), (one, more, reader) =>
      Tier.options.every((tier, index) => {
        const below = Tier.options[index - 1];
        const may = mayHave(tier, reader, one);
        const tighter = { ...one, [tier]: [...one[tier], ...more[tier]] };
        return (
          (!may || FLOOR[tier].includes(reader)) &&
          (reader !== "own" || may) &&
          (!may || below === undefined || mayHave(below, reader, one)) &&
          (!mayHave(tier, reader, tighter) || may)
        );
      }),
    ),
  );
});

test.each([
  ["own side can't be taken away", { board: ["own"] }],
  ["no reader of somebody's making", { cim: ["everybody"] }],
  ["no tier of somebody's making", { memo: ["none"] }],
])("what a room sends: %s", (_, tiers) => {
  expect(Tightened.safeParse(tiers).success).toBe(false);
});

test.each<[string, Tier | undefined]>([
  ["Falcon_CIM_v3.pdf", "cim"],
  ["Confidential Information Memorandum.docx", "cim"],
  ["Project Falcon - Teaser (final).pptx", "teaser"],
  ["2026-11 Board paper.pdf", "board"],
  ["Data-Room index.xlsx", "data_room"],
  ["Boarding pass.pdf", undefined],
  ["im Anhang.pdf", undefined],
  ["NDA signed.pdf", undefined],
])("%s speaks for %s", (name, tier) => {
  expect(suggestedTier(name)).toBe(tier);
});

test.each([
  ["NDA signed on paper, scan follows", true],
  ["ok", false],
  ["as agreed with bob@buyer.example", false],
  ["first line\nsecond line", false],
  ["x".repeat(161), false],
])("a reason for the record: %s", (why, good) => {
  expect(Reason.safeParse(why).success).toBe(good);
});
