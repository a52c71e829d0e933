/** `pnpm store:pictures`: the stores' pictures and the guide's, of the real panel. 1280 by 800, as the stores take them. */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

import { expect } from "@playwright/test";

import { MAYA, test } from "./src/fixture.ts";
import { ask, decide, press } from "./src/journey.ts";
import { menu, readyWithAll } from "./src/steps.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/store/pictures");
const SIZE = { width: 1280, height: 800 };
/** The small tile of the stores. */
const TILE = { width: 440, height: 280 };
const TILE_PAGE = `<style>
  body { margin: 0; height: 280px; display: flex; flex-direction: column; justify-content: center; gap: 14px; padding: 0 36px; box-sizing: border-box; background: #0b57d0; color: #fff; font-family: Roboto, "Segoe UI", system-ui, sans-serif; }
  b { font-size: 34px; letter-spacing: -0.01em; }
  p { margin: 0; font-size: 17px; line-height: 24px; }
  i { align-self: start; font: 600 15px/1 system-ui; padding: 8px 14px; border: 2px dashed #d3e3fd; border-radius: 8px; }
</style><b>VaultDesk</b><p>An assistant beside your Gmail thread<br>that cannot act without your phone.</p><i>Send: ask my phone</i>`;

test("pictures", async ({ world, desk }) => {
  mkdirSync(FOLDER, { recursive: true });
  const { page, panel } = await readyWithAll(world, desk);
  await page.setViewportSize(SIZE);
  const picture = async (name: string) => {
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled" });
  };
  const answered = async (how: "approve" | "deny") => {
    const phone = await desk.openPhone(MAYA);
    await phone.setViewportSize({ width: 390, height: 800 });
    await phone.getByTestId("push").last().waitFor();
    await phone.screenshot({ path: `${FOLDER}/phone.png` });
    await decide(phone, how);
    await phone.close();
  };

  await ask(panel, "What is still open here?");
  await picture("1-ask");
  await ask(panel, "Draft a reply to this thread");
  const draft = panel.getByTestId("draft-card").last();
  await draft.evaluate((card) => card.scrollIntoView({ block: "start" }));
  await picture("2-draft");
  await press(draft.getByTestId("ask-phone"));
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await approval.evaluate((card) => card.scrollIntoView({ block: "start" }));
  await picture("3-phone");
  await answered("approve");
  await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  await picture("4-sent");

  await panel.getByTestId("new-conversation").click();
  await panel
    .getByTestId("ask")
    .fill("Schedule a call with Ana Ruiz tomorrow at 1 about the closing");
  await panel.getByTestId("send-question").click();
  const call = panel.getByTestId("approval-card").last();
  await expect(call).toHaveAttribute("data-state", "waiting", { timeout: 20_000 });
  await call.evaluate((card) => card.scrollIntoView({ block: "start" }));
  await picture("5-calendar");
  await call.getByTestId("cancel-request").click();

  await menu(panel, "permissions");
  await panel.getByTestId("scope").first().waitFor();
  await picture("6-permissions");

  const tile = await desk.context.newPage();
  await tile.setViewportSize(TILE);
  await tile.setContent(TILE_PAGE);
  await tile.screenshot({ path: `${FOLDER}/tile.png` });
});
