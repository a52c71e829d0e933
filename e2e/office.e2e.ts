/** Calendar, labels, archive and bin from the panel: what the Google stand-in holds afterwards is the judge. */
import { expect, type Frame, type Locator } from "@playwright/test";
import type { World } from "@vaultdesk/standins/world.ts";

import type { Desk } from "./src/browser.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { createLabel, labelsOf, moveEvent } from "./src/gmail-user.ts";
import { ask, connectGoogle, decide, openGmail, openPanel, signIn, press } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { readyWithAll } from "./src/steps.ts";
import { awayFromMidnight, tomorrowAt } from "./src/tomorrow.ts";

const HOUR = 3_600_000;

test.beforeEach(awayFromMidnight);

/** Asks for a write without waiting for its end; gives the card back as soon as it waits. */
async function propose(panel: Frame, text: string): Promise<Locator> {
  const before = await panel.getByTestId("approval-card").count();
  await panel.getByTestId("ask").fill(text);
  await panel.getByTestId("send-question").click();
  const card = panel.getByTestId("approval-card").nth(before);
  await expect(card).toHaveAttribute("data-state", "waiting", { timeout: 15_000 });
  return card;
}

async function answer(desk: Desk, how: "approve" | "deny", words: readonly string[] = []) {
  const phone = await desk.openPhone(MAYA);
  const push = phone.getByTestId("push").last();
  await push.waitFor();
  for (const one of words) await expect(push).toContainText(one);
  await decide(phone, how);
  await phone.close();
}

async function done(desk: Desk, card: Locator, words: readonly string[] = []): Promise<void> {
  await answer(desk, "approve", words);
  await expect(card).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
}

async function undo(desk: Desk, panel: Frame, card: Locator): Promise<Locator> {
  const count = await panel.getByTestId("approval-card").count();
  await press(card.getByTestId("undo"));
  const back = panel.getByTestId("approval-card").nth(count);
  await expect(back).toHaveAttribute("data-state", "waiting");
  await done(desk, back);
  return back;
}

const titles = (world: World) => world.google.events(MAYA_MAIL).map(({ title }) => title);

test("a call is scheduled, seen, moved, and taken back, each by the phone", async ({
  world,
  desk,
}, info) => {
  const { page, panel } = await readyWithAll(world, desk);
  const card = await propose(
    panel,
    "Schedule a call with Ana Ruiz tomorrow at 1 about the closing with a Meet link",
  );
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
  const weekday = day.format(tomorrowAt(13));
  await expect(card.getByTestId("event-when")).toContainText(weekday);
  await expect(card.getByTestId("event-when")).toContainText("13:00 to 13:30 (UTC)");
  await expect(card.getByTestId("event-guests")).toContainText(ANA_MAIL);
  await expect(card.getByTestId("guests-mailed")).toHaveText("Google mails the guests.");
  expect(titles(world)).toEqual([]);
  await done(desk, card, ["the closing", weekday, "13:00 to 13:30 (UTC)", ANA_MAIL]);
  await expect(card.getByTestId("approval-ending")).toContainText("it is in your calendar");
  await expect(card.getByTestId("open-sent")).toHaveText("Open in Google Calendar");
  expect(world.google.events(MAYA_MAIL)).toMatchObject([
    { title: "the closing", start: tomorrowAt(13), guests: [ANA_MAIL] },
  ]);
  expect(world.google.outbox).toMatchObject([{ kind: "invite", recipients: [ANA_MAIL] }]);
  await panel.getByTestId("how").last().press("Enter");
  const how = panel.getByTestId("how-done");
  await expect(how.getByText("Your phone", { exact: true })).toBeVisible();
  await how.evaluate((one) => one.scrollIntoView({ block: "end" }));
  await expectEveryLook(page, panel, "how-done", info);
  await expect(panel.getByTestId("stop")).toBeHidden();

  expect(await ask(panel, "What is on my calendar tomorrow?")).toContain("the closing");
  const free = await ask(panel, "When am I free with Ana Ruiz tomorrow for an hour?");
  // On a Friday, tomorrow has no working hours.
  const works = ![0, 6].includes(new Date(tomorrowAt(13)).getUTCDay());
  expect(free).toContain(works ? "09:00 to 10:00" : "no free time in working hours");
  expect(free).not.toContain("13:00 to 14:00");

  const moved = await propose(panel, "Move the closing call to tomorrow 3pm");
  await expect(moved.getByTestId("event-was")).toContainText("13:00 to 13:30");
  await expect(moved.getByTestId("event-when")).toContainText("15:00 to 15:30");
  await done(desk, moved);
  expect(world.google.events(MAYA_MAIL)).toMatchObject([{ start: tomorrowAt(15) }]);
  await expect(panel.getByTestId("stop")).toBeHidden();
  await undo(desk, panel, moved);
  expect(world.google.events(MAYA_MAIL)).toMatchObject([{ start: tomorrowAt(13) }]);

  const cancelled = await propose(panel, "Cancel the closing call");
  await done(desk, cancelled);
  expect(titles(world)).toEqual([]);
  await expect(panel.getByTestId("stop")).toBeHidden();
  const again = await undo(desk, panel, cancelled);
  await expect(again.getByTestId("event-recreated")).toContainText("guests answer again");
  expect(world.google.events(MAYA_MAIL)).toMatchObject([
    { title: "the closing", start: tomorrowAt(13), guests: [ANA_MAIL] },
  ]);
});

