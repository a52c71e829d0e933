/** More states of the conversation in every look: no thread, streaming, stopped, warned, covered, sent, offline. */
import { expect } from "@playwright/test";

import { MAYA, test } from "./src/fixture.ts";
import {
  connectGoogle,
  decide,
  openGmail,
  openPanel,
  openThread,
  signIn,
  threadNamed,
  press,
} from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { draftMails } from "./src/steps.ts";

const LONG = Array.from(
  { length: 600 },
  (_, at) => `${at + 1}. The board agreed to point **${at + 1}** of the list.`,
);

test("the conversation's states are accessible in every look", async ({
  world,
  server,
  desk,
}, info) => {
  test.setTimeout(120_000);
  const page = await openGmail(desk.context);
  const panel = await openPanel(desk.context, page);
  const seen = (state: string) => expectEveryLook(page, panel, state, info);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  await panel.locator("[data-testid=empty][data-state=no-thread]").waitFor();
  await seen("no-thread");

  await openThread(page, threadNamed(world, "maya@northgate.example", "NDA markup"));
  await panel.locator("[data-testid=empty][data-state=thread]").waitFor();
  const [draft] = await draftMails(panel, [
    {
      to: "ana.ruiz@helio-capita1.example",
      subject: "Bank details",
      text: "please use the account that we agreed.",
    },
  ]);
  if (draft === undefined) throw new Error("one mail was drafted");
  await expect(draft.getByTestId("warnings").first()).toContainText("helio-capita1.example");
  await draft.evaluate((one) => one.scrollIntoView({ block: "start" }));
  await seen("draft-warned");
  await press(draft.getByTestId("ask-phone"));
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  await expect(approval.getByTestId("warnings").first()).toContainText("helio-capita1.example");
  await seen("waiting-warned");
  await approval.getByTestId("cancel-request").scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('[aria-label="VaultDesk"] { opacity: 0.97 !important }');
    document.adoptedStyleSheets.push(sheet);
  });
  await expect(approval.getByTestId("covered")).toBeVisible();
  await approval.getByTestId("covered").scrollIntoViewIfNeeded();
  await seen("covered");
  await page.evaluate(() => document.adoptedStyleSheets.pop());
  const phone = await desk.openPhone(MAYA);
  await decide(phone, "approve");
  await phone.close();
  await expect(approval).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
  await seen("sent");

  world.bedrock.setModel(() => [{ text: LONG.join("\n") }]);
  await panel.getByTestId("ask").fill("List every point");
  await panel.getByTestId("send-question").click();
  await expect(panel.getByTestId("answer").last()).toContainText("point 9 ");
  await seen("streaming");
  await panel.getByTestId("stop").click();
  await expect(panel.getByText("You stopped this answer.")).toBeVisible();
  await seen("stopped");

  await server.kill();
  await panel.getByTestId("offline").waitFor({ timeout: 20_000 });
  await seen("offline");
});
