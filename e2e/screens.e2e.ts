/** Every state on the way, looked at by axe in light and dark at 360 and 480 px, and kept as a picture beside the report. */
import type { Frame, Page } from "@playwright/test";

import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { editDraftInGmail } from "./src/gmail-user.ts";
import {
  connectGoogle,
  decide,
  messageIds,
  draftReplyByMenu,
  openGmail,
  openPanel,
  signIn,
  threadNamed,
  press,
} from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { draftMails, fillPhone } from "./src/steps.ts";

const MAILS = [
  { to: ANA_MAIL, subject: "Signing on Tuesday", text: "we sign on Tuesday at ten." },
  { to: "kim@caterer.example", subject: "Tuesday", text: "we need dinner for eight on Tuesday." },
  { to: "desk@tower.example", subject: "Guests", text: "eight guests come on Tuesday at ten." },
];

const breakfast = (raw: string) => raw.replace("dinner", "breakfast");

test("each state is accessible in every look", async ({ world, desk }, info) => {
  test.setTimeout(120_000);
  const seen = (page: Page, panel: Frame, state: string) =>
    expectEveryLook(page, panel, state, info);
  const threadId = threadNamed(world, MAYA_MAIL, "NDA markup");
  const page = await openGmail(desk.context, threadId);
  const panel = await openPanel(desk.context, page);
  await panel.getByTestId("signin").waitFor();
  await seen(page, panel, "signed-out");
  await signIn(desk.context, panel, MAYA);
  await panel.getByTestId("connect").waitFor();
  await seen(page, panel, "not-connected");
  await connectGoogle(desk.context, panel, { untick: /draft|compose|send/i });
  await panel.getByTestId("missing-scopes").waitFor();
  await seen(page, panel, "scopes-missing");
  await panel.getByTestId("scopes").click();
  await panel.getByTestId("permissions").waitFor();
  await seen(page, panel, "permissions");
  await connectGoogle(desk.context, panel, { button: "grant", until: "permissions" });
  await panel
    .locator("[data-testid=scope][data-granted=false]")
    .first()
    .waitFor({ state: "hidden" });
  await panel.getByTestId("back").click();
  await seen(page, panel, "empty");

  world.bedrock.faults.next("slow");
  await panel.getByTestId("ask").fill("Summarise this thread");
  await panel.getByTestId("send-question").click();
  await panel.getByTestId("thinking").waitFor();
  await seen(page, panel, "thinking");
  await panel.getByTestId("stop").waitFor({ state: "hidden" });
  await panel.getByTestId("step").first().locator("summary").click();
  await seen(page, panel, "answer");

  await draftReplyByMenu(desk.context, page, messageIds(world, MAYA_MAIL, threadId).at(-1) ?? "");
  const draft = panel.getByTestId("draft-card").last();
  await draft.waitFor();
  await panel.getByTestId("stop").waitFor({ state: "hidden" });
  await seen(page, panel, "draft");
  await draft.getByTestId("edit-draft").click();
  await panel.getByTestId("edit-subject").waitFor();
  await seen(page, panel, "draft-edited");
  await panel.getByTestId("edit-subject").fill("Re: NDA, two points");
  await panel.getByTestId("save-draft").click();
  await press(draft.getByTestId("ask-phone"));
  await panel.locator("[data-testid=approval-card][data-state=waiting]").waitFor();
  await seen(page, panel, "waiting");
  const phone = await desk.openPhone(MAYA);
  await decide(phone, "deny");
  await phone.close();
  await panel.locator("[data-testid=approval-card][data-state=denied]").waitFor();
  await seen(page, panel, "denied");

  const [, , third] = await draftMails(panel, MAILS);
  await panel.getByTestId("ask-once").scrollIntoViewIfNeeded();
  await seen(page, panel, "ask-once");
  await press(panel.getByTestId("ask-once-button"));
  const bundle = panel.getByTestId("approval-card").last();
  await bundle.and(panel.locator("[data-state=waiting]")).waitFor();
  await seen(page, panel, "bundle-waiting");
  await bundle.getByTestId("cancel-request").scrollIntoViewIfNeeded();
  await seen(page, panel, "bundle-waiting-end");
  await panel.getByTestId("draft-card").last().getByTestId("edit-draft").click();
  await panel.getByTestId("edit-notice").scrollIntoViewIfNeeded();
  await seen(page, panel, "edit-while-waiting");
  await panel.getByTestId("draft-card").last().getByText("Drop changes").click();
  await editDraftInGmail(world, MAYA_MAIL, breakfast, "dinner");
  const again = await desk.openPhone(MAYA);
  await again.screenshot({ path: info.outputPath("bundle-phone.png") });
  await decide(again, "approve");
  await again.close();
  await bundle.and(panel.locator("[data-state=drifted]")).waitFor({ timeout: 20_000 });
  await bundle.evaluate((card) => card.scrollIntoView({ block: "start" }));
  await seen(page, panel, "bundle-stopped");

  const propose = async (text: string, state: string) => {
    const count = await panel.getByTestId("approval-card").count();
    await panel.getByTestId("ask").fill(text);
    await panel.getByTestId("send-question").click();
    const card = panel.getByTestId("approval-card").nth(count);
    await card.and(panel.locator("[data-state=waiting]")).waitFor({ timeout: 15_000 });
    await card.evaluate((one) => one.scrollIntoView({ block: "start" }));
    await seen(page, panel, state);
    return card;
  };
  const event = await propose(
    `Schedule a call with ${ANA_MAIL} tomorrow at 1 about the closing with a Meet link`,
    "event-waiting",
  );
  const calendarPhone = await desk.openPhone(MAYA);
  await calendarPhone.screenshot({ path: info.outputPath("event-phone.png") });
  await decide(calendarPhone, "approve");
  await calendarPhone.close();
  await event.and(panel.locator("[data-state=executed]")).waitFor({ timeout: 20_000 });
  await panel.getByTestId("stop").waitFor({ state: "hidden" });
  await event.evaluate((one) => one.scrollIntoView({ block: "start" }));
  await seen(page, panel, "event-done");
  const filing = await propose("Archive all mails from Ana Ruiz", "filing-waiting");
  await press(filing.getByTestId("cancel-request"));
  await filing.and(panel.locator("[data-state=cancelled]")).waitFor();
  await panel.getByTestId("stop").waitFor({ state: "hidden" });

  if (third === undefined) throw new Error("three mails were drafted");
  const { approval: queued } = await fillPhone(panel, third);
  await queued.scrollIntoViewIfNeeded();
  await seen(page, panel, "slot");
  await press(queued.getByTestId("cancel-request"));
  world.bedrock.faults.next("down", 3);
  await panel.getByTestId("ask").fill("What is still open here?");
  await panel.getByTestId("send-question").click();
  await panel.getByTestId("problem").last().waitFor({ timeout: 10_000 });
  await seen(page, panel, "failed");
});
