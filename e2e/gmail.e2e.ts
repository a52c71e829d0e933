/** The panel at home in Gmail's page: its room, its edge, its tab, the keyboard, the colours, and what it says when it can't see. */
import { expect, type Frame, type Page } from "@playwright/test";

import { panelOf } from "./src/browser.ts";
import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import {
  connectGoogle,
  killWorker,
  messageIds,
  openGmail,
  openPanel,
  pressDraftReply,
  pressShortcut,
  signIn,
  threadNamed,
} from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { ready } from "./src/steps.ts";

const widthOf = (frame: Frame) => frame.evaluate(() => window.innerWidth);
const mailWidth = async (page: Page) => (await page.locator(".bkK").boundingBox())?.width ?? 0;
/** Of Gmail's own keyboard; the panel's element hangs beside the body. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.className);

async function boxOf(frame: Frame) {
  const element = await frame.frameElement();
  const box = await element.boundingBox();
  if (box === null) throw new Error("the panel has no place");
  return box;
}

test("the panel has room, an edge to drag, a tab to collapse to, and gives the keyboard back", async ({
  world,
  desk,
}, info) => {
  const { page, panel } = await ready(world, desk);
  const full = await mailWidth(page);
  await panel.getByTestId("ask").fill("half a question");

  const { x, y, height } = await boxOf(panel);
  await page.mouse.move(x - 4, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 64, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => widthOf(panel)).toBe(420);
  expect(await mailWidth(page)).toBe(full - 60);
  // From the first thing in the panel one step back.
  await panel.getByTestId("new-conversation").focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => widthOf(panel)).toBe(388);
  await page.keyboard.press("End");
  await expect.poll(() => widthOf(panel)).toBe(480);
  await page.screenshot({ path: info.outputPath("edge.png") });
  await page.keyboard.press("Home");
  await expect.poll(() => widthOf(panel)).toBe(320);

  await page.getByRole("link", { name: "Compose" }).click();
  const compose = await page.locator(".AD").boundingBox();
  expect((compose?.x ?? 0) + (compose?.width ?? 0)).toBeLessThanOrEqual((await boxOf(panel)).x);
  await page.getByRole("button", { name: "Save and close" }).click();

  await panel.getByTestId("collapse").click();
  await expect.poll(() => mailWidth(page)).toBeGreaterThan(full + 300);
  await page.screenshot({ path: info.outputPath("collapsed.png") });
  const tab = await page.locator("[data-vaultdesk-room]").boundingBox();
  await page.mouse.click((tab?.x ?? 0) + 24, (tab?.y ?? 0) + 40);
  await expect(panel.getByTestId("ask")).toBeFocused();
  await expect(panel.getByTestId("ask")).toHaveValue("half a question");

  await page.locator("h2.hP:visible").focus();
  await pressShortcut(desk.context);
  await expect(panel.getByTestId("ask")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toBe("hP");
  await pressShortcut(desk.context);
  await expect(panel.getByTestId("ask")).toBeFocused();
  await pressShortcut(desk.context);
  await expect.poll(() => focused(page)).toBe("hP");
  await page.keyboard.press("e");
  expect(await page.evaluate("window.__shortcuts")).toEqual(["e"]);
  await pressShortcut(desk.context);

  await page.evaluate(() => (document.documentElement.dataset["theme"] = "dark"));
  await panel.locator("html[data-theme=dark]").waitFor();
  await panel.evaluate(() => chrome.storage.local.set({ theme: "light" }));
  await panel.locator("html[data-theme=light]").waitFor();
  await panel.evaluate(() => chrome.storage.local.set({ theme: "auto" }));
  await panel.locator("html[data-theme=dark]").waitFor();
  await page.setViewportSize({ width: 900, height: 800 });
  await expect.poll(async () => (await boxOf(panel)).x + 320).toBe(900 - 64);
  await page.screenshot({ path: info.outputPath("over.png") });

  // Gmail has lost its names, then shows a thread that it has not yet saved.
  const rename = (perm: string) =>
    page.evaluate((name) => {
      setInterval(() => {
        for (const head of document.querySelectorAll("h2")) {
          head.removeAttribute("data-legacy-thread-id");
          head.setAttribute("data-thread-perm-id", name);
        }
      }, 10);
    }, perm);
  await rename("undefined");
  const unseen = panel.getByTestId("unseen-thread");
  await expect(unseen).toHaveAttribute("data-state", "unreadable");
  await expectEveryLook(page, panel, "unseen-thread", info);
  await pressDraftReply(desk.context);
  await expect(panel.getByTestId("no-message")).toHaveAttribute("data-state", "unreadable");
  await expectEveryLook(page, panel, "no-message", info);
  await panel.getByTestId("drop").click();
  await expect(panel.getByTestId("no-message")).toBeHidden();
  await page.reload();
  await page.locator("h2.hP:visible").waitFor();
  await rename("thread-a:r-1");
  const again = await openPanel(desk.context, page);
  await expect(again.getByTestId("unseen-thread")).toHaveAttribute("data-state", "unsynced");
});

test("a right click on a folded message waits for the sign-in, with the worker killed before; in another mailbox nothing is done", async ({
  world,
  desk,
}, info) => {
  const threadId = threadNamed(world, MAYA_MAIL, "NDA markup");
  const [first = ""] = messageIds(world, MAYA_MAIL, threadId);
  const page = await openGmail(desk.context, threadId);
  await killWorker(desk.context);
  await page.bringToFront();
  const row = page.getByRole("main").getByRole("listitem").first();
  await expect(row).toHaveAttribute("aria-expanded", "false");
  await row.focus();
  await page.keyboard.press("ContextMenu");
  const pressed = pressDraftReply(desk.context);
  // Any word from the page wakes the worker, as the real click on the menu would.
  await page.evaluate(() => (document.documentElement.dataset["theme"] = "dark"));
  await pressed;
  const panel = await panelOf(page);
  await panel.getByTestId("signin").waitFor();
  const asked = desk.context.waitForEvent("request", (request) => request.url().endsWith("/runs"));
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  expect((await asked).postDataJSON()).toMatchObject({ threadId, messageId: first });
  await expect(panel.getByTestId("draft-card")).toBeVisible({ timeout: 20_000 });

  // The same tab with another mailbox in it: look, but do nothing.
  await expect(panel.getByTestId("stop")).toBeHidden();
  await page.evaluate(() => {
    document
      .querySelector("a[href*=SignOutOptions]")
      ?.setAttribute("aria-label", "Google Account: Eve (eve@evil.example)");
    document.documentElement.dataset["theme"] = "light";
  });
  await expect(panel.getByTestId("other-mailbox")).toContainText("eve@evil.example");
  await expect(panel.getByTestId("ask")).toBeDisabled();
  await expect(panel.getByTestId("ask-phone")).toBeDisabled();
  await expect(panel.getByTestId("edit-draft")).toBeDisabled();
  await panel.getByTestId("menu").click();
  await expect(panel.getByTestId("menu-permissions")).toBeVisible();
  await expect(panel.getByTestId("menu-compose")).toBeHidden();
  await page.keyboard.press("Escape");
  await page.locator(".a3s").last().click({ button: "right" });
  await pressDraftReply(desk.context);
  const waiting = () => panel.evaluate(() => chrome.storage.session.get(null));
  await expect.poll(async () => Object.keys(await waiting()).join()).toContain("pending:");
  await expectEveryLook(page, panel, "other-mailbox", info);
  await expect(panel.getByTestId("user")).toHaveCount(1);
});
