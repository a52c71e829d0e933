/** The work of a day by keyboard alone: every step is a key, and where the keyboard is can be seen. */
import { expect, type Frame, type Page } from "@playwright/test";

import { ANA_MAIL, MAYA, test } from "./src/fixture.ts";
import { readyWithAll } from "./src/steps.ts";

const MOST = 60;

/** Where the keyboard is now, and whether a ring shows it. */
function focused(panel: Frame): Promise<{ testId: string; ring: boolean }> {
  return panel.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return { testId: "", ring: false };
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    const around = element.closest(".question");
    const ring =
      around === null ? outlineStyle !== "none" : getComputedStyle(around).boxShadow !== "none";
    return {
      testId: element.getAttribute("data-testid") ?? "",
      ring: ring || boxShadow !== "none",
    };
  });
}

/** Presses `key` until the keyboard stands on it. What is asleep has no place in the order. */
async function reach(page: Page, panel: Frame, testId: string, key = "Tab"): Promise<void> {
  await panel
    .locator(`[data-testid=${testId}]:enabled, a[data-testid=${testId}]`)
    .first()
    .waitFor();
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    const now = await focused(panel);
    if (now.testId === testId) {
      expect(now.ring, `${testId} shows where the keyboard is`).toBe(true);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST} times ${key} did not reach ${testId}`);
}

test("ask, read, draft, edit, send, withdraw, compose, schedule and sign out without a mouse", async ({
  world,
  desk,
}) => {
  test.setTimeout(90_000);
  const { page, panel } = await readyWithAll(world, desk);
  const { keyboard } = page;
  const idle = () => expect(panel.getByTestId("stop")).toBeHidden({ timeout: 20_000 });
  const asking = async (question: string) => {
    await reach(page, panel, "ask");
    await keyboard.type(question);
    await keyboard.press("Enter");
    await expect(panel.getByTestId("user").last()).toHaveText(new RegExp(question));
  };
  const press = async (testId: string, key = "Tab") => {
    await reach(page, panel, testId, key);
    await expect(panel.locator(":focus")).toBeEnabled();
    await keyboard.press("Enter");
  };
  const fromMenu = async (name: string) => {
    await press("menu", "Shift+Tab");
    await expect(panel.getByRole("menu")).toBeVisible();
    await keyboard.type(name);
    await expect(panel.getByRole("menuitem", { name, exact: true })).toBeFocused();
    await keyboard.press("Enter");
  };
  const cards = panel.getByTestId("approval-card");

  await asking("Summarise this thread");
  await idle();
  const marked = page.waitForFunction(() => document.getAnimations().length > 0);
  await press("cite", "Shift+Tab");
  await marked;

  await asking("Draft a reply to this thread");
  await idle();
  const draft = panel.getByTestId("draft-card").last();
  await press("edit-draft", "Shift+Tab");
  await expect(panel.getByTestId("edit-text")).toBeFocused();
  await keyboard.press("Control+A");
  await keyboard.type("Hi Ana, 21 days are fine.");
  await press("save-draft");
  await expect(draft.getByTestId("body")).toHaveText("Hi Ana, 21 days are fine.");
  await expect(draft.getByTestId("edit-draft")).toBeFocused();
  await press("ask-phone");
  await expect(cards.last()).toHaveAttribute("data-state", "waiting");
  expect(world.auth0.phone.pushes(MAYA)).toHaveLength(1);
  await press("cancel-request");
  await expect(cards.last()).toHaveAttribute("data-state", "cancelled");

  await fromMenu("Compose");
  const dialog = panel.getByTestId("compose");
  await expect(dialog.getByTestId("template").first()).toBeVisible();
  await reach(page, panel, "template");
  while (!(await panel.locator(":focus").innerText()).includes("Quick Reply"))
    await keyboard.press("Tab");
  await keyboard.press("Enter");
  await reach(page, panel, "compose-field");
  await keyboard.type("yes, Tuesday works");
  await press("compose-save");
  await expect(dialog).toBeHidden();
  await expect(panel.getByTestId("draft-card").last().getByTestId("body")).toContainText(
    "yes, Tuesday works",
  );

  await asking(`Schedule a call with ${ANA_MAIL} tomorrow at 1 about the closing`);
  await expect(cards.last()).toHaveAttribute("data-state", "waiting", { timeout: 20_000 });
  await press("cancel-request", "Shift+Tab");
  await expect(cards.last()).toHaveAttribute("data-state", "cancelled");
  await idle();

  await fromMenu("Sign out");
  await expect(panel.getByTestId("signin")).toBeVisible();
  expect(world.google.outbox).toEqual([]);
});
