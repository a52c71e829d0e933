/** Where this panel stands: which tab, whether it may run there, and what Gmail shows beside it. */
import { useEffect, useState } from "react";
import { browser } from "wxt/browser";

import { detach } from "../detach.ts";
import { listen, row } from "../messages/listen.ts";
import { GmailView, messages } from "../messages/protocol.ts";
import { askGmail, send } from "../messages/send.ts";
import { fromGmail, GMAIL_ORIGIN, type Sender } from "../messages/senders.ts";

export type Admission =
  | { state: "asking" }
  | { state: "refused" }
  | { state: "admitted"; tabId: number | undefined; inGmail: boolean };

const TRIES = 8;
const WAIT_MS = 150;

function ancestorAllowed(): boolean {
  if (window.parent === window) return true;
  return window.top === window.parent && location.ancestorOrigins[0] === GMAIL_ORIGIN;
}

async function enter(): Promise<Admission> {
  if (!ancestorAllowed()) return { state: "refused" };
  const nonce = location.hash.slice(1);
  // The content script's word may reach a sleeping worker after ours.
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { admitted, tabId } = await send(messages.hello, { type: "panel.hello", nonce });
    if (admitted && tabId !== undefined) return { state: "admitted", tabId, inGmail: true };
    if (admitted) return { state: "admitted", tabId: await activeTab(), inGmail: false };
    await new Promise((resolve) => {
      setTimeout(resolve, WAIT_MS);
    });
  }
  return { state: "refused" };
}

async function activeTab(): Promise<number | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

export function useAdmission(): Admission {
  const [admission, setAdmission] = useState<Admission>({ state: "asking" });
  useEffect(() => {
    let live = true;
    enter().then(
      (entered) => live && setAdmission(entered),
      () => live && setAdmission({ state: "refused" }),
    );
    return () => {
      live = false;
    };
  }, []);
  return admission;
}

/** The side panel stays while people change tabs; the panel in Gmail never leaves its own. */
export function useActiveTab(entered: number | undefined, inGmail: boolean): number | undefined {
  const [tabId, setTabId] = useState(entered);
  useEffect(() => {
    if (inGmail) return undefined;
    const look = async () => setTabId(await activeTab());
    const follow = () => detach(look());
    browser.tabs.onActivated.addListener(follow);
    return () => browser.tabs.onActivated.removeListener(follow);
  }, [inGmail]);
  return tabId;
}

export interface SeenInGmail {
  /** False until Gmail's page was asked. */
  known: boolean;
  view: GmailView | undefined;
}

export function useGmailView(tabId: number | undefined): SeenInGmail {
  const [seen, setSeen] = useState<SeenInGmail>({ known: tabId === undefined, view: undefined });
  useEffect(() => {
    if (tabId === undefined) return undefined;
    const end = new AbortController();
    const read = async () => {
      const view = await askGmail(tabId, { type: "gmail.view" }, GmailView);
      if (!end.signal.aborted) setSeen({ known: true, view });
    };
    detach(read());
    window.addEventListener("focus", () => detach(read()), { signal: end.signal });
    const fromOurTab = (sender: Sender) => fromGmail(sender) && sender.tab?.id === tabId;
    listen(
      [
        row({
          from: fromOurTab,
          schema: messages.viewChanged.request,
          handle: ({ view }) => setSeen({ known: true, view }),
        }),
      ],
      end.signal,
    );
    return () => end.abort();
  }, [tabId]);
  return seen;
}
