/**
 * The context menus. "Draft reply" in Gmail finds the message, opens the panel, and leaves the work in the tab's pending slot; on the
 * toolbar icon, Chrome's side panel for who wants it there.
 */
import { type Browser, browser } from "wxt/browser";

import { messages, Pointed } from "../messages/protocol.ts";
import { askGmail, tell } from "../messages/send.ts";
import { addPending } from "./pending.ts";
import { askForReload, showPanel } from "./show.ts";

const DRAFT_REPLY = "draft-reply";
const SIDE_PANEL = "side-panel";

export async function createMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  // One item a context, else Chrome nests them.
  browser.contextMenus.create({
    id: DRAFT_REPLY,
    title: "Draft reply",
    contexts: ["page", "selection", "link", "image", "editable", "frame"],
    documentUrlPatterns: ["https://mail.google.com/mail/*"],
  });
  browser.contextMenus.create({
    id: SIDE_PANEL,
    title: "Open in Chrome's side panel",
    contexts: ["action"],
  });
}

async function draftReply(tabId: number): Promise<void> {
  const pointed = await askGmail(tabId, { type: "gmail.pointed" }, Pointed);
  if (pointed === undefined) return askForReload(tabId);
  await addPending(tabId, { ...pointed, at: Date.now() });
  await showPanel(tabId, "open");
  await tell(messages.pendingAdded, { type: "pending.added", tabId });
}

async function openBeside(opening: Promise<void>, tabId: number): Promise<void> {
  await opening;
  await showPanel(tabId, "close");
}

export async function onMenuClick(
  item: Browser.contextMenus.OnClickData,
  tab: Browser.tabs.Tab | undefined,
): Promise<void> {
  if (tab?.id === undefined) return;
  if (item.menuItemId === DRAFT_REPLY) await draftReply(tab.id);
  // Opened before anything is waited for: the click is lost after that.
  else if (item.menuItemId === SIDE_PANEL)
    await openBeside(browser.sidePanel.open({ tabId: tab.id }), tab.id);
}
