/**
 * The panel's frame and the room that Gmail makes for it. The frame hangs on <html> in a closed shadow root and never moves in the
 * tree (a moved frame reloads); Gmail holds only an empty spacer, which comes back when Gmail renders over it.
 */
import { canDock, type Place, placeBeside, placeOver, railOffset, roomFor } from "./place.ts";
import { DOCK, first, RAIL } from "./selectors.ts";

export interface Dock {
  isOpen(): boolean;
  open(): void;
  close(): void;
  /** Pixels; an open panel takes its new width at once. */
  resize(width: number): void;
  /** Call after Gmail changed its page. */
  settle(): void;
}

const SPACER = "data-vaultdesk-room";
const OPEN = "data-vaultdesk";

/** Gmail's compose windows stand at the right edge and would lie under the panel. */
function shiftCompose(): (width: number) => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return (width) => {
    sheet.replaceSync(`html[${OPEN}="open"] .dw { transform: translateX(-${roomFor(width)}px) }`);
  };
}

function makeFrame(src: string): HTMLElement {
  const host = document.createElement("div");
  host.setAttribute("role", "complementary");
  host.setAttribute("aria-label", "VaultDesk");
  const root = host.attachShadow({ mode: "closed" });
  const frame = document.createElement("iframe");
  frame.title = "VaultDesk";
  frame.src = src;
  frame.style.cssText = "width:100%;height:100%;border:0;display:block;color-scheme:normal";
  root.append(frame);
  return host;
}

function put(host: HTMLElement, place: Place): void {
  host.style.cssText = [
    "all:initial",
    "position:fixed",
    `top:${place.top}px`,
    `right:${place.right}px`,
    `bottom:${place.bottom}px`,
    `width:${place.width}px`,
    "overflow:hidden",
    "border-radius:16px",
    `z-index:${place.floating ? 1000 : 3}`,
    place.floating ? "box-shadow:0 2px 8px rgb(0 0 0 / 30%)" : "box-shadow:none",
  ].join(";");
}

function spacer(): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[${SPACER}]`);
}

export function createDock(
  remembered: number,
  makeSource: () => string,
  signal: AbortSignal,
): Dock {
  let host: HTMLElement | undefined;
  let width = remembered;
  const clearCompose = shiftCompose();
  clearCompose(width);
  const size = new ResizeObserver(() => settle());
  window.addEventListener("resize", () => settle(), { signal });

  function makeRoom(): HTMLElement | undefined {
    const row = first(document, DOCK, HTMLElement, (element) => element.checkVisibility());
    if (!row.found || !canDock(window.innerWidth)) return undefined;
    const held = spacer();
    if (held !== null && held.parentElement === row.value) return held;
    held?.remove();
    const room = document.createElement("div");
    room.setAttribute(SPACER, "");
    const rail = railOf();
    const railChild = [...row.value.children].find(
      (child) => rail !== undefined && child.contains(rail),
    );
    row.value.insertBefore(room, railChild ?? null);
    const over = railChild === undefined ? railOffset(box(row.value), rail && box(rail)) : 0;
    const wide = roomFor(width) + over;
    room.style.cssText = `flex:0 0 ${wide}px;width:${wide}px;box-sizing:border-box;padding-right:${over}px`;
    size.observe(room);
    window.dispatchEvent(new Event("resize"));
    return room;
  }

  function settle(): void {
    if (host === undefined) return;
    if (!host.isConnected) document.documentElement.append(host);
    const page = { width: window.innerWidth, height: window.innerHeight };
    const room = makeRoom();
    const rail = railOf();
    if (room === undefined) {
      put(host, placeOver(page, rail && box(rail), width));
      return;
    }
    const slot = box(room);
    const over = Number.parseFloat(room.style.paddingRight) || 0;
    const { left, top, right, bottom } = slot;
    put(host, placeBeside({ left, top, right: right - over, bottom }, page));
  }

  function close(): void {
    host?.remove();
    host = undefined;
    size.disconnect();
    spacer()?.remove();
    document.documentElement.removeAttribute(OPEN);
    window.dispatchEvent(new Event("resize"));
  }

  signal.addEventListener("abort", close);
  return {
    isOpen: () => host !== undefined,
    open() {
      if (host !== undefined) return;
      document.documentElement.setAttribute(OPEN, "open");
      host = makeFrame(makeSource());
      document.documentElement.append(host);
      settle();
      // The spacer has its height after Gmail laid itself out.
      requestAnimationFrame(() => settle());
    },
    close,
    resize(wanted) {
      width = wanted;
      clearCompose(width);
      spacer()?.remove();
      settle();
    },
    settle,
  };
}

function railOf(): HTMLElement | undefined {
  const rail = first(document, RAIL, HTMLElement, (element) => element.checkVisibility());
  return rail.found ? rail.value : undefined;
}

function box(element: Element): DOMRect {
  return element.getBoundingClientRect();
}
