import type { RoomDetails } from "@vaultdesk/shared/room.ts";
import { expect, test } from "vitest";

import { suggestion } from "./suggest.ts";

const FALCON: RoomDetails = {
  codeName: "Project Falcon",
  stage: "nda",
  dates: [],
  circle: [
    { who: "northgate.example", side: "own" },
    { who: "helio-capital.example", side: "counterparty" },
    { who: "kim@law.example", side: "adviser" },
  ],
};

test.each([
  ["Re: Project Falcon: NDA", [], "its subject names it"],
  ["FALCON / data room", [], "its subject names it"],
  ["Re: NDA", ["ana@helio-capital.example"], "ana@helio-capital.example is its counterparty"],
  [
    "Falcon",
    ["ana@helio-capital.example", "kim@law.example"],
    "its subject names it, ana@helio-capital.example is its counterparty, kim@law.example is an adviser in it",
  ],
  // An adviser has many deals, a colleague all of them.
  ["Re: NDA", ["kim@law.example"], undefined],
  ["Re: NDA", ["bo@northgate.example"], undefined],
  ["Project plan", [], undefined],
  ["Falconry for beginners", [], undefined],
  ["", [], undefined],
])("%s, %j", (subject, people, why) => {
  expect(suggestion({ subject, people, labels: ["Deals"] }, FALCON)?.why).toBe(why);
});

test("the room's label says it before anything else, however it is written; another's says nothing", () => {
  const about = { subject: "Re: NDA", people: [], labels: ["Later", "deals/FALCON"] };
  const found = suggestion(about, { ...FALCON, label: "Deals/Falcon" });
  expect(found).toEqual({ points: 4, why: "it has your label Deals/Falcon" });
  expect(suggestion(about, { ...FALCON, label: "Deals" })).toBeUndefined();
});

test("a code name of one or two letters is in too many subjects", () => {
  const two: RoomDetails = { ...FALCON, codeName: "Re" };
  expect(suggestion({ subject: "Re: NDA", people: [], labels: [] }, two)).toBeUndefined();
});
