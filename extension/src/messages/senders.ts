/**
 * Who sent a message, read from the browser's own stamp and never from the message.
 * A web page can't message this extension at all: there is no `externally_connectable`.
 */
import { type Browser, browser } from "wxt/browser";

export type Sender = Browser.runtime.MessageSender;
export type Claim = (sender: Sender) => boolean;

export const GMAIL_ORIGIN = "https://mail.google.com";

function isPage(sender: Sender, path: string): boolean {
  if (sender.id !== browser.runtime.id || sender.url === undefined) return false;
  const root = browser.runtime.getURL("/");
  return sender.url.split(/[?#]/)[0] === `${root}${path}`;
}

/** The panel page, wherever it is shown: in Gmail, as a tab, as the side panel. */
export const fromPanel: Claim = (sender) => isPage(sender, "panel.html");

export const fromOffscreen: Claim = (sender) =>
  sender.tab === undefined && isPage(sender, "offscreen.html");

export const fromWorker: Claim = (sender) =>
  sender.id === browser.runtime.id &&
  sender.tab === undefined &&
  (sender.url === undefined || isPage(sender, "background.js"));

/** Our content script in the top frame of a Gmail tab. */
export const fromGmail: Claim = (sender) =>
  sender.id === browser.runtime.id &&
  sender.frameId === 0 &&
  sender.tab?.id !== undefined &&
  sender.url !== undefined &&
  URL.canParse(sender.url) &&
  new URL(sender.url).origin === GMAIL_ORIGIN;

export const fromPanelOrWorker: Claim = (sender) => fromPanel(sender) || fromWorker(sender);
