/** Which panel frame the content script of a tab made. A page that learned the panel's address has no nonce, so its frame stays dead. */
import { browser } from "wxt/browser";
import { z } from "zod";

import type { Sender } from "../messages/senders.ts";

const key = (tabId: number) => `frame:${tabId}`;

export async function registerFrame(tabId: number, nonce: string): Promise<void> {
  await browser.storage.session.set({ [key(tabId)]: nonce });
}

export async function forgetFrame(tabId: number): Promise<void> {
  await browser.storage.session.remove(key(tabId));
}

/** Top-level pages and the side panel need no nonce: no web page can hold or cover them. */
export async function admit(
  sender: Sender,
  nonce: string,
): Promise<{ admitted: boolean; tabId?: number }> {
  const tabId = sender.tab?.id;
  if (tabId === undefined || sender.frameId === 0) return { admitted: true };
  const stored = await browser.storage.session.get(key(tabId));
  const registered = z.string().safeParse(stored[key(tabId)]);
  return { admitted: registered.success && registered.data === nonce, tabId };
}
