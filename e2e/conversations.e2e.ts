/** The list of conversations: searched, opened, renamed, and deleted for good. */
import { expect } from "@playwright/test";

import { expectAccessible } from "./src/axe.ts";
import { test } from "./src/fixture.ts";
import { ask, openPanel } from "./src/journey.ts";
import { ready } from "./src/steps.ts";

test("conversations are found by what was said, opened, renamed and deleted for good", async ({
  world,
  desk,
}, info) => {
  const { page, panel } = await ready(world, desk);
  await panel.getByTestId("menu").click();
  await panel.getByTestId("menu-conversations").click();
  await expect(panel.getByTestId("no-conversations")).toContainText("will be here");
  await panel.getByTestId("back").click();

  const summary = await ask(panel, "Summarise this thread");
  await panel.getByTestId("new-conversation").click();
  await expect(panel.getByTestId("answer")).toHaveCount(0);
  await ask(panel, "Who are you?");

  await panel.getByTestId("menu").click();
  await panel.getByTestId("menu-conversations").click();
  const rows = panel.getByTestId("conversation");
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByTestId("kept-until")).toContainText("kept until");
  await panel.getByTestId("search-conversations").fill("NON-SOLICIT");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Summarise this thread");
  await panel.getByTestId("search-conversations").fill("no such word at all");
  await expect(panel.getByTestId("no-conversations")).toContainText("No conversation says");
  await panel.getByTestId("search-conversations").fill("non-solicit");
  await expect(rows).toHaveCount(1);

  await rows.getByTestId("rename-conversation").click();
  await panel.getByTestId("rename-title").fill("Falcon: where we stand");
  await panel.getByTestId("rename-save").click();
  await expect(rows.getByTestId("open-conversation")).toHaveText("Falcon: where we stand");
  await expectAccessible(panel, "conversations");
  await page.screenshot({ path: info.outputPath("conversations.png") });
  await rows.getByTestId("open-conversation").click();
  await expect(panel.getByTestId("answer").first()).toHaveText(summary, { useInnerText: true });

  await panel.getByTestId("menu").click();
  await panel.getByTestId("menu-conversations").click();
  const first = rows.filter({ hasText: "Falcon: where we stand" });
  await first.getByTestId("delete-conversation").click();
  await expect(panel.getByTestId("confirm-delete")).toContainText("Drafts and sent mail stay");
  await expectAccessible(panel, "delete a conversation");
  await page.screenshot({ path: info.outputPath("delete.png") });
  await panel.getByTestId("delete-for-good").click();
  await expect(rows).toHaveCount(1);

  await rows.getByTestId("delete-conversation").click();
  await panel.getByTestId("delete-for-good").click();
  await expect(panel.getByTestId("no-conversations")).toBeVisible();
  await panel.getByTestId("back").click();
  await expect(panel.getByTestId("answer")).toHaveCount(0);
  await page.reload();
  const again = await openPanel(desk.context, page);
  await expect(again.getByTestId("ask")).toBeVisible({ timeout: 15_000 });
  await expect(again.getByTestId("answer")).toHaveCount(0);
});
