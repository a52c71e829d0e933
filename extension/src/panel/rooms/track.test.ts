import { boardOf, Entry, type Milestone } from "@vaultdesk/shared/tracker.ts";
import { expect, test } from "vitest";

import { countsOf, inOrder, isoDay, stepsOf } from "./track.ts";

const WHO = "helio.example";
const CIRCLE = [
  { who: WHO, side: "counterparty", party: "Helio" },
  { who: "rival.example", side: "counterparty" },
];

let made = 0;
function entry(
  milestone: Milestone,
  day: string,
  state: "proposed" | "confirmed" | "withdrawn",
  version?: string,
): Entry {
  made += 1;
  return Entry.parse({
    id: `ent_${String(made).padStart(32, "0")}`,
    said: { who: WHO, milestone, day, ...(version === undefined ? {} : { version }) },
    state,
    yours: state === "proposed",
    at: "2026-11-20T09:00:00.000Z",
    sourced: false,
  });
}

function step(milestone: Milestone, ...entries: Entry[]) {
  const [row] = boardOf(CIRCLE, entries);
  return stepsOf(row?.cells ?? []).find((one) => one.milestone === milestone);
}

test("every milestone is a step, and what nobody said is none", () => {
  expect(stepsOf([])).toHaveLength(6);
  expect(step("ioi")).toMatchObject({ state: "none", solid: false, days: [], waiting: 0 });
});

test("what is only proposed is not solid; confirmed is, with a proposal beside it still waiting", () => {
  const proposed = entry("ioi", "2026-11-20", "proposed");
  expect(step("ioi", proposed)).toMatchObject({ state: "proposed", solid: false, waiting: 1 });
  const confirmed = entry("ioi", "2026-11-19", "confirmed");
  expect(step("ioi", proposed, confirmed)).toMatchObject({
    state: "confirmed",
    solid: true,
    days: ["2026-11-19"],
    waiting: 1,
  });
});

test("two members who name different days are shown with both", () => {
  const said = ["2026-11-21", "2026-11-20"].map((day) => entry("nda_signed", day, "confirmed"));
  expect(step("nda_signed", ...said)).toMatchObject({
    state: "conflict",
    solid: true,
    days: ["2026-11-20", "2026-11-21"],
  });
});

test("what was withdrawn is kept, last, and is no step", () => {
  const gone = entry("loi", "2026-11-20", "withdrawn");
  expect(step("loi", gone)).toMatchObject({ state: "none", days: [] });
  const here = entry("loi", "2026-11-22", "confirmed");
  expect(inOrder(step("loi", gone, here)?.cells ?? []).map(({ state }) => state)).toEqual([
    "confirmed",
    "withdrawn",
  ]);
});

test("of several versions of a CIM the newest that a member stands for is shown", () => {
  const versions = step(
    "cim_sent",
    entry("cim_sent", "2026-11-01", "confirmed", "v1"),
    entry("cim_sent", "2026-11-09", "confirmed", "v2"),
    entry("cim_sent", "2026-11-20", "proposed", "v3"),
  );
  expect(versions).toMatchObject({
    state: "confirmed",
    version: "v2",
    days: ["2026-11-09"],
    waiting: 1,
  });
  expect(versions?.cells).toHaveLength(3);
});

test("counterparties are counted by their NDA", () => {
  const rows = boardOf(CIRCLE, [entry("nda_signed", "2026-11-20", "confirmed")]);
  expect(countsOf(rows)).toEqual([
    { nda: "signed", count: 1 },
    { nda: "none", count: 1 },
  ]);
});

test("a day is the person's own", () => {
  expect(isoDay(new Date(2026, 0, 9, 23, 59))).toBe("2026-01-09");
});
