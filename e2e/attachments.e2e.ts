/** A file of the open thread, read in the panel. */
import { expect } from "@playwright/test";

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

test("the attached NDA is read with its page, and a file that can't be read is refused in words", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
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
