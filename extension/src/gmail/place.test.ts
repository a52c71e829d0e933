import { describe, expect, test } from "vitest";

import { canDock, panelWidth, placeBeside, placeOver, railOffset } from "./place.ts";

const page = { width: 1400, height: 860 };
const rail = { left: 1344, top: 64, right: 1400, bottom: 860 };

describe("where the panel stands", () => {
  test("in the room that Gmail made, left of the rail", () => {
    const room = { left: 976, top: 64, right: 1344, bottom: 852 };
    expect(placeBeside(room, page)).toEqual({
      top: 64,
      right: 56,
      bottom: 16,
      width: 360,
      floating: false,
    });
  });
  test("a rail that lies over the row takes its width from it", () => {
    const row = { left: 0, top: 64, right: 1400, bottom: 860 };
    expect(railOffset(row, rail)).toBe(56);
    expect(railOffset({ ...row, right: 1344 }, rail)).toBe(0);
    expect(railOffset(row, undefined)).toBe(0);
    expect(railOffset(row, { ...rail, left: 1400 })).toBe(0);
  });
  test.each([
    [undefined, 360],
    ["480", 360],
    [Number.NaN, 360],
    [400, 400],
    [9000, 480],
    [10, 320],
  ])("a remembered width of %s is %d", (remembered, width) => {
    expect(panelWidth(remembered)).toBe(width);
  });
  test("over the page when there is no row", () => {
    expect(placeOver(page, rail, 360)).toMatchObject({ right: 64, width: 360, floating: true });
    expect(placeOver({ width: 340, height: 600 }, undefined, 360).width).toBe(324);
    expect(canDock(999)).toBe(false);
    expect(canDock(1000)).toBe(true);
  });
});
