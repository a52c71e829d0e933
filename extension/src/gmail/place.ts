/** Where the panel stands: beside Gmail's own columns when its flex row is there, over the page otherwise. Pure. */

const WIDTH = 360;
/** Narrower than this Gmail has no room to give. */
const MIN_PAGE = 1000;
const GAP = 8;
/** What Gmail gives up: the panel and the gap beside it. */
export const ROOM = WIDTH + GAP;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Place {
  top: number;
  right: number;
  bottom: number;
  width: number;
  floating: boolean;
}

export function canDock(pageWidth: number): boolean {
  return pageWidth >= MIN_PAGE;
}

/** Pixels at the right that the rail takes from the row, when it lies over it. */
export function railOffset(row: Box, rail: Box | undefined): number {
  if (rail === undefined || rail.right <= rail.left) return 0;
  return rail.left < row.right && rail.right > row.left ? Math.max(0, row.right - rail.left) : 0;
}

export function placeBeside(slot: Box, page: { width: number; height: number }): Place {
  return {
    top: Math.max(0, slot.top),
    right: Math.max(0, page.width - slot.right),
    bottom: Math.max(0, page.height - slot.bottom) + GAP,
    width: slot.right - slot.left - GAP,
    floating: false,
  };
}

export function placeOver(page: { width: number; height: number }, rail: Box | undefined): Place {
  const right = rail === undefined ? 0 : Math.max(0, page.width - rail.left);
  return {
    top: 72,
    right: right + GAP,
    bottom: GAP,
    width: Math.min(WIDTH, page.width - 2 * GAP),
    floating: true,
  };
}
