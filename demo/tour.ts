/**
 * The main job without a person: sign in, connect, ask, search, draft by right-click, ask the phone, approve, delivered.
 * Writes a transcript and screenshots. Returns what the Google stand-in's outbox holds: that alone says what was sent.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Desk } from "@vaultdesk/e2e/browser.ts";
import {
  ask,
  connectGoogle,
  draftReplyByMenu,
  openGmail,
  openPanel,
  signIn,
  press,
} from "@vaultdesk/e2e/journey.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import type { PhoneAnswer } from "./options.ts";
import type { Plan } from "./plan.ts";

const ENDS: Readonly<Record<PhoneAnswer, string>> = {
  approve: "executed",
  deny: "denied",
  ignore: "expired",
};

export async function tour(
  world: World,
  desk: Desk,
  plan: Plan,
  sub: string,
  { output, answer }: { output: string; answer: PhoneAnswer },
): Promise<{ approvedSubject: string }> {
  await mkdir(output, { recursive: true });
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(line);
    process.stdout.write(`${line}\n`);
  };
  const { context } = desk;
  const page = await openGmail(context, plan.threadId);
  const picture = (name: string) => page.screenshot({ path: join(output, `${name}.png`) });
  say(`Opened "${plan.subject}" in the Gmail page.`);

  const panel = await openPanel(context, page);
  await panel.getByTestId("signin").waitFor();
  await picture("1-signed-out");
  await signIn(context, panel, sub);
  await panel.getByTestId("connect").waitFor();
  await picture("2-not-connected");
  await connectGoogle(context, panel);
  say("Signed in and connected Google.");

  const summary = await ask(panel, "Summarise this thread");
  await picture("3-summary");
  say(`\nSummarise this thread\n${indent(summary)}`);
  const found = await ask(panel, `Find mails from ${plan.sender}`);
  say(`\nFind mails from ${plan.sender}\n${indent(found)}`);
  const word = await ask(panel, `Search for ${plan.word}`);
  await picture("4-search");
  say(`\nSearch for ${plan.word}\n${indent(word)}`);

  await draftReplyByMenu(context, page, plan.messageId);
  const card = panel.getByTestId("draft-card").last();
  await card.waitFor({ timeout: 30_000 });
  await panel.getByTestId("stop").waitFor({ state: "hidden" });
  await picture("5-draft");
  say(`\nRight-click, Draft reply\n${indent(await card.innerText())}`);

  await press(card.getByTestId("ask-phone"));
  const approval = panel.getByTestId("approval-card").last();
  await approval.waitFor();
  const code = (await approval.getByTestId("approval-code").innerText()).trim();
  await picture("6-waiting");
  const phone = await desk.openPhone(sub);
  const push = phone.getByTestId("push").last();
  await push.waitFor();
  await phone.screenshot({ path: join(output, "7-phone.png") });
  const shown = await push.innerText();
  if (!shown.includes(code)) throw new Error("the phone shows another code than the panel");
  say(
    `\nThe panel and the phone show ${code}. Nothing is sent yet: ${world.google.outbox.length} in the outbox.`,
  );

  if (answer !== "ignore") await push.getByTestId(answer).click();
  await phone.close();
  const end = approval.and(panel.locator(`[data-state="${ENDS[answer]}"]`));
  await end.waitFor({ timeout: 30_000 });
  await picture(`8-${ENDS[answer]}`);
  const ending = (await approval.getByTestId("approval-ending").innerText()).trim();
  say(`The phone: ${answer}. The panel: ${ending}`);

  await writeFile(join(output, "transcript.txt"), `${lines.join("\n")}\n`);
  return { approvedSubject: await approval.getByTestId("subject").innerText() };
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
