import { DocumentId, RoomId } from "@vaultdesk/shared/id.ts";
import type { NdaState, Tier } from "@vaultdesk/shared/tier.ts";
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { breaksOf, breaksWords, ndaIn, readerOf, type TierRoom } from "./tier.ts";

const NDAS: Readonly<Record<string, NdaState>> = {
  "a@signed.example": "signed",
  "b@sent.example": "sent",
  "c@none.example": "none",
  "d@declined.example": "declined",
};

const room = (change: Partial<TierRoom> = {}): TierRoom => ({
  id: RoomId.parse(`rom_${"0".repeat(32)}`),
  circle: [
    { who: "us.example", side: "own" },
    { who: "law.example", side: "adviser" },
    ...Object.keys(NDAS).map((who) => ({ who, side: "counterparty" as const })),
  ],
  members: new Set(["cora@elsewhere.example"]),
  tightened: {},
  ndaOf: (address) => NDAS[address] ?? "none",
  ...change,
});

const document = DocumentId.parse(`doc_${"0".repeat(32)}`);
const held = (tier: Tier, file = "CIM.pdf") => ({ file, documentId: document, tier });
const who = (tier: Tier, recipients: readonly string[], of = room()) =>
  breaksOf([held(tier)], recipients, of).map((one) => `${one.who} ${one.reader}`);

const EVERYBODY = [
  "lea@us.example",
  "cora@elsewhere.example",
  "eve@law.example",
  ...Object.keys(NDAS),
  "x@far.example",
];

describe("who may not have it", () => {
  test.each<[Tier, string[]]>([
    ["teaser", ["d@declined.example declined"]],
    [
      "cim",
      [
        "b@sent.example sent",
        "c@none.example none",
        "d@declined.example declined",
        "x@far.example none",
      ],
    ],
    [
      "data_room",
      [
        "b@sent.example sent",
        "c@none.example none",
        "d@declined.example declined",
        "x@far.example none",
      ],
    ],
    [
      "board",
      [
        "eve@law.example adviser",
        "a@signed.example signed",
        "b@sent.example sent",
        "c@none.example none",
        "d@declined.example declined",
        "x@far.example none",
      ],
    ],
  ])("%s", (tier, wanted) => {
    expect(who(tier, EVERYBODY)).toEqual(wanted);
  });

  test("a room that takes readers away keeps them from all that is more confidential", () => {
    const tight = room({ tightened: { cim: ["adviser"] } });
    expect(who("teaser", ["eve@law.example"], tight)).toEqual([]);
    expect(who("cim", ["eve@law.example"], tight)).toEqual(["eve@law.example adviser"]);
    expect(who("data_room", ["eve@law.example"], tight)).toEqual(["eve@law.example adviser"]);
  });

  test("whoever the room does not know has no NDA, whatever their domain looks like", () => {
    for (const address of ["x@far.example", "a@us.example.evil.example", "b@notus.example"]) {
      expect(readerOf(address, room())).toBe("none");
    }
  });

  test("one more file and one more recipient never make a break go away", () => {
    const tiers = array(constantFrom<Tier>("teaser", "cim", "data_room", "board"), {
      maxLength: 4,
    });
    const people = array(constantFrom(...EVERYBODY), { maxLength: 5 });
    assert(
      property(tiers, people, tiers, people, (tier, some, moreTiers, more) => {
        const few = breaksOf(
          tier.map((one) => held(one)),
          some,
          room(),
        );
        const many = breaksOf(
          [...tier, ...moreTiers].map((one) => held(one)),
          [...some, ...more],
          room(),
        );
        for (const one of few) expect(many).toContainEqual(one);
      }),
    );
  });
});

test("each is named with its file, its tier and its recipient; many are counted", () => {
  const two = breaksOf([held("cim", "Falcon v3.pdf")], ["b@sent.example", "x@far.example"], room());
  expect(breaksWords(two)).toBe(
    "Falcon v3.pdf is a CIM, and b@sent.example has not signed the NDA that was sent. Falcon v3.pdf is a CIM, and x@far.example has no NDA.",
  );
  const many = ["1", "2", "3", "4", "5"].map((name) => `${name}@far.example`);
  expect(breaksWords(breaksOf([held("board")], many, room()))).toMatch(/2 more like these\.$/);
});

const line = (address: string, party?: string) => ({
  who: address,
  side: "counterparty" as const,
  ...(party === undefined ? {} : { party }),
});
const said = (address: string, milestone: "nda_signed" | "declined", day = "2026-11-20") => ({
  said: { who: address, milestone, day },
  state: "confirmed" as const,
});

test("an NDA counts by the line of the circle that somebody falls under, as long as nobody says otherwise", () => {
  const circle = [
    line("helio.example", "Helio"),
    line("helio-fund.example", "helio"),
    line("kim@helio.example", "Kim"),
    line("orchard.example"),
  ];
  const signed = [
    said("helio.example", "nda_signed"),
    said("orchard.example", "nda_signed"),
    said("orchard.example", "nda_signed", "2026-11-21"),
    said("gone.example", "nda_signed"),
  ];
  const is = (address: string, entries = signed) => ndaIn(circle, entries)(address);
  expect(is("bob@helio.example")).toBe("signed");
  expect(is("bob@eu.helio-fund.example")).toBe("signed");
  expect(is("bob@helio.example", [...signed, said("helio-fund.example", "declined")])).toBe(
    "declined",
  );
  for (const address of [
    "kim@helio.example",
    "a@orchard.example",
    "a@gone.example",
    "a@x.example",
  ]) {
    expect([address, is(address)]).toEqual([address, "none"]);
  }
});
