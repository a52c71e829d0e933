/** Compose: a template filled from the open thread becomes a draft and a request to the phone; one's own templates beside the five. */
import { expect } from "@playwright/test";

import { ANA_MAIL, MAYA, test } from "./src/fixture.ts";
import { decide, press } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { menu, ready } from "./src/steps.ts";

test("a template is filled, seen, saved as a draft, and sent after the phone said yes", async ({
  world,
  desk,
}, info) => {
  test.setTimeout(90_000);
  const { page, panel } = await ready(world, desk);
  const dialog = panel.getByTestId("compose");
  const template = (name: string) => dialog.getByTestId("template").filter({ hasText: name });

  await menu(panel, "compose");
  await expect(template("NDA Acknowledgement")).toBeVisible();
  await expectEveryLook(page, panel, "compose", info);

  await template("NDA Acknowledgement").click();
  await expect(dialog.getByTestId("compose-to")).toHaveValue(new RegExp(ANA_MAIL));
  const preview = dialog.getByTestId("compose-preview");
  await expect(preview).toContainText("Hi Ana,");
  await expect(preview).toContainText("received on");
  await dialog.getByTestId("compose-save").click();
  await expect(dialog).toContainText("Fill in day. Nothing was saved.");
  await expectEveryLook(page, panel, "compose-write", info);

  // What was typed stays while another thread is looked at.
  await dialog.getByTestId("compose-field").fill("Friday");
  await panel.locator("body").press("Escape");
  await expect(dialog).toBeHidden();
  await menu(panel, "compose");
  await expect(preview).toContainText("by Friday");
  await dialog.getByTestId("compose-save").click();
  await expect(dialog).toBeHidden();

  const draft = panel.getByTestId("draft-card").last();
  await expect(draft.getByTestId("body")).toContainText("by Friday. Until it is signed");
  await press(draft.getByTestId("ask-phone"));
  await panel.locator("[data-testid=approval-card][data-state=waiting]").waitFor();
  const phone = await desk.openPhone(MAYA);
  await decide(phone, "approve");
  await phone.close();
  await panel
    .locator("[data-testid=approval-card][data-state=executed]")
    .waitFor({ timeout: 20_000 });
  expect(world.google.outbox).toHaveLength(1);

  await menu(panel, "compose");
  await dialog.getByTestId("template-new").click();
  await dialog.getByTestId("own-save").click();
  await expect(dialog).toContainText("Give the template a name.");
  await dialog.getByTestId("own-title").fill("Data room open");
  await dialog.getByTestId("own-subject").fill("Data room: {{project}}");
  await dialog.getByTestId("own-body").fill("Hi {{first name}},\n\nthe data room is open.");
  await expectEveryLook(page, panel, "compose-own", info);
  await dialog.getByTestId("own-save").click();
  const own = dialog.getByTestId("own-template");
  await expect(own).toHaveText("Data room open");
  await own.getByTestId("template-edit").click();
  await dialog.getByTestId("own-title").fill("Data room");
  await dialog.getByTestId("own-save").click();
  await expect(own).toHaveText("Data room");
  await own.getByTestId("template").click();
  await expect(preview).toContainText("the data room is open.");
  await dialog.getByRole("button", { name: "Back" }).click();
  await own.getByTestId("template-delete").click();
  await panel.getByTestId("template-delete-for-good").click();
  await expect(own).toHaveCount(0);
});
