/**
 * In Gmail's page: says which thread is open, which message was clicked, and holds the panel's frame. Ids only, and no request of any kind.
 * The manifest names it: WXT's own frame for content scripts would tell the page of it, and let the page end it.
 */
import { browser } from "wxt/browser";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";

import { detach } from "../detach.ts";
import { createDock, type Dock, type DockState } from "../gmail/dock.ts";
import { watchFocus } from "../gmail/focus.ts";
import { revealMessage } from "../gmail/message.ts";
import { panelWidth } from "../gmail/place.ts";
import { watchPointer } from "../gmail/pointed.ts";
import { viewOf } from "../gmail/view.ts";
import { watchPage } from "../gmail/watch.ts";
import {
  giveFocus,
  readPointed,
  readView,
  reveal,
  type Show,
  showPanel,
} from "../messages/gmail-protocol.ts";
import { listen, row } from "../messages/listen.ts";
import { fromPanel, fromPanelOrWorker, fromWorker } from "../messages/senders.ts";

const PANEL = "panel";
const WIDTH = "panelWidth";

const BEAT_MS = 2000;

const view = () => viewOf(document, location.pathname);

/** Chrome takes `runtime`, or only its id, from a script whose extension was updated or removed. */
function isAlive(): boolean {
  const left: { runtime?: Partial<typeof browser.runtime> } = browser;
  return left.runtime?.id !== undefined;
}

function tell(message: unknown): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}

function newFrame(): string {
  const nonce = crypto.randomUUID();
  tell({ type: "frame.register", nonce });
  return `${browser.runtime.getURL("/panel.html")}#${nonce}`;
}

function stateAfter(how: Show, dock: Dock): DockState {
  switch (how) {
    case "open":
      return "open";
    case "close":
      return "closed";
    case "collapse":
      return "collapsed";
    case "toggle":
      return dock.state() === "open" ? "collapsed" : "open";
    case "reach":
      return dock.hasFocus() ? "collapsed" : "open";
  }
}

export default defineUnlistedScript({
  main() {
    const end = new AbortController();
    const { signal } = end;
    const pointer = watchPointer(document, () => Date.now(), signal);
    const focus = watchFocus(document, signal);
    const { local } = browser.storage;
    let gone = false;
    const ready = local.get([PANEL, WIDTH]).then((stored) => {
      const dock = createDock({
        width: panelWidth(stored[WIDTH]),
        makeSource: newFrame,
        onExpand: () => (gone ? dock.show("open") : detach(show("toggle"))),
        onResized: (width) => detach(local.set({ [WIDTH]: width })),
        signal,
      });
      const was = stored[PANEL];
      if (was === "open" || was === "collapsed") dock.show(was);
      return dock;
    });
    const onStored = (changes: Record<string, { newValue?: unknown }>) => {
      const changed = changes[WIDTH];
      if (changed === undefined) return;
      detach(ready.then((dock) => dock.resize(panelWidth(changed.newValue))));
    };
    local.onChanged.addListener(onStored);
    signal.addEventListener("abort", () => local.onChanged.removeListener(onStored));
    let told = "";

    function tellView(dock: Dock): void {
      const now = view();
      dock.setTheme(now.theme);
      const text = JSON.stringify(now);
      if (text === told) return;
      told = text;
      tell({ type: "view.changed", view: now });
    }

    async function show(how: Show): Promise<{ open: boolean }> {
      const dock = await ready;
      const state = stateAfter(how, dock);
      const hadFocus = dock.hasFocus();
      dock.show(state);
      if (state === "open" && how !== "open") dock.enter();
      if (state !== "open" && hadFocus) focus.giveBack();
      await local.set({ [PANEL]: state });
      return { open: state === "open" };
    }

    listen(
      [
        row({ from: fromPanel, schema: readView, handle: view }),
        row({ from: fromWorker, schema: readPointed, handle: () => pointer.read(Date.now()) }),
        row({ from: fromPanelOrWorker, schema: showPanel, handle: ({ show: how }) => show(how) }),
        row({
          from: fromPanel,
          schema: reveal,
          handle: ({ messageId }) => ({ found: revealMessage(document, messageId) }),
        }),
        row({ from: fromPanel, schema: giveFocus, handle: () => focus.giveBack() }),
      ],
      signal,
    );

    /** A panel says that it is gone, and keeps its place; a closed one leaves nothing. */
    const leave = (dock: Dock) => {
      gone = true;
      clearInterval(beat);
      if (!dock.sayUpdated()) end.abort();
    };
    const settle = async () => {
      const dock = await ready;
      if (!gone && !isAlive()) leave(dock);
      dock.settle();
      if (!gone) tellView(dock);
    };
    detach(settle());
    watchPage(document, () => detach(settle()), signal);
    // A page that rests changes nothing by which the end of its extension would be noticed.
    const beat = setInterval(() => {
      if (!isAlive()) detach(settle());
    }, BEAT_MS);
    signal.addEventListener("abort", () => clearInterval(beat));
  },
});
