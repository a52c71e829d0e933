/** A deal room of two people in two browsers, and a third who stands in for one: made, invited, held to a role, away, removed. */
import { resolve } from "node:path";

import { expect } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import { openDesk } from "./src/browser.ts";
import { ANA_MAIL, MAYA, test } from "./src/fixture.ts";
import { attachInGmail } from "./src/gmail-user.ts";
import { decide, press, threadNamed } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { colleague, menu, readyWithAll } from "./src/steps.ts";

const ANA = "google-oauth2|1002";
const PRIYA = "google-oauth2|1003";
const PRIYA_MAIL = "priya.nair@northgate.example";

// As the documentation shows it.
test.use({
  settings: {
    policyFile: resolve(import.meta.dirname, "../docs/admin/policy.example.json"),
    team: [{ sub: PRIYA, email: PRIYA_MAIL, name: "Priya Nair" }],
  },
});

/** Their mailbox is connected, and they were here: an invitation to its address is taken up. */
async function arrives(world: World, server: string, sub: string, email: string): Promise<void> {
  const scopes = [...CONNECT_SCOPES];
  world.auth0.vault.connect({ sub, connection: "google-oauth2", email, scopes });
  const { api } = await visit(world.auth0, EXTENSION_ID, sub);
  await fetch(`${server}${routes.session.path}`, { headers: { authorization: `Bearer ${api}` } });
}

