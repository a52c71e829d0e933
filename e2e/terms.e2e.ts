/** The current terms of a thread: a table whose words are the mail's, with the way to each message; and answers that name no message. */
import { expect } from "@playwright/test";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";

import { panelOf } from "./src/browser.ts";
import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import {
  ask,
  connectGoogle,
  messageIds,
  openGmail,
  openPanel,
  openThread,
  signIn,
  threadNamed,
} from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";

test("the newest word on each term stands in a table, with its quote in Gmail and what it replaced", async ({
  world,
  desk,
}, info) => {
  test.setTimeout(60_000);
  const threadId = threadNamed(world, MAYA_MAIL, "letter of intent, Brandt");
  const [first = "", , last = ""] = messageIds(world, MAYA_MAIL, threadId);
  const page = await openGmail(desk.context, threadNamed(world, MAYA_MAIL, "working capital sch"));
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  const suggestion = panel.getByRole("button", { name: "What are the current terms?" });
  await expect(panel.getByTestId("suggestion").first()).toBeVisible();
  await expect(suggestion).toBeHidden();

  await page.goBack();
  await openThread(page, threadId);
  await suggestion.click();
  const card = panel.getByTestId("terms-card");
  await expect(card).toBeVisible();
  await expect(panel.getByTestId("stop")).toBeHidden();
  const term = (name: string) => card.locator(`[data-testid=term][data-name="${name}"]`);
  const paid = term("Paid at closing");
  await expect(paid.getByTestId("term-current")).toContainText("EUR 110 million");
  await expect(paid.getByTestId("term-current")).toContainText("Katrin Vogel, 17 Nov 2026");
  const replaced = paid.getByTestId("term-replaced");
  await expect(replaced.locator("del")).toHaveText(["EUR 112 million", "EUR 106 million"]);
  await expect(replaced.locator("del").first()).toHaveCSS("text-decoration-line", "line-through");
  await expect(term("Exclusivity").getByTestId("term-current")).toContainText("30 days");
  await expect(card.getByTestId("term").last()).toContainText("Can you tell us by Tuesday");
  await expect(panel.getByTestId("answer").last()).toContainText("rule-based");
  await card.evaluate((one) => one.scrollIntoView({ block: "start" }));
  await expectEveryLook(page, panel, "terms", info);

  await paid.getByTestId("term-current").locator("summary").click();
  await expect(paid.getByTestId("term-quote").first()).toContainText("We can do EUR 110 million");
  await replaced.last().locator("summary").click();
  await paid.evaluate((one) => one.scrollIntoView({ block: "center" }));
  await expectEveryLook(page, panel, "terms-quotes", info);
  const newest = page.locator(`[data-legacy-message-id="${last}"]`);
  await newest.evaluate((one) => one.ownerDocument.scrollingElement?.scrollTo(0, 0));
  await paid.getByTestId("cite").first().click();
  await expect(newest).toBeInViewport();
  // The oldest message is folded, and a folded one has no id in Gmail's page: it is opened by its address.
  const opened = desk.context.waitForEvent("page");
  await paid.getByTestId("cite").last().click();
  expect((await opened).url()).toContain(`#all/${first}`);
  await (await opened).close();

  const read = toolUse("read_email_thread", { thread_id: threadId });
  const offer = "They can do EUR 130 million at closing";
  const quoted = `Katrin wrote: “${offer}, and that is final” [msg:${last}].`;
  world.bedrock.setModel(scriptedModel([read, quoted, read, `${offer}.`, "NONE"]));
  expect(await ask(panel, "What did Katrin write?")).toContain("[not word for word in what was re");
  await ask(panel, "What can they do?");
  await expect(panel.getByTestId("note")).toHaveText("No message is cited for this.");
  await panel.getByTestId("note").scrollIntoViewIfNeeded();
  await expectEveryLook(page, panel, "terms-uncited", info);

  const before = await card.locator("summary").allInnerTexts();
  await page.reload();
  const again = (await panelOf(page)).getByTestId("terms-card").locator("summary");
  await expect(again).toHaveText(before);
});