test("a denied event is not in the calendar, and is not asked for again", async ({
  world,
  desk,
}) => {
  const { panel } = await readyWithAll(world, desk);
  const words = `Schedule a call with ${ANA_MAIL} tomorrow at 4pm called Signing`;
  const card = await propose(panel, words);
  await answer(desk, "deny");
  await expect(card).toHaveAttribute("data-state", "denied", { timeout: 20_000 });
  await expect(card.getByTestId("approval-ending")).toContainText("The calendar was not changed");
  await expect(panel.getByTestId("stop")).toBeHidden();
  expect(await ask(panel, words)).toContain("This same request was denied");
  expect(titles(world)).toEqual([]);
  expect(world.auth0.phone.pushes(MAYA)).toHaveLength(1);
});

test("an event that is changed in the calendar between push and yes is left alone, and asked for again as it is", async ({
  world,
  desk,
}) => {
  const { panel } = await readyWithAll(world, desk);
  const made = await propose(
    panel,
    `Schedule a call with ${ANA_MAIL} tomorrow at 10:00 called Price`,
  );
  await done(desk, made);
  await expect(panel.getByTestId("stop")).toBeHidden();
  const cancel = await propose(panel, "Cancel the Price call");
  await moveEvent(world, MAYA_MAIL, "Price", HOUR);
  await answer(desk, "approve");
  await expect(cancel).toHaveAttribute("data-state", "drifted", { timeout: 20_000 });
  await expect(cancel).toContainText("time");
  expect(titles(world)).toEqual(["Price"]);
});

test("mails are labelled, archived and binned on one yes each, and each is undone", async ({
  world,
  desk,
}) => {
  await createLabel(world, MAYA_MAIL, "Project Falcon");
  const { panel, threadId } = await readyWithAll(world, desk);
  const having = (name: string) => labelsOf(world, MAYA_MAIL, threadId, name);
  const all = await having("");
  expect(all).toBeGreaterThan(3);

  const labelled = await propose(panel, "Label this thread as Project Falcon");
  await expect(labelled).toContainText(`Label Project Falcon: ${all} mails`);
  expect(await having("Project Falcon")).toBe(0);
  await done(desk, labelled, [`${all} mails`, "Label Project Falcon"]);
  expect(await having("Project Falcon")).toBe(all);
  await expect(panel.getByTestId("stop")).toBeHidden();
  await undo(desk, panel, labelled);
  expect(await having("Project Falcon")).toBe(0);

  const made = await propose(panel, "Label this thread as the new label Project Hawk");
  await expect(made).toContainText("Label Project Hawk (new label)");
  await done(desk, made, ["Label Project Hawk (new label)"]);
  expect(await having("Project Hawk")).toBe(all);
  await expect(panel.getByTestId("stop")).toBeHidden();

  const inbox = await having("INBOX");
  const archived = await propose(panel, "Archive this thread");
  await expect(archived).toContainText(`Archive: ${inbox} mails`);
  await done(desk, archived);
  expect(await having("INBOX")).toBe(0);
  await expect(panel.getByTestId("stop")).toBeHidden();
  await undo(desk, panel, archived);
  expect(await having("INBOX")).toBe(inbox);
});

test("mails go to the bin and come back", async ({ world, desk }) => {
  const { panel, threadId } = await readyWithAll(world, desk);
  const having = (name: string) => labelsOf(world, MAYA_MAIL, threadId, name);
  const all = await having("");
  const inbox = await having("INBOX");
  const binned = await propose(panel, "Move this thread to the bin");
  await done(desk, binned, ["Move to the bin"]);
  expect(await having("TRASH")).toBe(all);
  await expect(binned.getByTestId("approval-ending")).toContainText("keeps it for 30 days");
  await expect(panel.getByTestId("stop")).toBeHidden();
  await undo(desk, panel, binned);
  expect(await having("TRASH")).toBe(0);
  expect(await having("INBOX")).toBe(inbox);
});

test("without the calendar's permission the panel names it, and nothing is asked", async ({
  world,
  desk,
}) => {
  const page = await openGmail(desk.context);
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel, { untick: /calendar/i });
  const said = await ask(panel, `Schedule a call with ${ANA_MAIL} tomorrow at 4pm called Signing`);
  expect(said).toContain("A permission for this was not granted");
  expect(world.auth0.phone.pushes(MAYA)).toEqual([]);
  await expect(panel.getByTestId("problem").getByRole("button")).toHaveText("Grant permission");
});
