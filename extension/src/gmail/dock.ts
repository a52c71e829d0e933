/**
 * Opens, collapses and closes the panel in Gmail's page, and asks Gmail for room: it holds only an empty spacer, which comes back when
 * Gmail renders over it. Without a row that can hold it the panel lies over the page.
 */
import { composeMover, OPEN } from "./compose.ts";
import { createHandle } from "./handle.ts";
import {
  canDock,
  composeShift,
  type Page,
  type Place,
  placeBeside,
  placeOver,
  railOffset,
  roomFor,
  type Side,
  sideOf,
  TAB_WIDTH,
} from "./place.ts";
import { findRail, findRow } from "./room.ts";
import { createShell, type Shell } from "./shell.ts";

export type DockState = "closed" | "collapsed" | "open";

export interface Dock {
  state(): DockState;
  show(state: DockState): void;
  /** True while the panel has the keyboard. */
  hasFocus(): boolean;
  /** Gives the panel the keyboard. */
  enter(): void;
  /** Pixels; an open panel takes its new width at once. */
  resize(width: number): void;
  setTheme(theme: "light" | "dark"): void;
  /** Call after Gmail changed its page. */
  settle(): void;
  /** The extension behind the panel is gone: says so in its place. False where none stands. */
  sayUpdated(): boolean;
}

export interface DockOptions {
  width: number;
  /** The address of a new frame. */
  makeSource: () => string;
  /** The person wants it open again. */
  onExpand: () => void;
  /** The person has chosen a width. */
  onResized: (width: number) => void;
  signal: AbortSignal;
}

const SPACER = "data-vaultdesk-room";

function spacer(): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`[${SPACER}]`) ?? undefined;
}

/** Gmail measures its toolbars only when it is told to; in a task of its own, since what Gmail does then takes its time. */
function resizeTeller(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      window.dispatchEvent(new Event("resize"));
    });
  };
}

function box(element: Element): DOMRect {
  return element.getBoundingClientRect();
}

function page(): Page {
  return { width: window.innerWidth, height: window.innerHeight };
}

function pageSide(): Side {
  return getComputedStyle(document.body).direction === "rtl" ? "left" : "right";
}

export function createDock(options: DockOptions): Dock {
  const { makeSource, onExpand, onResized, signal } = options;
  let state: DockState = "closed";
  let shell: Shell | undefined;
  let width = options.width;
  let theme: "light" | "dark" = "light";
  let given = 0;
  const moveCompose = composeMover();
  const tellGmail = resizeTeller();
  const size = new ResizeObserver(() => settle());
  window.addEventListener("resize", () => settle(), { signal });

  function makeShell(): Shell {
    const handle = createHandle(setWidth, (chosen) => {
      tellGmail();
      onResized(chosen);
    });
    const made = createShell(handle, makeSource, onExpand);
    made.setTheme(theme);
    return made;
  }

  /** The spacer in Gmail's row, and what of it the rail lies over. */
  function makeRoom(): { slot: HTMLElement; over: number } | undefined {
    const row = findRow(document);
    const held = spacer();
    if (!row.found || !canDock(window.innerWidth)) {
      held?.remove();
      return undefined;
    }
    const side = pageSide();
    const found = findRail(document);
    const rail = found.found && sideOf(box(found.value), page()) === side ? found.value : undefined;
    const inRow = [...row.value.children].find(
      (child) => rail !== undefined && child.contains(rail),
    );
    const over = inRow === undefined ? railOffset(box(row.value), rail && box(rail), side) : 0;
    const wide = roomFor(state === "collapsed" ? TAB_WIDTH : width) + over;
    const kept = held?.parentElement === row.value ? held : undefined;
    if (kept === undefined) held?.remove();
    const slot = kept ?? document.createElement("div");
    // Writing what is there already would wake whoever watches the page, us included.
    if (kept === undefined || given !== wide)
      slot.style.cssText = `flex:0 0 ${wide}px;width:${wide}px`;
    given = wide;
    if (kept === undefined) {
      slot.setAttribute(SPACER, "");
      row.value.insertBefore(slot, inRow ?? null);
      size.observe(slot);
      tellGmail();
    }
    return { slot, over };
  }

  function placed(): Place {
    const room = makeRoom();
    if (room === undefined) {
      const rail = findRail(document);
      const shown = state === "collapsed" ? TAB_WIDTH : width;
      return placeOver(page(), rail.found ? box(rail.value) : undefined, shown, pageSide());
    }
    const { left, top, right, bottom } = box(room.slot);
    const slot = { left, top, right, bottom };
    if (sideOf(slot, page()) === "left") slot.left += room.over;
    else slot.right -= room.over;
    return placeBeside(slot, page());
  }

  function settle(): void {
    if (shell === undefined) return;
    // Wherever the page has put it.
    if (shell.host.parentElement !== document.documentElement)
      document.documentElement.append(shell.host);
    const place = placed();
    shell.put(place, width, state === "collapsed");
    moveCompose(composeShift(place, page()), place.floating);
  }

  function setWidth(wanted: number): void {
    width = wanted;
    settle();
  }

  function show(wanted: DockState): void {
    if (wanted === state) return;
    state = wanted;
    if (wanted === "closed") {
      shell?.host.remove();
      shell = undefined;
      size.disconnect();
      spacer()?.remove();
      document.documentElement.removeAttribute(OPEN);
    } else {
      shell ??= makeShell();
      document.documentElement.setAttribute(OPEN, "open");
      settle();
      // The spacer has its height after Gmail laid itself out.
      requestAnimationFrame(() => settle());
    }
    tellGmail();
  }

  signal.addEventListener("abort", () => show("closed"));
  return {
    state: () => state,
    show,
    hasFocus: () => shell !== undefined && document.activeElement === shell.host,
    enter: () => shell?.enter(),
    resize: setWidth,
    setTheme(now) {
      theme = now;
      shell?.setTheme(now);
    },
    settle,
    sayUpdated() {
      shell?.sayUpdated();
      return shell !== undefined;
    },
  };
}
