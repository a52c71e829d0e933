import {
  array,
  assert,
  constantFrom,
  integer,
  option,
  property,
  record,
  shuffledSubarray,
} from "fast-check";
import { expect, test } from "vitest";

import {
  boardOf,
  cellsOf,
  duesOf,
  EntryState,
  Milestone,
  ndaState,
  partiesOf,
  Reached,
  unansweredDays,
} from "./tracker.ts";

const HELIO = "helio-capital.example";
const DAYS = ["2026-11-03", "2026-11-05", "2026-11-09"] as const;

const said = (milestone: Milestone, day: string = DAYS[0], state: EntryState = "confirmed") => ({
  said: { who: HELIO, milestone, day },
  state,
});

const circle = [
  { who: "northgate.example", side: "own" },
  { who: HELIO, side: "counterparty", party: "Helio" },
  { who: "ana@lawyers.example", side: "adviser" },
  { who: "helio-eu.example", side: "counterparty", party: "helio" },
  { who: "orchard.example", side: "counterparty" },
];

test("lines of a circle with one name are one counterparty, others stand for themselves", () => {
  expect(partiesOf(circle)).toEqual([
    { name: "Helio", who: [HELIO, "helio-eu.example"] },
    { name: "orchard.example", who: ["orchard.example"] },
  ]);
});

test.each([
  ["nothing", [], "none"],
  ["sent", [said("nda_sent")], "sent"],
  ["signed", [said("nda_sent"), said("nda_signed", DAYS[1])], "signed"],
  ["signed, and nobody noted that it was sent", [said("nda_signed")], "signed"],
  [
    "a signature that is only proposed",
    [said("nda_sent"), said("nda_signed", DAYS[1], "proposed")],
    "sent",
  ],
  ["a signature that was withdrawn", [said("nda_signed", DAYS[1], "withdrawn")], "none"],
  ["two days for one signature", [said("nda_signed"), said("nda_signed", DAYS[1])], "none"],
  ["the same said twice", [said("nda_signed"), said("nda_signed")], "signed"],
  [
    "a proposal beside what is confirmed",
    [said("nda_signed"), said("nda_signed", DAYS[1], "proposed")],
    "signed",
  ],
  ["declined after signing", [said("nda_signed"), said("declined", DAYS[2])], "declined"],
  [
    "declined on two days",
    [said("nda_signed"), said("declined"), said("declined", DAYS[2])],
    "declined",
  ],
  [
    "a refusal that is only proposed",
    [said("nda_signed"), said("declined", DAYS[2], "proposed")],
    "signed",
  ],
] as const)("the NDA with %s", (_, entries, state) => {
  expect(ndaState(cellsOf(entries))).toBe(state);
});

const cim = (version: string, day: string) => ({
  said: { who: HELIO, milestone: "cim_sent" as const, day, version },
  state: "confirmed" as const,
});

test("each version of a CIM is a cell of its own, whatever its case, and nothing else has a version", () => {
  const cells = cellsOf([cim("v2", DAYS[1]), cim("v1", DAYS[0]), cim("V2", DAYS[2])]);
  expect(cells.map(({ version, conflict }) => [version, conflict])).toEqual([
    ["v1", false],
    ["v2", true],
  ]);
  expect(Reached.safeParse({ ...said("ioi").said, version: "v1" }).success).toBe(false);
});

const entry = record({
  said: record({
    who: constantFrom(HELIO, "helio-eu.example", "orchard.example", "gone.example"),
    milestone: constantFrom(...Milestone.options),
    day: constantFrom(...DAYS),
  }),
  state: constantFrom(...EntryState.options),
});

test("whatever is said, in whatever order: nothing is lost, and a difference between those who stand for it is a conflict", () => {
  const some = array(entry, { maxLength: 20 });
  const withOrder = some.chain((entries) =>
    record({
      entries: constantFrom(entries),
      other: shuffledSubarray(entries, { minLength: entries.length }),
    }),
  );
  assert(
    property(withOrder, ({ entries, other }) => {
      const board = boardOf(circle, entries);
      const cells = board.flatMap((row) => row.cells);
      expect(cells.flatMap((cell) => cell.entries).length).toBe(entries.length);
      expect(new Set(cells.flatMap((cell) => cell.entries))).toEqual(new Set(entries));
      for (const row of board) {
        for (const { confirmed, conflict, entries: held } of row.cells) {
          const stand = held.filter(({ state }) => state === "confirmed");
          const days = new Set(stand.map((one) => one.said.day));
          expect(confirmed).toBe(days.size > 0);
          expect(conflict || days.size < 2).toBe(true);
          expect(conflict && days.size === 1).toBe(false);
        }
      }
      // The order in which it was said decides nothing, nor does what nobody stands for.
      const confirmed = other.filter(({ state }) => state === "confirmed");
      const states = (rows: typeof board) =>
        new Map(rows.flatMap(({ name, nda }) => (nda === "none" ? [] : [[name, nda]])));
      expect(states(boardOf(circle, other))).toEqual(states(board));
      expect(states(boardOf(circle, confirmed))).toEqual(states(board));
    }),
  );
});

const NOW = new Date("2026-11-24T09:00:00Z");

test.each([
  ["nobody wrote", {}, undefined],
  ["only they wrote", { theirs: "2026-11-01T09:00:00Z" }, undefined],
  ["ours, five days ago to the second", { ours: "2026-11-19T09:00:00Z" }, 5],
  ["ours, a second less", { ours: "2026-11-19T09:00:01Z" }, 4],
  ["theirs came before", { ours: "2026-11-19T09:00:00Z", theirs: "2026-11-18T09:00:00Z" }, 5],
  [
    "theirs came after",
    { ours: "2026-11-01T09:00:00Z", theirs: "2026-11-02T09:00:00Z" },
    undefined,
  ],
  ["ours, of a clock that is ahead", { ours: "2026-11-24T10:00:00Z" }, 0],
] as const)("not answered: %s", (_, words, days) => {
  expect(unansweredDays(words, NOW)).toBe(days);
});

test("a date of a milestone is met by what is confirmed alone, and binds nobody who declined", () => {
  const dates = [
    { day: "2026-11-20", what: "IOIs", milestone: "ioi" as const },
    { day: "2026-12-01", what: "LOIs", milestone: "loi" as const },
    { day: "2026-12-24", what: "Holidays" },
  ];
  const dues = (...entries: ReturnType<typeof said>[]) => {
    const cells = cellsOf(entries);
    const found = duesOf(dates, { cells, nda: ndaState(cells) }, "2026-11-24");
    return found.map(({ what, state }) => `${what} ${state}`);
  };
  expect(dues()).toEqual(["IOIs late", "LOIs due"]);
  expect(dues(said("ioi", DAYS[2], "proposed"))).toEqual(["IOIs late", "LOIs due"]);
  expect(dues(said("ioi", DAYS[2]))).toEqual(["IOIs met", "LOIs due"]);
  expect(dues(said("ioi"), said("ioi", DAYS[2]))).toEqual(["IOIs late", "LOIs due"]);
  expect(dues(said("declined"))).toEqual([]);
});

test("the days that pass are counted whole", () => {
  assert(
    property(
      integer({ min: 0, max: 5000 }),
      option(integer({ min: 0, max: 5000 })),
      (ours, theirs) => {
        const before = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
        const words = {
          ours: before(ours),
          ...(theirs === null ? {} : { theirs: before(theirs) }),
        };
        const days = unansweredDays(words, NOW);
        expect(days).toBe(theirs !== null && theirs <= ours ? undefined : Math.floor(ours / 24));
      },
    ),
  );
});
