/** "Draft reply" in Gmail's context menu: finds the message, opens the panel, leaves the work in the tab's pending slot. */
import { type Browser, browser } from "wxt/browser";

import { messages, Pointed } from "../messages/protocol.ts";
import { askGmail, tell } from "../messages/send.ts";
import { addPending } from "./pending.ts";
import { showPanel } from "./show.ts";

const DRAFT_REPLY = "draft-reply";

export async function createMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({
    id: DRAFT_REPLY,
    title: "Draft reply",
    contexts: ["page", "selection", "link", "image", "editable", "frame"],
    documentUrlPatterns: ["https://mail.google.com/mail/*"],
  });
}

export async function onMenuClick(
  item: Browser.contextMenus.OnClickData,
  tab: Browser.tabs.Tab | undefined,
): Promise<void> {
  if (item.menuItemId !== DRAFT_REPLY || tab?.id === undefined) return;
  const pointed = await askGmail(tab.id, { type: "gmail.pointed" }, Pointed);
  if (pointed === undefined) return;
  await addPending(tab.id, { ...pointed, at: Date.now() });
  await showPanel(tab.id, "open");
  await tell(messages.pendingAdded, { type: "pending.added", tabId: tab.id });
}
