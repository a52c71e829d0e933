/** The right-click reply that waits in a tab until its panel is signed in and connected. Handed over once; ten minutes old is too old. */
import { browser } from "wxt/browser";

import { PendingReply } from "../messages/protocol.ts";

const MAX_AGE_MS = 10 * 60_000;
const key = (tabId: number) => `pending:${tabId}`;

export async function addPending(tabId: number, pending: PendingReply): Promise<void> {
  await browser.storage.session.set({ [key(tabId)]: pending });
}

export async function takePending(tabId: number, now: number): Promise<PendingReply | undefined> {
  // Two panels of one tab may ask at once: reading and removing is one step.
  return navigator.locks.request(key(tabId), async () => {
    const stored = await browser.storage.session.get(key(tabId));
    const pending = PendingReply.safeParse(stored[key(tabId)]);
    await browser.storage.session.remove(key(tabId));
    return pending.success && now - pending.data.at < MAX_AGE_MS ? pending.data : undefined;
  });
}
