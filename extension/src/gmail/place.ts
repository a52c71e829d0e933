/** Where the panel stands: beside Gmail's own columns when its flex row is there, over the page otherwise. Pure. */

const DEFAULT_WIDTH = 360;
export const NARROWEST = 320;
export const WIDEST = 480;
/** The tab that a collapsed panel leaves. */
export const TAB_WIDTH = 32;
/** Narrower than this Gmail has no room to give. */
const MIN_PAGE = 1000;
/** Between Gmail's card and the panel; the handle lies in it. */
export const GAP = 8;
/** A compose window of Gmail and what stands beside it. */
const COMPOSE = 580;

/** A width within what the panel is made for; the usual one for what is no width. */
export function panelWidth(wanted: unknown): number {
  return typeof wanted === "number" && Number.isFinite(wanted)
    ? Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted)))
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

export interface Page {
  width: number;
  height: number;
}

/** Of the page: the left one where the language runs from right to left. */
export type Side = "left" | "right";

/** The panel together with its gap, as distances from the page's edges. */
export interface Place {
  top: number;
  right: number;
  bottom: number;
  width: number;
  side: Side;
  floating: boolean;
}

export function canDock(pageWidth: number): boolean {
  return pageWidth >= MIN_PAGE;
}

export function sideOf({ left, right }: Box, page: Page): Side {
  return (left + right) / 2 < page.width / 2 ? "left" : "right";
}

/** Pixels of the row's end on the panel's side that the rail lies over. */
export function railOffset(row: Box, rail: Box | undefined, side: Side): number {
  if (rail === undefined || rail.right <= rail.left) return 0;
  if (rail.left >= row.right || rail.right <= row.left) return 0;
  const middle = (row.left + row.right) / 2;
  if (side === "right") return rail.left >= middle ? Math.max(0, row.right - rail.left) : 0;
  return rail.right <= middle ? Math.max(0, rail.right - row.left) : 0;
}

export function placeBeside(slot: Box, page: Page): Place {
  return {
    top: Math.max(0, slot.top),
    right: Math.max(0, page.width - slot.right),
    bottom: Math.max(0, page.height - slot.bottom) + GAP,
    width: slot.right - slot.left,
    side: sideOf(slot, page),
    floating: false,
  };
}

export function placeOver(page: Page, rail: Box | undefined, width: number, side: Side): Place {
  const wide = Math.min(roomFor(width), page.width - GAP);
  const taken = rail !== undefined && sideOf(rail, page) === side ? rail : undefined;
  const fromRight = taken === undefined ? 0 : Math.max(0, page.width - taken.left);
  const fromLeft = taken === undefined ? 0 : Math.max(0, taken.right);
  return {
    top: 72,
    right: side === "right" ? fromRight + GAP : page.width - fromLeft - GAP - wide,
    bottom: GAP,
    width: wide,
    side,
    floating: true,
  };
}

/** How far Gmail's compose windows move to stand beside the panel; no further than the page is wide. */
export function composeShift(place: Place, page: Page): number {
  const taken = place.floating ? place.width + GAP : place.width;
  const shift = Math.max(0, Math.min(taken, page.width - COMPOSE));
  return place.side === "right" ? -shift : shift;
}
