import { expect } from "@playwright/test";

import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { editDraftInGmail } from "./src/gmail-user.ts";
/** Several mails on one yes, a change of mind before the yes, more requests than a phone takes: the outbox is the judge of what was sent. */
import { press } from "./src/journey.ts";
import { askPhoneForReply, draftMails, fillPhone, ready } from "./src/steps.ts";

const another = (raw: string) => raw.replace("Second paper", "Another paper");
const TOM_MAIL = "tom.weller@northgate.example";

test("two drafts, one request: the phone names both, and both are delivered in the order of their cards", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  const [first, second] = await draftMails(panel, [
    { to: TOM_MAIL, subject: "Data room", text: "please open the data room for Helio." },
    { to: ANA_MAIL, subject: "Data room access", text: "the data room is open from Tuesday." },
  ]);
  await expect(panel.getByTestId("ask-once")).toContainText("Ask once for these 2 mails");
  await press(panel.getByTestId("ask-once-button"));

  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await expect(approval).toContainText("One request for 2 mails, in this order");
  await expect(approval.getByTestId("bundle-mail")).toHaveCount(2);
  const code = (await approval.getByTestId("approval-code").innerText()).trim();
  await expect(panel.getByTestId("ask-once")).toBeHidden();

  const phone = await desk.openPhone(MAYA);
  await expect(phone.getByTestId("push")).toHaveCount(1);
  for (const words of [code, TOM_MAIL, "Data room:", ANA_MAIL, "Data room access:"]) {
    await expect(phone.getByTestId("push")).toContainText(words);
  }
  expect(world.google.outbox).toEqual([]);
  await phone.getByTestId("approve").click();

  await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  await expect(approval.getByTestId("mail-outcome")).toHaveText(["Sent", "Sent"]);
  await expect(approval.getByTestId("open-sent")).toHaveCount(2);
  await expect(first ?? approval).toHaveAttribute("data-fate", "sent");
  await expect(second ?? approval).toHaveAttribute("data-fate", "sent");
  expect(world.auth0.phone.pushes(MAYA)).toHaveLength(1);
  expect(world.google.outbox).toMatchObject([
    { from: MAYA_MAIL, recipients: [TOM_MAIL] },
    { from: MAYA_MAIL, recipients: [ANA_MAIL] },
  ]);
});

test("a bundle whose second draft was changed in Gmail sends the first, says so of the second, and stops", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  await draftMails(panel, [
    { to: TOM_MAIL, subject: "First paper", text: "this is the first." },
    { to: ANA_MAIL, subject: "Second paper", text: "this is the second." },
    { to: ANA_MAIL, subject: "Third paper", text: "this is the third." },
  ]);
  await press(panel.getByTestId("ask-once-button"));
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await editDraftInGmail(world, MAYA_MAIL, another, "Second paper");
  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("approve").click();
  await expect(approval).toHaveAttribute("data-state", "drifted", { timeout: 20_000 });
  await expect(approval.getByTestId("mail-outcome")).toHaveText(["Sent", "Not sent", "Not tried"]);
  await expect(approval.getByTestId("approval-ending")).toContainText("1 of 3 mails sent");
  await expect(approval).toContainText("Changed in Gmail since you were asked: subject.");
  expect(world.google.outbox).toMatchObject([{ from: MAYA_MAIL, recipients: [TOM_MAIL] }]);
});

test("a draft is changed while the phone is asked: the late yes sends nothing, the new request sends the new text", async ({
  world,
  desk,
}) => {
  const here = await ready(world, desk);
  const { panel, draft, approval, code } = await askPhoneForReply(world, desk, here);
  await draft.getByTestId("edit-draft").click();
  await expect(draft.getByTestId("edit-notice")).toHaveText(
    "Changing it withdraws the request on your phone.",
  );
  await draft.getByTestId("edit-text").fill("Hi Ana, the peg is agreed.");
  await draft.getByTestId("save-draft").click();
  await expect(approval).toHaveAttribute("data-state", "cancelled");
  await expect(approval.getByTestId("approval-ending")).toContainText("You changed the draft");
  await expect(approval.getByTestId("ask-again")).toBeHidden();
  await expect(draft.getByTestId("body")).toHaveText("Hi Ana, the peg is agreed.");

  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("push").filter({ hasText: code }).getByTestId("approve").click();
  await expect(phone.getByTestId("past-push")).toHaveAttribute("data-state", "approved");

  await press(draft.getByTestId("ask-phone"));
  const second = panel.getByTestId("approval-card").last();
  await expect(second).toHaveAttribute("data-state", "waiting");
  const secondCode = (await second.getByTestId("approval-code").innerText()).trim();
  expect(secondCode).not.toBe(code);
  const push = phone.getByTestId("push").filter({ hasText: secondCode });
  await expect(push).toContainText("the peg is agreed");
  expect(world.google.outbox).toEqual([]);
  await push.getByTestId("approve").click();
  await expect(second).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  const first = panel.getByTestId("approval-card").first();
  await expect(first).toHaveAttribute("data-state", "cancelled");
  expect(world.google.outbox).toHaveLength(1);
  const arrived = world.google.mailbox(ANA_MAIL).threads()[0];
  const [message] = world.google
    .mailbox(ANA_MAIL)
    .thread(arrived?.threadId ?? "")
    .slice(-1);
  expect(JSON.stringify(message)).toContain("the peg is agreed");
});

test("the sixth request in a minute waits for a slot, says until when, and can be withdrawn", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  const [draft] = await draftMails(panel, [
    { to: ANA_MAIL, subject: "Peg", text: "the peg is agreed." },
  ]);
  if (draft === undefined) throw new Error("one mail was drafted");
  const { approval, rang } = await fillPhone(panel, draft);
  expect(rang).toBe(5);
  await expect(approval).toHaveAttribute("data-state", "proposed");
  await expect(approval.getByTestId("approval-state")).toHaveText("Waiting for a slot");
  await expect(approval.getByTestId("slot")).toHaveText(
    /^Waiting for a slot: your phone takes five requests a minute\. It will be asked at \d\d:\d\d:\d\d\.$/,
  );
  const left = approval.getByTestId("time-left");
  await expect(left).toHaveText(/^0:[0-5]\d$/);
  const before = await left.innerText();
  await expect(left).not.toHaveText(before);
  await expect(panel.getByTestId("waiting-bar")).toContainText("1");

  await press(approval.getByTestId("cancel-request"));
  await expect(approval).toHaveAttribute("data-state", "cancelled");
  await expect(panel.getByTestId("waiting-bar")).toBeHidden();
  expect(world.auth0.phone.pushes(MAYA)).toHaveLength(5);
  expect(world.google.outbox).toEqual([]);
});
