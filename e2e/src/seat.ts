/**
 * One Chromium for the tests that a worker runs one after another: starting it costs more than what many of them do in it. Between two
 * it forgets all that the extension, a page or a person left there; each test has a world and a server of its own.
 */
import type { BrowserContext } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { startGmailPage } from "@vaultdesk/standins/gmail-page/start.ts";
import { createCertificate } from "@vaultdesk/standins/tls.ts";
import { chromiumFlags, type SharedPage } from "@vaultdesk/standins/world.ts";

import { openExtension, type OpenExtension } from "./browser.ts";

export interface Seat {
  /** What the worlds that are seen from it have in common. */
  shared: SharedPage;
  /** The Chromium as on its first day, its extension with this configuration. */
  take(config: Readonly<Record<string, string>>): Promise<BrowserContext>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** A page of the extension in which nothing runs. */
const INERT = `chrome-extension://${EXTENSION_ID}/icon/16.png`;

async function forget(context: BrowserContext): Promise<void> {
  await context.unrouteAll();
  const left = context.pages();
  const page = await context.newPage();
  await Promise.all(left.map((one) => one.close()));
  await context.clearCookies();
  await page.goto(INERT);
  await page.evaluate(async () => {
    if (await chrome.offscreen.hasDocument()) await chrome.offscreen.closeDocument();
    localStorage.clear();
    await Promise.all([
      chrome.storage.local.clear(),
      chrome.storage.session.clear(),
      chrome.alarms.clearAll(),
      chrome.action.setBadgeText({ text: "" }),
      chrome.permissions.remove({ permissions: ["notifications"] }),
    ]);
    for (const { name = "" } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
}

export async function createSeat(): Promise<Seat> {
  const certificate = await createCertificate();
  const shared = { certificate, gmailPage: await startGmailPage({ tls: certificate }) };
  let opened: OpenExtension | undefined;
  return {
    shared,
    async take(config) {
      opened ??= await openExtension(config, chromiumFlags(shared));
      await opened.configure(config);
      return opened.context;
    },
    async leave() {
      if (opened !== undefined) await forget(opened.context);
    },
    async close() {
      await opened?.close();
      await shared.gmailPage.close();
    },
  };
}
