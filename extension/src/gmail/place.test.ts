import { describe, expect, test } from "vitest";

import {
  canDock,
  composeShift,
  panelWidth,
  placeBeside,
  placeOver,
  railOffset,
  sideOf,
} from "./place.ts";

const page = { width: 1400, height: 860 };
const rail = { left: 1344, top: 64, right: 1400, bottom: 860 };
const leftRail = { ...rail, left: 0, right: 56 };

describe("where the panel stands", () => {
  test("in the room that Gmail made, left of the rail", () => {
    const room = { left: 976, top: 64, right: 1344, bottom: 852 };
    expect(placeBeside(room, page)).toEqual({
      top: 64,
      right: 56,
      bottom: 16,
      width: 368,
      side: "right",
      floating: false,
    });
  });
  test("at the left where the language runs from right to left", () => {
    const room = { left: 56, top: 64, right: 424, bottom: 852 };
    expect(placeBeside(room, page)).toMatchObject({ right: 976, width: 368, side: "left" });
    expect(placeOver(page, leftRail, 360, "left")).toMatchObject({ right: 968, width: 368 });
  });
  test("a rail that lies over the row takes its width from it, on its own side only", () => {
    const row = { left: 0, top: 64, right: 1400, bottom: 860 };
    expect(railOffset(row, rail, "right")).toBe(56);
    expect(railOffset(row, rail, "left")).toBe(0);
    expect(railOffset(row, leftRail, "left")).toBe(56);
    expect(railOffset(row, leftRail, "right")).toBe(0);
    expect(railOffset({ ...row, right: 1344 }, rail, "right")).toBe(0);
    expect(railOffset(row, undefined, "right")).toBe(0);
    expect(railOffset(row, { ...rail, left: 1400 }, "right")).toBe(0);
    expect(sideOf(rail, page)).toBe("right");
  });
  test.each([
    [undefined, 360],
    ["480", 360],
    [Number.NaN, 360],
    [400.4, 400],
    [9000, 480],
    [10, 320],
  ])("a wanted width of %s is %d", (wanted, width) => {
    expect(panelWidth(wanted)).toBe(width);
  });
  test("over the page when there is no row", () => {
    expect(placeOver(page, rail, 360, "right")).toMatchObject({ right: 64, width: 368 });
    expect(placeOver(page, leftRail, 360, "right")).toMatchObject({ right: 8, floating: true });
    expect(placeOver({ width: 340, height: 600 }, undefined, 360, "right").width).toBe(332);
    expect(canDock(999)).toBe(false);
    expect(canDock(1000)).toBe(true);
  });
});

describe("compose windows", () => {
  const beside = placeBeside({ left: 976, top: 64, right: 1344, bottom: 852 }, page);
  test("stand beside the panel, on either side", () => {
    expect(composeShift(beside, page)).toBe(-368);
    expect(composeShift({ ...beside, side: "left" }, page)).toBe(368);
    expect(composeShift(placeOver(page, rail, 360, "right"), page)).toBe(-376);
  });
  test("never leave a narrow page", () => {
    const narrow = { width: 700, height: 600 };
    expect(composeShift(placeOver(narrow, undefined, 360, "right"), narrow)).toBe(-120);
    const phone = { width: 400, height: 600 };
    expect(composeShift(placeOver(phone, undefined, 360, "right"), phone)).toBe(-0);
  });
});
