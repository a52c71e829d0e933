/** What the engine of approvals shows to a person: one request for several mails, a slot to wait for, a draft changed while asked. */
import { expect, type Frame } from "@playwright/test";

import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { editDraftInGmail } from "./src/gmail-user.ts";
import { ask } from "./src/journey.ts";
import { askPhoneForReply, ready } from "./src/steps.ts";

/** Drafts of new mails to Ana, by asking for each. */
async function drafts(panel: Frame, ...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await ask(panel, `write to ${ANA_MAIL}: subject ${text}: this is mail ${index + 1}`);
    await expect(panel.getByTestId("draft-card")).toHaveCount(index + 1);
  }
}

test("two drafts on one request: both named on the phone, sent in order, each outcome shown", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  await drafts(panel, "First paper", "Second paper");
  await panel.getByTestId("ask-once").click();
  const approval = panel.getByTestId("approval-card");
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await expect(approval).toHaveCount(1);
  await expect(approval.getByTestId("bundle-mail")).toHaveCount(2);

  const phone = await desk.openPhone(MAYA);
  const push = phone.getByTestId("push");
  await expect(push).toHaveCount(1);
  await expect(push).toContainText("these 2 mails");
  await expect(push).toContainText("First paper");
  await expect(push).toContainText("Second paper");
  expect(world.google.outbox).toEqual([]);
  await phone.getByTestId("approve").click();
  await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  await expect(approval.getByTestId("bundle-outcome")).toHaveText(["Sent", "Sent"]);
  const subjects = world.google.outbox.map(
    (entry) => entry.kind === "mail" && /^Subject: (.*)$/m.exec(String(entry.raw))?.[1]?.trim(),
  );
  expect(subjects).toEqual(["First paper", "Second paper"]);
});

test("a bundle whose second draft was changed in Gmail sends the first and says so of the second", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  await drafts(panel, "First paper", "Second paper");
  await panel.getByTestId("ask-once").click();
  const approval = panel.getByTestId("approval-card");
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await editDraftInGmail(world, MAYA_MAIL, (raw) => raw.replace("Second paper", "Another paper"));
  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("approve").click();
  await expect(approval).toHaveAttribute("data-state", "drifted", { timeout: 20_000 });
  await expect(approval.getByTestId("bundle-outcome")).toHaveText(["Sent", "Not sent: changed"]);
  await expect(approval.getByTestId("approval-ending")).toContainText("1 of 2 mails sent");
  expect(world.google.outbox).toHaveLength(1);
});

test("a draft changed while its request waits: the late yes is worth nothing, the new request sends the new words", async ({
  world,
  desk,
}) => {
  const here = await ready(world, desk);
  const { panel, draft, approval } = await askPhoneForReply(world, desk, here);
  const [old] = world.auth0.phone.pushes(MAYA);
  await draft.getByTestId("edit-draft").click();
  await expect(draft.getByTestId("withdraws")).toBeVisible();
  await draft.getByTestId("edit-text").fill("Other words, and only these.");
  await draft.getByTestId("save-draft").click();
  await expect(approval).toHaveAttribute("data-state", "cancelled");
  await expect(approval.getByTestId("approval-ending")).toContainText("You changed the draft");
  world.auth0.phone.approve(old?.id ?? "");

  await draft.getByTestId("ask-phone").click();
  const renewed = panel.getByTestId("approval-card").last();
  await expect(renewed).toHaveAttribute("data-state", "waiting");
  expect(world.google.outbox).toEqual([]);
  const push = world.auth0.phone.pushes(MAYA).find((one) => one.state === "pending");
  world.auth0.phone.approve(push?.id ?? "");
  await expect(renewed).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  expect(world.google.outbox).toHaveLength(1);
  const [mail] = world.google.outbox;
  expect(mail?.kind === "mail" && String(mail.raw)).toContain("Other words, and only these.");
});

test("a sixth request in a minute waits for a slot, says so, and can be withdrawn", async ({
  world,
  desk,
}) => {
  const here = await ready(world, desk);
  const { panel, draft } = await askPhoneForReply(world, desk, here);
  const last = panel.getByTestId("approval-card").last();
  for (let asked = 1; asked < 6; asked += 1) {
    await last.getByTestId("cancel-request").click();
    await expect(last).toHaveAttribute("data-state", "cancelled");
    await draft.getByTestId("ask-phone").click();
    await expect(last).toHaveAttribute("data-state", asked < 5 ? "waiting" : "proposed");
  }
  await expect(last.getByTestId("approval-state")).toHaveText("Waiting for a slot");
  await expect(last).toContainText("five requests a minute");
  expect(world.auth0.phone.pushes(MAYA)).toHaveLength(5);
  await last.getByTestId("cancel-request").click();
  await expect(last).toHaveAttribute("data-state", "cancelled");
});
