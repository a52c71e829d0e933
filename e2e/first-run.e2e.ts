/** The first run: sign in, connect, enrol a phone with the code from the panel, and a mail to oneself that only the phone lets go. */
import { expect } from "@playwright/test";

import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { connectGoogle, decide, openGmail, openPanel, signIn } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";

test.use({ settings: { phone: "none" } });

test("ends in a mail to oneself, approved on the phone that was just enrolled, and is not shown again", async ({
  world,
  desk,
}, info) => {
  test.setTimeout(90_000);
  const page = await openGmail(desk.context);
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel, { until: "first-run" });
  await panel.getByTestId("enrol").click();
  const code = panel.getByTestId("enrol-code");
  await expect(code).toBeVisible();
  await expect(panel.getByRole("img", { name: "QR code" })).toBeVisible();
  await expectEveryLook(page, panel, "first-run", info);

  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("scan-code").fill("0000");
  await phone.getByTestId("scan").click();
  await expect(panel.getByTestId("try-it")).toHaveCount(0);
  await phone.getByTestId("scan-code").fill(await code.innerText());
  await phone.getByTestId("scan").click();
  await expect(panel.getByTestId("try-it")).toContainText(MAYA_MAIL);
  await panel.getByTestId("try").click();
  const card = panel.getByTestId("approval-card");
  await expect(card).toHaveAttribute("data-state", "waiting");
  await decide(phone, "approve");
  await phone.close();
  await expect(card).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  expect(world.google.outbox).toHaveLength(1);
  const arrived = world.google.mailbox(MAYA_MAIL).threads();
  expect(arrived.some(({ subject }) => subject === "VaultDesk works")).toBe(true);

  await page.reload();
  const again = await openPanel(desk.context, page);
  await expect(again.getByTestId("ask")).toBeVisible();
  await expect(again.getByTestId("first-run")).toHaveCount(0);
});
