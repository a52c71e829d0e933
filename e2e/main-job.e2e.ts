/** The main job through the built extension in a real Chromium: the Google stand-in's outbox is the judge of what was sent. */
import { expect } from "@playwright/test";

import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { ask, messageIds, openPanel } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { askPhoneForReply, ready, readyByHand } from "./src/steps.ts";

for (const dark of [false, true]) {
  test.describe(dark ? "dark" : "light", () => {
    test.use({ settings: { dark } });

    test("from signed out to delivered", async ({ world, desk }) => {
      const here = await readyByHand(world, desk);
      const summary = await ask(here.panel, "Summarise this thread");
      const ids = messageIds(world, MAYA_MAIL, here.threadId);
      expect(summary).toContain("Ana Ruiz");
      expect(summary).toContain(String(ids.length));
      await expect(here.panel.getByTestId("step").first()).toContainText("Read");

      const { panel, draft, approval, code } = await askPhoneForReply(world, desk, here);
      await expect(draft).toContainText("Ana Ruiz");
      expect(world.google.outbox).toEqual([]);

      const phone = await desk.openPhone(MAYA);
      await expect(phone.getByTestId("push")).toContainText(code);
      await expect(phone.getByTestId("push")).toContainText(ANA_MAIL);
      await phone.getByTestId("approve").click();
      await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
      await expect(approval.getByTestId("approval-ending")).toContainText("Sent");

      expect(world.google.outbox).toHaveLength(1);
      expect(world.google.outbox[0]).toMatchObject({
        kind: "mail",
        from: MAYA_MAIL,
        recipients: [ANA_MAIL],
        threadId: here.threadId,
      });
      const arrived = world.google.mailbox(ANA_MAIL).threads()[0];
      expect(arrived?.subject).toContain("NDA markup");
      await expect(panel.getByTestId("waiting-bar")).toBeHidden();
    });
  });
}

test("a denial sends nothing and is called a denial", async ({ world, desk }) => {
  const here = await ready(world, desk);
  const { approval } = await askPhoneForReply(world, desk, here);
  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("deny").click();
  await expect(approval).toHaveAttribute("data-state", "denied", { timeout: 20_000 });
  await expect(approval.getByTestId("approval-ending")).toContainText("You denied it");
  expect(world.google.outbox).toEqual([]);
});

test.describe("without an answer", () => {
  test.use({ settings: { approvalSeconds: 6 } });

  test("the approval expires, nothing is sent, and silence is not called a denial", async ({
    world,
    desk,
  }, info) => {
    const here = await ready(world, desk);
    const { panel, approval } = await askPhoneForReply(world, desk, here);
    await expect(approval).toHaveAttribute("data-state", "expired", { timeout: 20_000 });
    await expectEveryLook(here.page, panel, "expired", info);
    await expect(approval.getByTestId("approval-ending")).toContainText("not answered in time");
    expect(world.google.outbox).toEqual([]);
  });
});

test("a panel that is closed while it waits shows the same approval when it is opened again", async ({
  world,
  desk,
}) => {
  const here = await ready(world, desk);
  const { panel, code } = await askPhoneForReply(world, desk, here);
  await panel.getByTestId("close").click();
  await expect.poll(() => here.page.frames().length).toBe(1);
  await here.page.reload();
  const again = await openPanel(desk.context, here.page);
  const approval = again.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting", { timeout: 20_000 });
  await expect(approval.getByTestId("approval-code")).toHaveText(code);

  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("approve").click();
  await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  expect(world.google.outbox).toHaveLength(1);
});
