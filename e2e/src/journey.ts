/** What a user does, step by step, in the words of the product. Tests, the demo and the proofs share it. */
import { type BrowserContext, expect, type Frame, type Locator, type Page } from "@playwright/test";
import type { World } from "@vaultdesk/standins/world.ts";

import { INBOX, panelOf } from "./browser.ts";

/** Opens the mailbox, and a thread of it where an id is given. */
export async function openGmail(
  context: BrowserContext,
  threadId?: string,
  look: { dark?: boolean } = {},
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(look.dark === true ? `${INBOX}?theme=dark` : INBOX);
  await page.locator("tr.zA").first().waitFor();
  if (threadId !== undefined) await openThread(page, threadId);
  return page;
}

export async function openThread(page: Page, threadId: string): Promise<void> {
  const row = page.locator(`tr [data-legacy-thread-id="${threadId}"]`).first();
  // The list shows the newest fifty; an older thread is opened by its address.
  if (await row.isVisible()) await row.click();
  else await page.goto(`${INBOX}#all/${threadId}`);
  await page.locator(`[role=main] h2[data-legacy-thread-id="${threadId}"]`).waitFor();
}

/** The extension's worker. */
async function worker(context: BrowserContext) {
  const [first] = context.serviceWorkers();
  return first ?? context.waitForEvent("serviceworker");
}

/** As a person drags it; remembered by the extension. */
export async function setPanelWidth(context: BrowserContext, width: number): Promise<void> {
  const background = await worker(context);
  await background.evaluate(async (panelWidth) => chrome.storage.local.set({ panelWidth }), width);
}

/** As the toolbar button: headless has no toolbar to click. */
export async function togglePanel(context: BrowserContext, page: Page): Promise<void> {
  const background = await worker(context);
  await page.bringToFront();
  await background.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.action.onClicked.dispatch(tab);
  });
}

/** A panel that was left open opens by itself after a reload: toggling it then would close it. */
export async function openPanel(context: BrowserContext, page: Page): Promise<Frame> {
  const background = await worker(context);
  const wasOpen = await background.evaluate(async () => {
    const { panel } = await chrome.storage.local.get("panel");
    return panel === "open" || panel === "collapsed";
  });
  if (!wasOpen) await togglePanel(context, page);
  return panelOf(page);
}

/** Signs in through Auth0's page in its own window. */
export async function signIn(context: BrowserContext, panel: Frame, sub: string): Promise<void> {
  const window = context.waitForEvent("page");
  await panel.getByTestId("signin").click();
  await (await window).locator(`[data-user="${sub}"]`).click();
  const asks = panel.getByTestId("ask").or(panel.getByTestId("first-run"));
  await panel.getByTestId("connect").or(asks).first().waitFor();
}

/** Connects Google; scopes whose words match `untick` are not granted. */
export async function connectGoogle(
  context: BrowserContext,
  panel: Frame,
  options: { button?: string; untick?: RegExp; until?: string } = {},
): Promise<void> {
  const opened = context.waitForEvent("page");
  await panel
    .getByTestId(options.button ?? "connect")
    .first()
    .click();
  const consent = await opened;
  await consent.getByTestId("continue").waitFor();
  if (options.untick !== undefined) {
    for (const box of await consent.getByRole("checkbox", { name: options.untick }).all()) {
      await box.uncheck();
    }
  }
  await consent.getByTestId("continue").click();
  await panel.getByTestId(options.until ?? "ask").waitFor();
}

export async function ask(panel: Frame, text: string): Promise<string> {
  const before = await panel.getByTestId("answer").count();
  await panel.getByTestId("ask").fill(text);
  await panel.getByTestId("send-question").click();
  const answer = panel.getByTestId("answer").nth(before);
  await expect(answer).toBeVisible();
  await expect(panel.getByTestId("stop")).toBeHidden();
  return (await panel.getByTestId("answer").last().innerText()).trim();
}

/** Right-click on a message, then the menu's item: headless has no native menu, so the worker's listener is called as Chrome would. */
export async function draftReplyByMenu(
  context: BrowserContext,
  page: Page,
  messageId: string,
): Promise<Frame> {
  const message = page.locator(`[data-legacy-message-id="${messageId}"] .a3s`);
  // Gmail folds earlier messages, and folded ones carry no ids: open them until it is there.
  for (let folded = 0; !(await message.isVisible()); folded += 1) {
    await page.getByRole("main").getByRole("listitem").nth(folded).click();
    await page.waitForTimeout(50);
  }
  await message.click({ button: "right", position: { x: 8, y: 8 } });
  await pressDraftReply(context);
  const panel = await panelOf(page);
  return panel;
}

/** The menu's item in the tab in front. A worker that sleeps hears of it once something has woken it. */
export async function pressDraftReply(context: BrowserContext): Promise<void> {
  const background = await worker(context);
  await background.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.contextMenus.onClicked.dispatch(
      { menuItemId: "draft-reply", editable: false, frameId: 0, pageUrl: tab?.url ?? "" },
      tab,
    );
  });
}

/** The shortcut: Chrome itself hears the keys, so its listener is called as Chrome would. */
export async function pressShortcut(context: BrowserContext): Promise<void> {
  const background = await worker(context);
  await background.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch("reach-panel", tab);
  });
}

/** Ends the extension's worker, as Chrome does after 30 idle seconds. */
export async function killWorker(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(new URL("/icon/16.png", (await worker(context)).url()).href);
  const devtools = await context.newCDPSession(page);
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await page.close();
}

/** The message ids of a mailbox's thread, oldest first. */
export function messageIds(world: World, email: string, threadId: string): string[] {
  return world.google
    .mailbox(email)
    .thread(threadId)
    .map((message) => message.id);
}

/** The thread whose subject holds these words. */
export function threadNamed(world: World, email: string, words: string): string {
  const row = world.google
    .mailbox(email)
    .threads()
    .find((thread) => thread.subject.includes(words));
  if (row === undefined) throw new Error(`no thread is named ${words}`);
  return row.threadId;
}

/**
 * A button that sends, undoes or deletes does nothing while the panel moves, and says so; one that moves away between the press and its end
 * hears nothing at all. People press again.
 */
export async function press(button: Locator): Promise<void> {
  const missed = button.locator("xpath=..").getByTestId("missed");
  for (let tries = 0; tries < 5; tries += 1) {
    const pressed = await button.elementHandle();
    await pressed.evaluate((element) => {
      element.addEventListener("click", () => element.setAttribute("data-heard", ""), {
        once: true,
      });
    });
    await button.click();
    const isHeard = await pressed.evaluate(
      (element) => !element.isConnected || element.hasAttribute("data-heard"),
    );
    if (isHeard && !(await missed.isVisible())) return;
  }
}

/** Presses the button on the newest request, and waits until the phone has told Auth0: a page that is closed before takes its word along. */
export async function decide(phone: Page, how: "approve" | "deny"): Promise<void> {
  const told = phone.waitForResponse((response) => response.request().method() === "POST");
  await phone.getByTestId("push").last().getByTestId(how).click();
  await told;
}
