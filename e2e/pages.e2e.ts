/** The pages beside the conversation: what was done, what is granted, what is set, what VaultDesk can do; and scopes as they are needed. */
import { expect } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { CALENDAR_EVENTS, CALENDAR_FREEBUSY } from "@vaultdesk/shared/scope.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";

import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { ask, connectGoogle, decide, openPanel, press, signIn } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { askPhoneForReply, menu, ready } from "./src/steps.ts";

test("the log has what was asked and what became of it, settings hold, and one sign-out ends every device", async ({
  world,
  server,
  desk,
}, info) => {
  test.setTimeout(90_000);
  const here = await ready(world, desk);
  const { page, panel } = here;
  await menu(panel, "activity");
  await expect(panel.getByTestId("activity")).toContainText("will be listed here");
  await panel.getByTestId("back").click();

  await askPhoneForReply(world, desk, here);
  const phone = await desk.openPhone(MAYA);
  await decide(phone, "approve");
  await phone.close();
  const card = panel.getByTestId("approval-card");
  await expect(card).toHaveAttribute("data-state", "executed", { timeout: 20_000 });

  await panel.getByTestId("new-conversation").click();
  await expect(card).toHaveCount(0);
  await menu(panel, "activity");
  const row = panel.getByTestId("activity-row");
  await expect(row).toHaveAttribute("data-state", "executed");
  await row.locator("summary").click();
  await expect(row.getByTestId("digest")).toHaveText(/^[0-9a-f]{64}$/);
  // The whole way of it, proven on this computer, down to Google's id.
  const chain = row.getByTestId("chain");
  await expect(chain.locator("li[data-proven=true]")).toHaveCount(5);
  await expect(chain.locator("li").last()).toContainText(/Done at Google.*Google's id [0-9a-f]+/);
  await expectEveryLook(page, panel, "activity", info);
  await panel.getByTestId("tab-trail").click();
  const check = panel.getByTestId("trail-check");
  await expect(check).toHaveAttribute("data-state", "proven");
  await panel.getByTestId("trail-group").selectOption("access");
  await expect(panel.getByTestId("trail-row")).toHaveText([/Google grants/, /Signed in/]);
  await expectEveryLook(page, panel, "trail", info);
  const saved = page.waitForEvent("download");
  await panel.getByTestId("trail-save").click();
  expect(await (await saved).failure()).toBeNull();
  await panel.getByTestId("tab-requests").click();
  await row.locator("summary").click();
  await row.getByTestId("activity-open").click();
  await expect(card).toBeFocused();

  await menu(panel, "about");
  await expect(panel.locator("[data-testid=ability][data-tool=trash_mail]")).toContainText(
    "Not granted now.",
  );
  await expectEveryLook(page, panel, "about", info);
  await panel.getByTestId("back").click();

  await menu(panel, "settings");
  await panel.getByTestId("setting-hold").getByText("10 s", { exact: true }).click();
  await expect(panel.getByTestId("settings")).toContainText("For 10 seconds after your yes");
  await expectEveryLook(page, panel, "settings", info);
  const themed = panel.locator("html[data-theme=dark]");
  await panel.getByTestId("setting-theme").getByText("Light").click();
  await expect(themed).toHaveCount(0);
  await panel.getByTestId("setting-theme").getByText("Dark").click();
  await expect(themed).toHaveCount(1);
  await expect(panel.getByRole("radio", { name: "10 s", exact: true })).toBeChecked();
  await panel.getByTestId("setting-theme").getByText("As Gmail").click();

  // Another device signs out everywhere: this panel notices by its stream, without a press.
  await panel.getByTestId("back").click();
  await expect(card).toBeVisible();
  const other = await visit(world.auth0, EXTENSION_ID, MAYA);
  const at = async (bearer: string, path: string, method = "GET") =>
    fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${bearer}` } });
  const { signOutEverywhere } = routes;
  expect((await at(other.api, signOutEverywhere.path, "POST")).status).toBe(200);
  const gate = panel.getByTestId("gate");
  await expect(gate).toHaveAttribute("data-state", "signed-out");
  await expect(gate).toContainText("You were signed out everywhere.");
  await expectEveryLook(page, panel, "signed-out-everywhere", info);

  // Signed in again, this one does: the other's next bearer is refused and its stream ends.
  await signIn(desk.context, panel, MAYA);
  const { api } = await visit(world.auth0, EXTENSION_ID, MAYA);
  const list = await (await at(api, routes.conversations.path)).text();
  const [mine] = routes.conversations.reply.parse(JSON.parse(list)).conversations;
  const stream = await at(api, EVENTS_PATH.replace(":id", mine?.id ?? ""));
  expect(stream.status).toBe(200);
  await menu(panel, "settings");
  await press(panel.getByTestId("everywhere"));
  await expect(panel.getByTestId("confirm-everywhere")).toContainText("withdrawn");
  await expectEveryLook(page, panel, "sign-out-everywhere", info);
  await press(panel.getByTestId("everywhere-for-good"));
  await expect(gate).toContainText("You were signed out everywhere.");
  await stream.text();
  expect((await at(api, routes.session.path)).status).toBe(401);

  // Forgotten on request: the vault lends nothing any more, and no new sign-in is taken for a minute.
  const again = desk.context.waitForEvent("page");
  await panel.getByTestId("signin").click();
  await (await again).locator(`[data-user="${MAYA}"]`).click();
  // On the page where they were.
  await press(panel.getByTestId("forget"));
  await expect(panel.getByTestId("confirm-forget")).toContainText("nobody can bring them back");
  await expectEveryLook(page, panel, "forget", info);
  await press(panel.getByTestId("forget-for-good"));
  await expect(gate).toContainText("Everything that VaultDesk had of you is deleted");
  expect(world.auth0.vault.accounts(MAYA)).toEqual([]);
});

test("a server that does not answer is said so, and found again by itself", async ({
  world,
  server,
  desk,
}, info) => {
  const { page } = await ready(world, desk);
  const away = `${server.url}/api/session`;
  await desk.context.route(away, (route) => route.abort());
  await page.reload();
  const panel = await openPanel(desk.context, page);
  await expect(panel.getByTestId("gate")).toHaveAttribute("data-state", "unreachable");
  await expectEveryLook(page, panel, "unreachable", info);
  await desk.context.unroute(away);
  await expect(panel.getByTestId("ask")).toBeVisible();
});

test("a permission is asked for when a tool first needs it, and disconnecting takes all back at Google", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  await expect(panel.getByTestId("scopes")).toHaveText("2 of 5 permissions");
  await expect(panel.getByTestId("missing-scopes")).toHaveCount(0);
  await ask(panel, "When am I free tomorrow for an hour?");
  const strip = panel.getByTestId("missing-scopes");
  await expect(strip).toContainText("See your calendar");
  await expect(strip).not.toContainText("Label, archive");
  await connectGoogle(desk.context, panel, { button: "grant-missing" });
  await expect(strip).toBeHidden();
  const granted = world.auth0.vault.accounts(MAYA)[0]?.scopes ?? [];
  expect(granted).toContain(CALENDAR_EVENTS);
  expect(granted).toContain(CALENDAR_FREEBUSY);
  await ask(panel, "When am I free tomorrow for an hour?");
  await expect(panel.getByTestId("scopes")).toHaveText("4 of 5 permissions");

  await menu(panel, "permissions");
  const used = panel.locator(`[data-scope="${CALENDAR_EVENTS}"]`).getByTestId("last-use");
  await expect(used).toContainText("Last used");
  await panel.getByTestId("disconnect").click();
  await panel.getByTestId("disconnect-for-good").click();
  await expect(panel.getByTestId("permissions")).toContainText("Google is not connected");
  expect(world.auth0.vault.accounts(MAYA)).toEqual([]);
  expect(world.google.revokedAt(MAYA_MAIL)).toBeDefined();
});
