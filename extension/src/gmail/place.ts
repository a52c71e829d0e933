/** Where the panel stands: beside Gmail's own columns when its flex row is there, over the page otherwise. Pure. */

const DEFAULT_WIDTH = 360;
const NARROWEST = 320;
const WIDEST = 480;
/** Narrower than this Gmail has no room to give. */
const MIN_PAGE = 1000;
const GAP = 8;
/** A remembered width, kept to what the panel is made for. */
export function panelWidth(remembered: unknown): number {
  return typeof remembered === "number" && Number.isFinite(remembered)
    ? Math.min(WIDEST, Math.max(NARROWEST, remembered))
    : DEFAULT_WIDTH;
}

/** What Gmail gives up: the panel and the gap beside it. */
export function roomFor(width: number): number {
  return width + GAP;
}

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

export function placeOver(
  page: { width: number; height: number },
  rail: Box | undefined,
  width: number,
): Place {
  const right = rail === undefined ? 0 : Math.max(0, page.width - rail.left);
  return {
    top: 72,
    right: right + GAP,
    bottom: GAP,
    width: Math.min(width, page.width - 2 * GAP),
    floating: true,
  };
}
