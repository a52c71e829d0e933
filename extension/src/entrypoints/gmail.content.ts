/**
 * In Gmail's page: says which thread is open, which message was clicked, and holds the panel's frame. Ids only, and no request of any kind.
 */
import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";

import { detach } from "../detach.ts";
import { mailBase, ownAddress } from "../gmail/account.ts";
import { createDock } from "../gmail/dock.ts";
import { panelWidth } from "../gmail/place.ts";
import { watchPointer } from "../gmail/pointed.ts";
import { first, MAIN } from "../gmail/selectors.ts";
import { gmailTheme } from "../gmail/theme.ts";
import { hasSeveral, openThread, revealMessage } from "../gmail/thread.ts";
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

const OPEN = "panelOpen";
const WIDTH = "panelWidth";

function view() {
  const thread = openThread(document);
  const account = ownAddress(document);
  return {
    ...(thread.found ? { threadId: thread.value, several: hasSeveral(document) } : {}),
    ...(account.found ? { account: account.value } : {}),
    base: mailBase(location.pathname),
    theme: gmailTheme(document),
  };
}

/** The extension may have been updated under this page: then nobody listens any more. */
function tell(message: unknown): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}

function newFrame(): string {
  const nonce = crypto.randomUUID();
  tell({ type: "frame.register", nonce });
  return `${browser.runtime.getURL("/panel.html")}#${nonce}`;
}

export default defineContentScript({
  matches: ["https://mail.google.com/*"],
  runAt: "document_idle",
  allFrames: false,
  main(ctx) {
    const { signal } = ctx;
    const pointer = watchPointer(document, () => Date.now(), signal);
    const ready = browser.storage.local.get([OPEN, WIDTH]).then((stored) => {
      const dock = createDock(panelWidth(stored[WIDTH]), newFrame, signal);
      if (stored[OPEN] === true) dock.open();
      return dock;
    });
    const onStored = (changes: Record<string, { newValue?: unknown }>) => {
      const changed = changes[WIDTH];
      if (changed === undefined) return;
      detach(ready.then((dock) => dock.resize(panelWidth(changed.newValue))));
    };
    browser.storage.local.onChanged.addListener(onStored);
    signal.addEventListener("abort", () =>
      browser.storage.local.onChanged.removeListener(onStored),
    );
    let told = "";

    function tellView(): void {
      const now = view();
      const text = JSON.stringify(now);
      if (text === told) return;
      told = text;
      tell({ type: "view.changed", view: now });
    }

    async function show(how: Show): Promise<{ open: boolean }> {
      const dock = await ready;
      const open = how === "toggle" ? !dock.isOpen() : how === "open";
      if (open) dock.open();
      else dock.close();
      await browser.storage.local.set({ [OPEN]: open });
      return { open };
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
        row({
          from: fromPanel,
          schema: giveFocus,
          handle() {
            window.focus();
            const main = first(document, MAIN, HTMLElement, (part) => part.checkVisibility());
            if (main.found) main.value.focus({ preventScroll: true });
          },
        }),
      ],
      signal,
    );

    const settle = async () => {
      (await ready).settle();
      tellView();
    };
    watchPage(document, () => detach(settle()), signal);
  },
});
