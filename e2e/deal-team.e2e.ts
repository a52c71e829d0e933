/** Three people of one deal, each with a browser and a phone: invited, held to their roles, of one tracker, asked together, stopped at a wall, and audited. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect, type Frame } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import { type Desk, openDesk } from "./src/browser.ts";
import { ANA_MAIL, MAYA, test } from "./src/fixture.ts";
import { decide, press } from "./src/journey.ts";
import { expectEveryLook } from "./src/looks.ts";
import { colleague, draftMails, menu, readyWithAll } from "./src/steps.ts";
import { proposedAndConfirmed, seenAndDisputed, signedToMaya } from "./src/tracker.ts";

const ANA = "google-oauth2|1002";
const PRIYA = "google-oauth2|1003";
const DANIEL = "google-oauth2|1004";
const PRIYA_MAIL = "priya.nair@northgate.example";
const DANIEL_MAIL = "daniel.okafor@northgate.example";
const RULES = [
  /to the counterparty by .* needs counsel\.$/,
  /^Anything by an associate .* needs a lead\.$/,
];

test.use({
  settings: {
    team: [
      { sub: PRIYA, email: PRIYA_MAIL, name: "Priya Nair" },
      { sub: DANIEL, email: DANIEL_MAIL, name: "Daniel Okafor" },
    ],
  },
});

function connect(world: World, sub: string, email: string): void {
  const scopes = [...CONNECT_SCOPES];
  world.auth0.vault.connect({ sub, connection: "google-oauth2", email, scopes });
}

const asked = (of: Frame) => of.getByTestId("asked-of-you").getByTestId("approval-card").last();

async function say(at: Desk, sub: string, how: "approve" | "deny"): Promise<void> {
  const phone = await at.openPhone(sub);
  await decide(phone, how);
  await phone.close();
}

/** Ana's own deal, on the other side of the wall. */
async function anaAcross(world: World, server: string): Promise<void> {
  connect(world, ANA, ANA_MAIL);
  const { api } = await visit(world.auth0, EXTENSION_ID, ANA);
  const send = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${api}`, "content-type": "application/json" };
    const reply = await fetch(`${server}${path}`, { method, headers, body: JSON.stringify(body) });
    return routes.createRoom.reply.parse(await reply.json());
  };
  await fetch(`${server}${routes.session.path}`, { headers: { authorization: `Bearer ${api}` } });
  const room = await send("POST", routes.createRoom.path, { codeName: "Project Heron" });
  const details = { ...room.details, wall: { name: "Kestrel", side: "Sell side" } };
  await send("PUT", routes.changeRoom.path.replace(":id", room.id), {
    version: room.version,
    details,
  });
}

/** What the command line says of the chain, and of the file that a stranger would be given. */
async function audit(env: Record<string, string>, folder: string) {
  const file = join(folder, "audit.jsonl");
  const cli = resolve(import.meta.dirname, "../server/src/cli.ts");
  const run = async (...args: string[]) => {
    const said = await promisify(execFile)(process.execPath, [cli, "audit", ...args], { env });
    return said.stdout + said.stderr;
  };
  const [exported, verified] = [await run("export", "--out", file), await run("verify", file)];
  const kinds = (await readFile(file, "utf8")).match(/(?<=milestone\.)[a-z]+/g);
  return { exported, verified, kinds };
}

test("three people with three phones: invited, asked together, denied, approved, stopped at a wall, and all of it proven", async ({
  world,
  server,
  desk,
  phones,
}, info) => {
  test.setTimeout(150_000);
  await signedToMaya(world);
  const maya = await readyWithAll(world, desk);
  const { page, panel } = maya;
  await menu(panel, "rooms");
  await panel.getByTestId("room-name").fill("Project Kestrel");
  await panel.getByTestId("room-create").click();
  const people = panel.getByTestId("member");
  for (const [address, role] of [
    [PRIYA_MAIL, "associate"],
    [DANIEL_MAIL, "counsel"],
  ] as const) {
    await panel.getByTestId("invite-address").fill(address);
    await panel.getByTestId("invite-role").selectOption(role);
    await panel.getByTestId("invite").click();
    await expect(people.filter({ hasText: address })).toHaveAttribute("data-state", "invited");
  }
  await panel.getByTestId("tab-deal").click();
  await panel.getByTestId("circle-add").click();
  await panel.getByTestId("circle-who").fill("helio-capital.example");
  await panel.getByTestId("circle-party").fill("Helio Capital");
  await panel.getByTestId("date-add").click();
  await panel.getByTestId("date-what").fill("IOIs");
  await panel.getByTestId("date-day").fill("2026-11-20");
  await panel.getByTestId("date-milestone").selectOption("ioi");
  await panel.getByTestId("deal-save").click();
  await panel.getByTestId("tab-roles").click();
  for (const words of RULES) {
    const rule = panel.locator("label").filter({ hasText: words }).getByTestId("eyes-rule");
    await rule.click();
    await expect(rule).toHaveAttribute("aria-checked", "true");
  }
  await panel.getByTestId("back").click();
  await panel.getByTestId("back").click();
  await panel.getByTestId("room-offer").click();
  await expect(panel.getByTestId("room-chip")).toContainText("you are lead");
  await proposedAndConfirmed(world, maya, info);

  const priyas = await openDesk(world, server.url, { phones });
  const daniels = await openDesk(world, server.url, { phones });
  try {
    connect(world, PRIYA, PRIYA_MAIL);
    connect(world, DANIEL, DANIEL_MAIL);
    const priya = await colleague(world, priyas, { sub: PRIYA, email: PRIYA_MAIL, index: 2 });
    await expect(priya.panel.getByTestId("room-chip")).toContainText("you are associate");
    const daniel = await colleague(world, daniels, { sub: DANIEL, email: DANIEL_MAIL, index: 3 });
    await expect(daniel.panel.getByTestId("room-chip")).toContainText("you are counsel");
    await seenAndDisputed(priya, info);
    const mailed = () => world.google.outbox.filter(({ kind }) => kind === "mail").length;

    const propose = async (text: string) => {
      const [draft] = await draftMails(priya.panel, [{ to: ANA_MAIL, subject: "The NDA", text }]);
      if (draft === undefined) throw new Error("no draft");
      await press(draft.getByTestId("ask-phone"));
      return priya.panel.getByTestId("approval-card").last();
    };

    const refused = await propose("we accept all of your changes.");
    await expect(refused.getByTestId("other-approver")).toHaveCount(2);
    await expect(asked(daniel.panel).getByTestId("asker")).toContainText(PRIYA_MAIL);
    await say(priyas, PRIYA, "approve");
    await say(desk, MAYA, "approve");
    await say(daniels, DANIEL, "deny");
    await expect(refused).toHaveAttribute("data-state", "cancelled", { timeout: 20_000 });
    await expect(refused).toContainText(DANIEL_MAIL);
    await expectEveryLook(priya.page, priya.panel, "team-denied", info);
    expect(mailed()).toBe(0);

    const sent = await propose("we accept clauses one to four.");
    await expect(sent.getByTestId("other-approver")).toHaveCount(2);
    await say(daniels, DANIEL, "approve");
    await say(desk, MAYA, "approve");
    expect(mailed()).toBe(0);
    await say(priyas, PRIYA, "approve");
    await expect(sent).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
    await expectEveryLook(priya.page, priya.panel, "team-sent", info);
    expect(mailed()).toBe(1);

    // From now on Ana stands on the other side: no phone rings.
    await anaAcross(world, server.url);
    await panel.getByTestId("room-chip").click();
    await panel.getByTestId("tab-deal").click();
    await panel.getByTestId("wall-name").fill("Kestrel");
    await panel.getByTestId("wall-side").fill("Buy side");
    await panel.getByTestId("deal-save").click();
    await expect(panel.getByTestId("deal-save")).toBeEnabled();
    const rang = world.auth0.phone.pushes(PRIYA).length;
    const before = await priya.panel.getByTestId("approval-card").count();
    await propose("one more thing.");
    await expect(priya.panel.locator("[data-code=not_for_them]")).toBeVisible();
    await expectEveryLook(priya.page, priya.panel, "team-wall", info);
    await expect(priya.panel.getByTestId("approval-card")).toHaveCount(before);
    expect(world.auth0.phone.pushes(PRIYA)).toHaveLength(rang);
    expect(mailed()).toBe(1);

    await menu(priya.panel, "activity");
    await priya.panel.getByTestId("tab-trail").click();
    await expect(priya.panel.getByTestId("trail-check")).toHaveAttribute("data-state", "proven");
    // Whoever leads the room reads the others' steps in it, and can prove them.
    await panel.getByTestId("back").click();
    await menu(panel, "activity");
    await panel.getByTestId("tab-trail").click();
    await panel.getByTestId("trail-whose").selectOption({ label: "Project Kestrel" });
    const theirs = panel.getByTestId("trail-row").filter({ hasText: PRIYA_MAIL });
    await expect(theirs.filter({ hasText: "Done at Google" })).toHaveCount(1);
    await expect(panel.getByTestId("trail-check")).toHaveAttribute("data-state", "proven");
    await expectEveryLook(page, panel, "team-log", info);
    expect([...priyas.outside, ...daniels.outside]).toEqual([]);
  } finally {
    await Promise.all([priyas.close(), daniels.close()]);
  }
  const { exported, verified, kinds } = await audit(world.serverEnv(), world.folder);
  expect(exported).toMatch(/^ok: \d+ rows/);
  expect(verified).toContain(exported.trim());
  expect(kinds?.join(" ")).toBe(
    "proposed proposed confirmed confirmed confirmed withdrawn confirmed",
  );
  await page.close();
});
