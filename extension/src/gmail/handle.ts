/** The panel's edge: dragged or moved by arrow keys. Lies in our closed shadow root; what a page's script makes up is not heard. */
import { NARROWEST, panelWidth, type Side, WIDEST } from "./place.ts";

const STEP = 16;

export interface Handle {
  element: HTMLElement;
  show(width: number, side: Side): void;
}

/** `move` follows the hand, `done` is the width to remember. */
export function createHandle(move: (width: number) => void, done: (width: number) => void): Handle {
  const element = document.createElement("div");
  let width = panelWidth(undefined);
  let side: Side = "right";
  let drag: { from: number; width: number; now: number } | undefined;
  element.className = "handle";
  element.tabIndex = 0;
  for (const [name, value] of Object.entries({
    role: "separator",
    "aria-orientation": "vertical",
    "aria-label": "Width of VaultDesk",
    "aria-valuemin": String(NARROWEST),
    "aria-valuemax": String(WIDEST),
  })) {
    element.setAttribute(name, value);
  }

  const wider = (pixels: number) => (side === "right" ? -pixels : pixels);

  element.addEventListener("pointerdown", (event) => {
    if (!event.isTrusted || event.button !== 0) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    drag = { from: event.clientX, width, now: width };
  });
  element.addEventListener("pointermove", (event) => {
    if (drag === undefined || !event.isTrusted) return;
    drag.now = panelWidth(drag.width + wider(event.clientX - drag.from));
    move(drag.now);
  });
  element.addEventListener("lostpointercapture", () => {
    if (drag !== undefined) done(drag.now);
    drag = undefined;
  });
  element.addEventListener("keydown", (event) => {
    if (!event.isTrusted) return;
    const keys: Readonly<Record<string, number>> = {
      ArrowLeft: width + wider(-STEP),
      ArrowRight: width + wider(STEP),
      Home: NARROWEST,
      End: WIDEST,
    };
    const wanted = keys[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    move(panelWidth(wanted));
    done(panelWidth(wanted));
  });
  return {
    element,
    show(now, at) {
      width = now;
      side = at;
      element.setAttribute("aria-valuenow", String(now));
    },
  };
}
