/** Drafts from the panel: the alias that the mail was sent to, its signature, the user's own greeting; and the switch that stops it. */
import { type Frame, expect } from "@playwright/test";

import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import {
  ask,
  connectGoogle,
  openGmail,
  openPanel,
  signIn,
  threadNamed,
  press,
} from "./src/journey.ts";
import { menu } from "./src/steps.ts";

const DEALS = "deals@northgate.example";
const ZOE = "zoe@lake.example";

function mail(from: string, to: string, date: string, subject: string, text: string, more = "") {
  const head = `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: ${date}\r\nMessage-ID: <${date.replaceAll(/[^0-9]/g, "")}@lake.example>\r\n${more}`;
  return { raw: Buffer.from(`${head}\r\n${text}\r\n`) };
}

test.use({
  settings: {
    aliases: [
      { email: DEALS, name: "Maya Field", signature: "<b>Maya Field</b><br>Northgate Deals" },
    ],
    mail: [
      mail(
        `Maya Field <${DEALS}>`,
        ZOE,
        "Mon, 2 Nov 2026 09:00:00 +0000",
        "Lake lunch",
        "Hey Zoe,\r\n\r\nlunch on Tuesday?\r\n\r\nCheers,\r\nM",
      ),
      mail(
        `Zoe Lake <${ZOE}>`,
        DEALS,
        "Tue, 3 Nov 2026 09:00:00 +0000",
        "Lake data room",
        "Can you send the index?",
        "Cc: tom@northgate.example\r\n",
      ),
    ],
  },
});

async function flip(panel: Frame, from: "true" | "false"): Promise<void> {
  await menu(panel, "settings");
  const voice = panel.getByTestId("setting-voice");
  await expect(voice).toHaveAttribute("aria-checked", from);
  await voice.click();
  await expect(voice).toHaveAttribute("aria-checked", from === "true" ? "false" : "true");
  await panel.getByTestId("back").click();
}

test("a draft is from the right address, in the user's voice, until that is turned off", async ({
  world,
  desk,
}) => {
  const page = await openGmail(desk.context, threadNamed(world, MAYA_MAIL, "Lake data room"));
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  const cards = panel.getByTestId("draft-card");
  const styles = panel.getByTestId("step").filter({ hasText: "for your style" });

  await ask(panel, "Reply to all saying that the index follows");
  const all = cards.nth(0);
  await expect(all.getByTestId("from")).toContainText(DEALS);
  await expect(all.getByTestId("recipients-to")).toContainText(ZOE);
  await expect(all.getByTestId("recipients-cc")).toContainText("tom@northgate.example");
  await expect(all.getByTestId("recipients-cc")).not.toContainText(DEALS);
  const body = all.getByTestId("body");
  await expect(body).toContainText(/^Hey all,/);
  await expect(body).toContainText("Cheers,\nM\n\n-- \nMaya Field\nNorthgate Deals");
  await expect(styles).toHaveCount(1);

  await ask(panel, "Forward this to kim@northgate.example saying please read it");
  const forward = cards.nth(1);
  await expect(forward.getByTestId("subject")).toHaveText("Fwd: Lake data room");
  await expect(forward.getByTestId("recipients-to")).toContainText("kim@northgate.example");
  await expect(forward.getByTestId("body")).toContainText("---------- Forwarded message ---------");
  await expect(styles).toHaveCount(2);

  await flip(panel, "true");
  await ask(panel, "Reply saying that the index follows");
  await expect(cards.nth(2).getByTestId("body")).toContainText(/^Hi Zoe,/);
  await expect(cards.nth(2).getByTestId("from")).toContainText(DEALS);
  await expect(styles).toHaveCount(2);
});

test("a draft is changed in place, typing by hand is not lost, and the phone is asked for the new text only", async ({
  world,
  desk,
}) => {
  const page = await openGmail(desk.context, threadNamed(world, MAYA_MAIL, "Lake data room"));
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  const cards = panel.getByTestId("draft-card");
  const body = cards.last().getByTestId("body");

  await ask(panel, "Reply saying that the index follows");
  await expect(body).toContainText("The index follows.");
  await press(cards.last().getByTestId("ask-phone"));
  const approvals = panel.getByTestId("approval-card");
  await expect(approvals).toHaveAttribute("data-state", "waiting");

  await ask(panel, "Add that we need it by Friday");
  await expect(approvals).toHaveAttribute("data-state", "cancelled");
  await expect(body).toContainText("The index follows. We need it by Friday.");
  await expect(cards).toHaveCount(1);
  expect(world.google.mailbox(MAYA_MAIL).drafts()).toHaveLength(1);

  await cards.last().getByTestId("edit-draft").click();
  const text = panel.getByTestId("edit-text");
  await text.fill("Hi Zoe,\n\nThe index is long. It follows on Monday.\n\nCheers,\nM");
  await panel.getByTestId("save-draft").click();
  await expect(body).toContainText("It follows on Monday.");
  await ask(panel, "Make it shorter");
  await expect(body).toContainText("The index is long.");
  await expect(body).not.toContainText("Monday");
  await expect(panel.getByTestId("step").last()).toContainText("The draft was changed in Gmail");
  expect(world.google.mailbox(MAYA_MAIL).drafts()).toHaveLength(1);
  expect(world.google.outbox).toEqual([]);
});
