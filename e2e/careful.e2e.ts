/** Between the wish and the deed: buttons that sleep while something lies over them, and a hold that can be stopped after the yes. */
import { expect, type Frame, type Page } from "@playwright/test";
import { routes } from "@vaultdesk/shared/api.ts";
import type { SettingsChange } from "@vaultdesk/shared/settings.ts";
import { z } from "zod";

import { MAYA, test } from "./src/fixture.ts";
import { decide, press } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { draftMails, ready } from "./src/steps.ts";

const HOST = '[role=complementary][aria-label="VaultDesk"]';

/** What a hostile Gmail page does to the panel's frame. */
const COVERS: readonly [name: string, css: string][] = [
  [
    "an overlay that lets clicks through",
    `${HOST}::after, html::after { content: ""; position: fixed; inset: 0; z-index: 9999; background: #fff; pointer-events: none }`,
  ],
  ["next to no opacity", `${HOST} { opacity: 0.02 !important }`],
  ["half its size", `${HOST} { transform: scale(0.5) !important }`],
  ["a filter", `${HOST} { filter: contrast(0) !important }`],
];

async function under(page: Page, css: string, work: () => Promise<void>): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, css);
  await work();
  await page.evaluate(() => document.adoptedStyleSheets.pop());
}

const Lent = z.object({ value: z.object({ token: z.string() }) });

/** As the settings page does. */
async function setSettings(panel: Frame, serverUrl: string, change: SettingsChange): Promise<void> {
  const reply = await panel.evaluate(() =>
    chrome.runtime.sendMessage({ type: "session.token", fresh: false }),
  );
  const { method, path } = routes.changeSettings;
  const response = await fetch(new URL(path, serverUrl), {
    method,
    headers: {
      authorization: `Bearer ${Lent.parse(reply).value.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(change),
  });
  expect(response.status).toBe(200);
}

test("a covered button asks no phone; after the yes, Stop sends nothing", async ({
  world,
  server,
  desk,
}, info) => {
  const { page, panel } = await ready(world, desk);
  const [draft] = await draftMails(panel, [
    { to: "tom.weller@northgate.example", subject: "Peg", text: "the peg is agreed." },
  ]);
  if (draft === undefined) throw new Error("one mail was drafted");
  const button = draft.getByTestId("ask-phone");
  await expect(button).toHaveAttribute("data-cover", "clear");
  for (const [name, css] of COVERS) {
    await under(page, css, async () => {
      await expect(button, name).toHaveAttribute("data-cover", "covered");
      await expect(draft.getByTestId("covered"), name).toContainText("so it is off");
      await button.click({ force: true });
      await button.press("Enter");
    });
    await expect(button, name).toHaveAttribute("data-cover", "clear");
    await expect(draft.getByTestId("covered")).toBeHidden();
  }
  await button.evaluate((element) => {
    if (element instanceof HTMLElement) element.click();
  });
  expect(world.auth0.phone.pushes(MAYA)).toEqual([]);

  await setSettings(panel, server.url, { holdSeconds: 30 });
  await button.click();
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  const phone = await desk.openPhone(MAYA);
  await decide(phone, "approve");
  await phone.close();
  await expect(approval).toHaveAttribute("data-state", "approved");
  await expect(approval.getByTestId("hold")).toHaveText(/^Sending in [12]?\d s$/);
  await expectEveryLook(page, panel, "held", info);
  await press(approval.getByTestId("stop-held"));
  await expect(approval).toHaveAttribute("data-state", "cancelled");
  await expect(approval.getByTestId("approval-ending")).toContainText("stopped it in the panel");
  expect(world.google.outbox).toEqual([]);
});
