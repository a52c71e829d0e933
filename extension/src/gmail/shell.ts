/**
 * What of VaultDesk stands in Gmail's page: a host on <html>, and in its closed shadow root the panel's frame, the handle at its edge and
 * the tab that a collapsed panel leaves. The host never moves in the tree: a moved frame reloads.
 */
import type { Handle } from "./handle.ts";
import { GAP, type Place, TAB_WIDTH } from "./place.ts";
import { WORDS } from "./words.ts";

export interface Shell {
  host: HTMLElement;
  put(place: Place, width: number, collapsed: boolean): void;
  /** Gives the panel the keyboard. */
  enter(): void;
  setTheme(theme: "light" | "dark"): void;
  /** The extension behind the frame is gone: says so in its place. */
  sayUpdated(): void;
}

const STYLE = `
:host { --line: #c4c7c5; --ink: #444746; --ground: #ffffff; --hover: #eef2f9; --blue: #0b57d0; }
:host([data-theme="dark"]) { --line: #5a5d62; --ink: #c4c7c5; --ground: #1b1b1c; --hover: #2c2e31; --blue: #a8c7fa; }
iframe { position: absolute; inset: 0; height: 100%; border: 0; border-radius: 16px; color-scheme: normal; }
:host([data-floating]) iframe, :host([data-floating]) .tab { box-shadow: 0 2px 8px rgb(0 0 0 / 30%); }
:host([data-collapsed]) iframe, :host([data-collapsed]) :is(.handle, .notice), :host(:not([data-collapsed])) .tab { visibility: hidden; }
.handle { position: absolute; top: 0; bottom: 0; width: ${GAP}px; cursor: ew-resize; touch-action: none; outline: 0; }
.handle::after { content: ""; position: absolute; inset: calc(50% - 20px) 2px; height: 40px; border-radius: 2px; background: var(--line); opacity: 0.7; }
.handle:hover::after, .handle:active::after { background: var(--blue); opacity: 1; }
.handle:focus-visible::after { inset: 16px 2px; height: auto; background: var(--blue); opacity: 1; }
.tab { all: unset; box-sizing: border-box; position: absolute; top: 0; width: ${TAB_WIDTH}px; padding: 14px 0; display: flex; align-items: center; justify-content: center; writing-mode: vertical-rl; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink); font: 500 12px/1 Roboto, "Segoe UI", system-ui, sans-serif; letter-spacing: 0.02em; cursor: pointer; }
.tab:hover { background: var(--hover); }
.notice { position: absolute; inset: 0 0 0 ${GAP}px; display: grid; place-content: center; justify-items: center; padding: 24px; border: 1px solid var(--line); border-radius: 16px; background: var(--ground); color: var(--ink); font: 13px/18px Roboto, system-ui, sans-serif; text-align: center; }
.notice button { all: unset; padding: 6px 16px; border: 1px solid; border-radius: 16px; color: var(--blue); cursor: pointer; }
.notice button:focus-visible { outline: 2px solid; outline-offset: 2px; }
.tab:focus-visible { outline: 2px solid var(--blue); outline-offset: 1px; }`;

function makeNotice(): HTMLElement {
  const notice = document.createElement("div");
  notice.className = "notice";
  const words = document.createElement("p");
  words.textContent = WORDS.updated;
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = WORDS.reload;
  reload.addEventListener("click", (event) => {
    if (event.isTrusted) location.reload();
  });
  notice.append(words, reload);
  return notice;
}

function makeTab(expand: () => void): HTMLElement {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.className = "tab";
  tab.textContent = "VaultDesk";
  tab.setAttribute("aria-label", "Open VaultDesk");
  tab.addEventListener("click", (event) => {
    if (event.isTrusted) expand();
  });
  return tab;
}

/** `makeSource` is asked when the frame is first needed: a panel that starts collapsed loads nothing. */
export function createShell(handle: Handle, makeSource: () => string, expand: () => void): Shell {
  const host = document.createElement("div");
  host.setAttribute("role", "complementary");
  host.setAttribute("aria-label", "VaultDesk");
  // Keys on the handle and the tab are not Gmail's shortcuts.
  for (const type of ["keydown", "keypress", "keyup"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const frame = document.createElement("iframe");
  // To copy an answer; a frame of another origin may not without.
  frame.allow = "clipboard-write *";
  frame.title = "VaultDesk";
  const tab = makeTab(expand);
  root.append(tab, handle.element, frame);
  let loaded = false;
  let put = "";
  let written: string | null = "";

  return {
    host,
    put(place, width, collapsed) {
      if (!collapsed && frame.src === "") {
        frame.addEventListener("load", () => (loaded = true), { once: true });
        frame.src = makeSource();
      }
      const style = [
        "all:initial",
        "position:fixed",
        `top:${place.top}px`,
        `right:${place.right}px`,
        `width:${place.width}px`,
        collapsed ? "height:128px" : `bottom:${place.bottom}px`,
        `z-index:${place.floating ? 1000 : 3}`,
      ].join(";");
      const all = `${style};${width};${place.side};${collapsed}`;
      // Writing what is there already would wake whoever watches the page, us included; what the page wrote is not ours.
      if (all === put && host.getAttribute("style") === written) return;
      put = all;
      host.style.cssText = style;
      written = host.getAttribute("style");
      host.toggleAttribute("data-floating", place.floating);
      host.toggleAttribute("data-collapsed", collapsed);
      const inner = place.side === "right" ? "left" : "right";
      frame.style.cssText = `width:${collapsed ? width : place.width - GAP}px;${inner}:${GAP}px`;
      tab.style.cssText = `${inner}:${GAP}px`;
      handle.element.style.cssText = `${inner}:0`;
      handle.show(width, place.side);
    },
    enter() {
      if (loaded) frame.focus();
      else frame.addEventListener("load", () => frame.focus(), { once: true });
    },
    setTheme(theme) {
      host.dataset["theme"] = theme;
    },
    sayUpdated() {
      handle.element.remove();
      frame.replaceWith(makeNotice());
      // Nobody is left to name the source of a frame that was never opened.
      frame.src = "about:blank";
    },
  };
}
