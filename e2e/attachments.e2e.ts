/** Mails found and listed, and a file of the open thread, read in the panel. */
import { expect } from "@playwright/test";
import { demoModel } from "@vaultdesk/standins/bedrock/demo-model.ts";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";

import { MAYA_MAIL, test } from "./src/fixture.ts";
import { ask, openGmail, openPanel, threadNamed } from "./src/journey.ts";
import { ready } from "./src/steps.ts";

const LOCKED = [
  "From: Ana Ruiz <ana.ruiz@helio-capital.example>",
  `To: Maya Field <${MAYA_MAIL}>`,
  "Subject: Old model",
  "Message-ID: <old-model@helio-capital.example>",
  "Date: Mon, 23 Nov 2026 09:00:00 +0000",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain",
  "",
  "The old model is attached.",
  "--b",
  'Content-Type: application/vnd.ms-excel; name="model.xls"',
  'Content-Disposition: attachment; filename="model.xls"',
  "Content-Transfer-Encoding: base64",
  "",
  "0M8R4KGxGuEAAAAAAAAAAA==",
  "--b--",
  "",
].join("\r\n");

test.use({ settings: { mail: [{ raw: Buffer.from(LOCKED), labels: ["INBOX"] }] } });

test("mails are found and listed; the attached NDA is listed, and read with its page; a file that can't be read is refused in words", async ({
  world,
  desk,
}) => {
  const { panel, threadId } = await ready(world, desk);
  const last = panel.getByTestId("step").last();
  expect(await ask(panel, "Find mails from Ana about the NDA")).toContain("Ana Ruiz");
  await expect(last).toContainText(/Found \d+ messages?/);
  expect(await ask(panel, "Show my latest 3 mails")).toContain("Old model");
  await expect(last).toContainText(/Found \d+ messages, read 3 of them/);

  const filed = world.google
    .mailbox(MAYA_MAIL)
    .thread(threadId)
    .find(({ attachments }) => attachments.length > 0);
  const listing = toolUse("list_attachments", { message_id: filed?.id ?? "" });
  const reading = toolUse("read_email_thread", { thread_id: threadId });
  world.bedrock.setModel(scriptedModel([reading, listing, "That is all of them."]));
  expect(await ask(panel, "Which files are attached?")).toBe("That is all of them.");
  await expect(last).toContainText(/Found \d+ attachments?/);
  await last.locator("summary").click();
  await expect(last).toContainText(/Project Falcon - NDA.* · \d+ kB/);
  world.bedrock.setModel(demoModel);

  const said = await ask(panel, "What is in the attached NDA?");
  expect(said).toContain("Project Falcon - NDA");
  expect(said).toContain("[page 1]");
  expect(said).toContain("Confidentiality undertaking");
  await expect(panel.getByTestId("step").last()).toContainText("Read Project Falcon - NDA");

  const other = await openGmail(desk.context, threadNamed(world, MAYA_MAIL, "Old model"));
  const beside = await openPanel(desk.context, other);
  await beside.getByTestId("ask").waitFor();
  expect(await ask(beside, "Read the attachment")).toContain("an Office format from before 2007");
});
