/** Opens, collapses or closes the panel inside a Gmail tab. False where no content script of this version is there to hold it. */
import { browser } from "wxt/browser";
import { z } from "zod";

import type { Show } from "../messages/gmail-protocol.ts";
import { askGmail } from "../messages/send.ts";

const Shown = z.object({ open: z.boolean() });

export async function showPanel(tabId: number, show: Show): Promise<boolean> {
  return (await askGmail(tabId, { type: "gmail.panel", show }, Shown)) !== undefined;
}

/** A Gmail tab that is older than the extension holds no content script. Chrome forgets badge and title with the page. */
export async function askForReload(tabId: number): Promise<void> {
  await browser.action.setBadgeText({ tabId, text: "!" });
  await browser.action.setTitle({
    tabId,
    title: "VaultDesk was installed after this tab was opened. Reload the tab to use it here.",
  });
}
