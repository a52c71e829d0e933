/** The calendar beside the mail: what stands in it, and free times that become a question. */
import { expect } from "@playwright/test";
import { CALENDAR_EVENTS } from "@vaultdesk/shared/scope.ts";

import { ANA_MAIL, MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { addEvent } from "./src/gmail-user.ts";
import { connectGoogle } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { menu, ready, readyWithAll } from "./src/steps.ts";
import { awayFromMidnight, tomorrowAt } from "./src/tomorrow.ts";

const HOUR = 3_600_000;

test.beforeEach(awayFromMidnight);
const LIST = "calendar.events.list";

test("today, next and free times, from the missing permission to the question", async ({
  world,
  desk,
}, info) => {
  test.setTimeout(60_000);
  const { page, panel } = await ready(world, desk);
  await menu(panel, "calendar");
  const calendar = panel.getByTestId("calendar");
  const problem = calendar.getByTestId("problem");
  await expect(problem).toHaveAttribute("data-code", "google_scope_missing");
  await connectGoogle(desk.context, panel, { button: "remedy-connect", until: "free" });
  expect(world.auth0.vault.accounts(MAYA)[0]?.scopes).toContain(CALENDAR_EVENTS);
  await expect(problem).toHaveCount(0);
  await expect(calendar).toContainText("Nothing more today.");
  await expect(calendar).toContainText("Nothing in the seven days after.");

  const now = Date.now();
  await addEvent(world, MAYA_MAIL, { title: "Falcon: stand-up", start: now - HOUR, end: now + 60 });
  await addEvent(world, MAYA_MAIL, {
    title: "Falcon: disclosure letter, second reading with Helio's counsel",
    start: now - HOUR,
    end: now + HOUR,
    guests: [ANA_MAIL],
  });
  await addEvent(world, MAYA_MAIL, {
    title: "Investment committee",
    start: tomorrowAt(13),
    end: tomorrowAt(14),
  });
  world.google.faults.next(LIST, 503, 9);
  const length = panel.getByTestId("free-length");
  await length.getByText("60 min").click();
  await expect(problem).toHaveAttribute("data-code", "google_down", { timeout: 15_000 });
  world.google.faults.clear();
  await problem.getByTestId("remedy-again").click();
  await expect(problem).toHaveCount(0);
  const today = panel.getByTestId("calendar-today").getByTestId("calendar-event");
  await expect(today).toHaveCount(1);
  await expect(today).toContainText(ANA_MAIL);
  const next = panel.getByTestId("calendar-next").getByTestId("calendar-event");
  await expect(next).toContainText("13:00 to 14:00");

  const slots = panel.getByTestId("free-slot");
  await expect(panel.getByTestId("offer")).toBeDisabled();
  await slots.nth(0).click();
  await slots.nth(2).click();
  await slots.nth(3).click();
  await slots.nth(2).click();
  await expect(panel.locator("[data-testid=free-slot][aria-pressed=true]")).toHaveCount(2);
  await expectEveryLook(page, panel, "calendar", info);
  const times = [await slots.nth(0).innerText(), await slots.nth(3).innerText()];
  await panel.getByTestId("offer").click();
  const box = panel.getByTestId("ask");
  await expect(box).toBeFocused();
  const question = await box.inputValue();
  expect(question).toMatch(/^Draft a reply that offers these times: [A-Z][a-z]+day \d.*\(UTC\)\.$/);
  for (const time of times) expect(question).toContain(time);
  expect(world.google.outbox).toEqual([]);
});

test("a proposed event stands dashed on its day, and a clash is said", async ({
  world,
  desk,
}, info) => {
  test.setTimeout(60_000);
  const at = (title: string, start: number, end: number) =>
    addEvent(world, MAYA_MAIL, { title, start: tomorrowAt(start), end: tomorrowAt(end) });
  await at("Data room: weekly call", 12.5, 13.5);
  await at("Lunch with Grace Lambert", 11.5, 12.25);
  await at("Investment committee", 14, 15);
  const { page, panel } = await readyWithAll(world, desk);
  await panel
    .getByTestId("ask")
    .fill("Schedule a call with Ana Ruiz tomorrow at 1 about the closing");
  await panel.getByTestId("send-question").click();
  const card = panel.getByTestId("approval-card");
  await expect(card).toHaveAttribute("data-state", "waiting", { timeout: 15_000 });
  const clash = card.getByTestId("day-clash");
  await expect(clash).toHaveText("Clashes with Data room: weekly call, 12:30 to 13:30.");
  await expect(card.getByTestId("day-text")).toHaveText(
    /^Proposed: .*, 13:00 to 13:30\. In your calendar: Lunch with Grace Lambert, 11:30 to 12:15; /,
  );
  const picture = card.getByTestId("day-picture");
  await expect(picture.locator("[data-proposed=true]")).toHaveCSS("border-style", "dashed");
  await expect(picture.locator("[data-proposed=false]")).toHaveCount(3);
  await clash.scrollIntoViewIfNeeded();
  await expectEveryLook(page, panel, "proposed-day", info);
  await card.getByTestId("cancel-request").click();
  await expect(card).toHaveAttribute("data-state", "cancelled");
  await expect(card.getByTestId("day-view")).toHaveCount(0);
});
