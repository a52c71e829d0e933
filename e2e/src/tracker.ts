/** A deal room's tracker in the panels of three people: what is proposed to one, confirmed by them, and disputed by another. */
import { expect, type Frame, type Locator, type TestInfo } from "@playwright/test";
import { demoModel } from "@vaultdesk/standins/bedrock/demo-model.ts";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import { falconCast } from "../../demo/people.ts";
import { ANA_MAIL, MAYA_MAIL } from "./fixture.ts";
import { ask, messageIds, press } from "./journey.ts";
import { expectEveryLook } from "./looks.ts";
import type { Ready } from "./steps.ts";

const SENT = "attached is our form of NDA for Project Falcon";
const SIGNED = "Tom has signed the NDA this morning";

/** The next letter of the NDA thread, in Maya's mailbox alone. */
export async function signedToMaya(world: World): Promise<void> {
  const { people } = await falconCast();
  const letters = people[0].mail.map(({ raw }) => Buffer.from(raw).toString("latin1"));
  const last = letters.findLast((one) => one.includes("Subject: Re: Project Falcon: NDA markup"));
  const before = /^Message-ID: *(<[^>]+>)/im.exec(last ?? "")?.[1] ?? "";
  const letter = [
    "Message-ID: <signed@helio-capital.example>",
    `In-Reply-To: ${before}`,
    `References: ${before}`,
    "Date: Mon, 23 Nov 2026 09:30:00 +0100",
    `From: Ana Ruiz <${ANA_MAIL}>`,
    `To: Maya <${MAYA_MAIL}>`,
    "Subject: Re: Project Falcon: NDA markup",
    "",
    `Hi Maya,\r\n\r\n${SIGNED}, it is with Grace.\r\n\r\nBest,\r\nAna`,
    "",
  ].join("\r\n");
  await world.google.importMail(MAYA_MAIL, [{ raw: Buffer.from(letter) }]);
}

const step = (board: Locator, milestone: string) => board.locator(`[data-milestone=${milestone}]`);
const boardOf = (panel: Frame) => panel.getByTestId("party");

export async function openBoard(panel: Frame): Promise<Locator> {
  await panel.getByTestId("room-chip").click();
  await panel.getByTestId("tab-tracker").click();
  return boardOf(panel);
}

/** The assistant finds two milestones; Maya reads their words and stands for both. */
export async function proposedAndConfirmed(
  world: World,
  { page, panel, threadId }: Ready,
  info: TestInfo,
): Promise<void> {
  const ids = messageIds(world, MAYA_MAIL, threadId);
  const note = (milestone: string, id: string | undefined, quote: string) =>
    toolUse("note_milestone", { thread_id: threadId, message_id: id, milestone, quote });
  world.bedrock.setModel(
    scriptedModel([
      toolUse("read_email_thread", { thread_id: threadId }),
      note("nda_sent", ids[0], SENT),
      note("nda_signed", ids.at(-1), SIGNED),
      `Two milestones are proposed for the tracker [msg:${ids.at(-1)}].`,
    ]),
  );
  await ask(panel, "Where does Helio stand?");
  world.bedrock.setModel(demoModel);
  await expectEveryLook(page, panel, "milestones-proposed", info);
  await panel.getByTestId("step-board").click();
  const board = boardOf(panel);
  for (const milestone of ["nda_sent", "nda_signed"]) {
    await expect(step(board, milestone)).toHaveAttribute("data-state", "proposed");
  }
  await expect(panel.getByTestId("tracker-waiting")).toContainText("2 proposed milestones wait");
  await step(board, "nda_signed").getByTestId("track-step").click();
  await expect(board.getByTestId("entry-words")).toContainText(SIGNED);
  await expectEveryLook(page, panel, "tracker-proposed", info);
  await press(board.getByTestId("entry-confirm"));
  await expect(step(board, "nda_signed")).toHaveAttribute("data-state", "confirmed");
  await expect(board).toHaveAttribute("data-nda", "signed");
  await step(board, "nda_sent").getByTestId("track-step").click();
  await press(board.getByTestId("entry-confirm"));
  await expect(step(board, "nda_sent")).toHaveAttribute("data-solid", "true");
  await panel.getByTestId("back").click();
  await panel.getByTestId("back").click();
}

/** A colleague sees both; the words of the one whose mail they have, and not of the other, which they date differently, and then alike. */
export async function seenAndDisputed(
  { page, panel }: Pick<Ready, "page" | "panel">,
  info: TestInfo,
): Promise<void> {
  const board = await openBoard(panel);
  await step(board, "nda_sent").getByTestId("track-step").click();
  await expect(board.getByTestId("entry-words")).toContainText(SENT);
  await step(board, "nda_signed").getByTestId("track-step").click();
  await expect(board.getByTestId("entry-no-words")).toHaveAttribute("data-code", "mail_not_here");
  await board.getByTestId("note").click();
  await board.getByTestId("note-day").fill("2026-11-24");
  await board.getByTestId("note-go").click();
  await expect(step(board, "nda_signed")).toHaveAttribute("data-state", "conflict");
  await expect(board.getByTestId("entry")).toHaveCount(2);
  await expect(board).toHaveAttribute("data-nda", "sent");
  expect(await panel.locator("body").innerText()).not.toContain(SIGNED);
  await expectEveryLook(page, panel, "tracker-disputed", info);
  const own = board.getByTestId("entry").last();
  await own.getByTestId("entry-correct").click();
  await own.getByTestId("note-day").fill("2026-11-23");
  await own.getByTestId("note-go").click();
  await expect(step(board, "nda_signed")).toHaveAttribute("data-state", "confirmed");
  await expect(board.getByTestId("entry").last()).toHaveAttribute("data-state", "withdrawn");
  const saved = page.waitForEvent("download");
  await panel.getByTestId("tracker-save").click();
  expect((await saved).suggestedFilename()).toMatch(/^vaultdesk-tracker-.*\.csv$/);
  await panel.getByTestId("back").click();
  await panel.getByTestId("back").click();
}
