/**
 * Chrome's own menu and shortcut, with real hands: headless has neither. The page is a layout of ours and nobody is signed in, so what
 * was pointed at waits in the tab's slot, where the panel would take it from.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, type Frame, test } from "@playwright/test";

import { INBOX, openExtension, panelOf } from "./src/browser.ts";
import { missingForDisplay, onScreen, openDisplay } from "./src/display.ts";
import { killWorker } from "./src/journey.ts";

const THREAD = "18c2f6a4b1d3e507";
const MESSAGE = "18c301ef5a7b9c80";
/** From the menu's end: Inspect, View page source, our item. */
const CHOOSE = ["Up", "Up", "Up", "Return"];
const NOWHERE = {
  serverUrl: "http://127.0.0.1:9",
  auth0Domain: "localhost:9",
  auth0ClientId: "nobody",
  auth0Audience: "https://api.vaultdesk.app",
};

const waiting = async (panel: Frame) => {
  const stored = await panel.evaluate(() => chrome.storage.session.get(null));
  return Object.entries(stored).find(([key]) => key.startsWith("pending:"))?.[1];
};

test("a real right click and the menu key name the message; the shortcut goes in and out", async () => {
  const missing = missingForDisplay();
  test.skip(missing !== undefined, missing);
  const display = await openDisplay();
  const chromium = await openExtension(
    NOWHERE,
    ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
    { headless: false, display: display.name },
  );
  const { context } = chromium;
  try {
    const html = await readFile(join(import.meta.dirname, "layouts/thread.html"), "utf8");
    await context.route("https://mail.google.com/**", (route) =>
      route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
    );
    const [page = await context.newPage()] = context.pages();
    await page.goto(INBOX);
    await killWorker(context);
    await page.bringToFront();

    const text = await onScreen(page, ".a3s");
    display.click("right", text.x, text.y);
    display.press(...CHOOSE);
    const panel = await panelOf(page);
    await expect.poll(() => waiting(panel)).toMatchObject({ threadId: THREAD, messageId: MESSAGE });

    const row = page.getByRole("listitem").last();
    await row.evaluate((element) => (element.tabIndex = 0));
    const subject = await onScreen(page, "h2.hP");
    display.click("left", subject.x, subject.y);
    const before = await waiting(panel);
    // On a busy machine the menu opens after the keys that are meant for it.
    await expect(async () => {
      display.press("Escape");
      await row.focus();
      display.press("Menu");
      display.press(...CHOOSE);
      await expect.poll(() => waiting(panel), { timeout: 3000 }).not.toEqual(before);
    }).toPass();
    expect(await waiting(panel)).toMatchObject({ messageId: MESSAGE });

    display.press("alt+shift+v");
    await expect.poll(() => panel.evaluate(() => document.hasFocus())).toBe(true);
    display.press("alt+shift+v");
    await expect
      .poll(() => row.evaluate((element) => element === document.activeElement))
      .toBe(true);
  } finally {
    await chromium.close();
    await display.close();
  }
});