test("a room is made, its thread is known in both mailboxes, a role holds, and a removal ends it", async ({
  world,
  server,
  desk,
  phones,
}, info) => {
  test.setTimeout(120_000);
  world.auth0.vault.connect({
    sub: ANA,
    connection: "google-oauth2",
    email: ANA_MAIL,
    scopes: [...CONNECT_SCOPES],
  });
  const { page, panel } = await readyWithAll(world, desk);
  await expect(panel.getByTestId("thread-room")).toHaveCount(0);

  await menu(panel, "rooms");
  await panel.getByTestId("room-create").click();
  await expect(panel.getByTestId("rooms")).toContainText("Give it a name");
  await panel.getByTestId("room-name").fill("Project Kestrel");
  await panel.getByTestId("room-create").click();
  const people = panel.getByTestId("member");
  await expect(people).toHaveText(/maya@northgate.example/);
  const anas = people.filter({ hasText: ANA_MAIL });
  for (const [address, role] of [
    [PRIYA_MAIL, "associate"],
    [ANA_MAIL, "observer"],
  ] as const) {
    await panel.getByTestId("invite-address").fill(address);
    await panel.getByTestId("invite-role").selectOption(role);
    await panel.getByTestId("invite").click();
    await expect(people.filter({ hasText: address })).toHaveAttribute("data-state", "invited");
  }
  await arrives(world, server.url, PRIYA, PRIYA_MAIL);
  await expectEveryLook(page, panel, "room-people", info);

  await panel.getByTestId("tab-deal").click();
  await panel.getByTestId("circle-add").click();
  await panel.getByTestId("circle-who").fill("helio-capital.example");
  await panel.getByTestId("deal-stage").selectOption("nda");
  await panel.getByTestId("deal-label").fill("Deals/Kestrel");
  await panel.getByTestId("wall-name").fill("Helio");
  await panel.getByTestId("wall-side").fill("Buy side");
  await panel.getByTestId("deal-save").click();
  await panel.getByTestId("date-add").click();
  await expectEveryLook(page, panel, "room-deal", info);
  await panel.getByTestId("tab-roles").click();
  await expect(panel.getByTestId("role-reach")).toHaveValue("anyone");
  await panel.getByTestId("role").selectOption("analyst");
  const bin = panel.getByTestId("role-tool-trash_mail");
  await expect(bin).toHaveAttribute("aria-disabled", "true");
  await expect(panel.locator("label").filter({ has: bin })).toContainText("organisation");
  await expect(panel.getByTestId("eyes-pinned")).toHaveCount(2);
  await expectEveryLook(page, panel, "room-roles", info);
  await panel.getByTestId("back").click();
  await expect(panel.getByTestId("room-row")).toContainText("Lead · 3 people, 0 threads");
  await expectEveryLook(page, panel, "rooms", info);
  await panel.getByTestId("back").click();
  await menu(panel, "about");
  await expect(panel.getByTestId("organisation")).toContainText("Nothing goes to: rival.example");
  await expect(panel.getByTestId("organisation")).toContainText("northgate-legal.example");
  await panel.getByTestId("organisation").scrollIntoViewIfNeeded();
  await expectEveryLook(page, panel, "organisation", info);
  await panel.getByTestId("back").click();

  // The counterparty writes in the open thread: it is offered, dashed, and added by a press.
  const offer = panel.getByTestId("room-offer");
  await expect(offer).toHaveText("Add to Project Kestrel");
  await expectEveryLook(page, panel, "room-offer", info);
  await offer.click();
  await expect(panel.getByTestId("room-chip")).toContainText("Project Kestrel NDA · you are lead");

  await panel.getByTestId("room-chip").click();
  await panel.getByTestId("tab-documents").click();
  await panel.getByTestId("file-tier").first().selectOption("cim");
  await expect(panel.getByTestId("room-document").getByTestId("document-tier")).toHaveValue("cim");
  await expectEveryLook(page, panel, "room-documents", info);
  await panel.getByTestId("back").click();
  await panel.getByTestId("back").click();

  const other = await openDesk(world, server.url, { phones });
  try {
    const ana = await colleague(world, other, { sub: ANA, email: ANA_MAIL, index: 1 });
    const chip = ana.panel.getByTestId("room-chip");
    await expect(chip).toContainText("you are observer");
    await expect(ana.panel.getByTestId("role-lacks")).toHaveText("Reads. Writes nothing.");
    const draftReply = ana.panel.getByTestId("suggestion").filter({ hasText: "Draft reply" });
    await expect(draftReply).toHaveCount(0);
    await expectEveryLook(ana.page, ana.panel, "room-observer", info);
    await chip.click();
    await expect(ana.panel.getByTestId("member")).toHaveCount(3);
    await expect(ana.panel.getByTestId("invite")).toHaveCount(0);

    await panel.getByTestId("room-chip").click();
    await expect(anas).toHaveAttribute("data-state", "joined");
    await anas.getByTestId("member-role").selectOption("associate");
    await expect(anas.getByTestId("member-role")).toHaveValue("associate");
    await ana.panel.getByTestId("back").click();
    await expect(ana.panel.getByTestId("room-row")).toContainText("Associate");
    await ana.panel.getByTestId("back").click();
    await expect(chip).toContainText("you are associate");
    await expect(draftReply).toHaveCount(1);

    // What an associate does needs the lead's yes too, each on their own phone.
    await panel.getByTestId("tab-roles").click();
    const rule = panel
      .locator("label")
      .filter({ hasText: "Anything by an associate or an analyst needs a lead." })
      .getByTestId("eyes-rule");
    await rule.click();
    await expect(rule).toHaveAttribute("aria-checked", "true");
    await expectEveryLook(page, panel, "room-eyes", info);

    // While the lead is away, who stands in for her is asked.
    await panel.getByTestId("tab-people").click();
    await panel.getByTestId("go-away").click();
    await panel.getByTestId("away-save").click();
    await expect(panel.getByTestId("go-away-form")).toContainText("Choose a day after today.");
    await panel.getByTestId("away-delegate").selectOption({ label: PRIYA_MAIL });
    await expectEveryLook(page, panel, "room-away-form", info);
    const inTwoDays = new Date(Date.now() + 172_800_000).toISOString().slice(0, 10);
    await panel.getByTestId("away-until").fill(inTwoDays);
    await panel.getByTestId("away-save").click();
    const away = panel.getByTestId("member-away");
    await expect(away).toContainText(`${PRIYA_MAIL} is asked instead`);
    await expectEveryLook(page, panel, "room-away", info);
    await draftReply.click();
    await press(ana.panel.getByTestId("draft-card").last().getByTestId("ask-phone"));
    const mine = ana.panel.getByTestId("approval-card").last();
    const maya = mine.getByTestId("other-approver");
    await expect(maya).toContainText(/^priya.*for maya@northgate\.example, away until/);
    await expectEveryLook(ana.page, ana.panel, "eyes-stands-in", info);
    await press(mine.getByTestId("cancel-request"));
    await away.getByTestId("member-back").click();
    await expect(away).toHaveCount(0);

    await press(mine.getByTestId("ask-again"));
    await expect(maya).toContainText("maya@northgate.example (lead)");
    await panel.getByTestId("back").click();
    await panel.getByTestId("back").click();
    const asked = panel.getByTestId("asked-of-you").getByTestId("approval-card");
    await expect(asked.getByTestId("asker")).toContainText(`${ANA_MAIL} asks you`);
    await expectEveryLook(page, panel, "eyes-asked", info);
    const mailed = () => world.google.outbox.filter((entry) => entry.kind === "mail").length;
    const before = mailed();
    await decide(await other.openPhone(ANA), "approve");
    await expect(mine.getByTestId("approval-state")).toHaveText("Waiting for others");
    await expectEveryLook(ana.page, ana.panel, "eyes-waits", info);
    expect(mailed()).toBe(before);
    await decide(await desk.openPhone(MAYA), "approve");
    await expect(mine).toHaveAttribute("data-state", "executed");
    await expect(maya).toHaveAttribute("data-solid", "true");
    await expect(asked.getByTestId("approval-ending")).toContainText(`You and ${ANA_MAIL}`);
    expect(mailed()).toBe(before + 1);

    // The marked file in her own draft, under another name: known, refused, and let pass by the lead alone.
    await draftReply.click();
    const withFile = ana.panel.getByTestId("draft-card").last();
    await expect(withFile).toHaveAttribute("data-fate", "free");
    await attachInGmail(world, ANA_MAIL, threadNamed(world, ANA_MAIL, "NDA markup"), {
      name: "notes.pdf",
      copyTo: "kim@helio-capital.example",
    });
    await press(withFile.getByTestId("ask-phone"));
    await expect(ana.panel.getByTestId("problem").last()).toBeVisible();
    await press(ana.panel.getByTestId("draft-card").last().getByTestId("ask-phone"));
    const override = ana.panel.getByTestId("override");
    await expect(ana.panel.getByTestId("draft-card").last()).toContainText("notes.pdf is a CIM");
    await override.getByTestId("override-why").fill("ok");
    await press(override.getByTestId("override-ask"));
    await expect(override).toContainText("Write 8 to 160 characters");
    await override.getByTestId("override-why").fill("NDA signed on paper, scan follows");
    await expect(override).not.toContainText("Write 8 to 160 characters");
    await expectEveryLook(ana.page, ana.panel, "override", info);
    await press(override.getByTestId("override-ask"));
    const passed = ana.panel.getByTestId("approval-card").last();
    await expect(passed.getByTestId("other-approver")).toContainText("maya@northgate.example");
    await expect(passed).toContainText("It goes out only by an override.");
    await expectEveryLook(ana.page, ana.panel, "override-asked", info);
    await press(passed.getByTestId("cancel-request"));

    await panel.getByTestId("room-chip").click();
    await anas.getByTestId("member-remove").click();
    await expectEveryLook(page, panel, "room-remove", info);
    await press(panel.getByTestId("member-for-good"));
    await expect(people).toHaveCount(2);
    await menu(ana.panel, "rooms");
    await expect(ana.panel.getByTestId("rooms")).toContainText("Your deal rooms will be here.");
    expect(other.outside).toEqual([]);
  } finally {
    await other.close();
  }
});
