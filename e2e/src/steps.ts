/** Longer ways through the product that several tests begin with. */
import { expect, type Frame, type Locator, type Page } from "@playwright/test";
import { CONNECT_SCOPES, connectScopes, FIRST_SCOPES } from "@vaultdesk/shared/scope.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import type { Desk } from "./browser.ts";
import { MAYA, MAYA_MAIL } from "./fixture.ts";
import {
  ask,
  connectGoogle,
  draftReplyByMenu,
  messageIds,
  openGmail,
  openPanel,
  openThread,
  press,
  signIn,
  threadNamed,
} from "./journey.ts";

export interface Ready {
  page: Page;
  panel: Frame;
  threadId: string;
}

/** Signed in, the NDA thread open, Google connected on an earlier day: a Connect by hand is a journey of its own. */
export async function ready(
  world: World,
  desk: Desk,
  { until = "ask", scopes = FIRST_SCOPES }: { until?: string; scopes?: readonly string[] } = {},
): Promise<Ready> {
  world.auth0.vault.connect({
    sub: MAYA,
    connection: "google-oauth2",
    email: MAYA_MAIL,
    scopes: connectScopes([], scopes),
  });
  const here = await signedIn(world, desk);
  await here.panel.getByTestId(until).waitFor();
  return here;
}

/** The same with every permission granted: the first Connect asks for reading and drafts alone. */
export function readyWithAll(world: World, desk: Desk): Promise<Ready> {
  return ready(world, desk, { scopes: CONNECT_SCOPES });
}

/** The same with Google connected by hand. */
export async function readyByHand(world: World, desk: Desk): Promise<Ready> {
  const here = await signedIn(world, desk);
  await connectGoogle(desk.context, here.panel);
  return here;
}

/** Somebody else beside their own copy of the NDA thread, in a browser of theirs. `index`: of their mailbox on the Gmail page. */
export async function colleague(
  world: World,
  { context }: Desk,
  { sub, email, index }: { sub: string; email: string; index: number },
): Promise<{ page: Page; panel: Frame }> {
  const page = await context.newPage();
  await page.goto(`https://mail.google.com/mail/u/${index}/`);
  await openThread(page, threadNamed(world, email, "NDA markup"));
  const panel = await openPanel(context, page);
  await signIn(context, panel, sub);
  return { page, panel };
}

async function signedIn(world: World, desk: Desk): Promise<Ready> {
  const threadId = threadNamed(world, MAYA_MAIL, "NDA markup");
  const page = await openGmail(desk.context, threadId);
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  return { page, panel, threadId };
}

/** Right-click on its last message, draft, ask the phone. */
export async function askPhoneForReply(world: World, desk: Desk, { page, threadId }: Ready) {
  const last = messageIds(world, MAYA_MAIL, threadId).at(-1) ?? "";
  const panel = await draftReplyByMenu(desk.context, page, last);
  const draft = panel.getByTestId("draft-card").last();
  await expect(draft).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByTestId("stop")).toBeHidden();
  await press(draft.getByTestId("ask-phone"));
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  const code = (await approval.getByTestId("approval-code").innerText()).trim();
  return { panel, draft, approval, code };
}

/** Drafts a new mail for each of these, in one conversation, and gives their cards back. */
export async function draftMails(
  panel: Frame,
  mails: readonly { to: string; subject: string; text: string }[],
): Promise<Locator[]> {
  const before = await panel.getByTestId("draft-card").count();
  for (const { to, subject, text } of mails) {
    await ask(panel, `Write to ${to}: subject ${subject}: ${text}`);
  }
  const cards = panel.getByTestId("draft-card");
  await expect(cards).toHaveCount(before + mails.length);
  return mails.map((_, index) => cards.nth(before + index));
}

/** Asks and withdraws until the phone takes no more this minute; gives back the request that waits for a slot, and how many rang. */
export async function fillPhone(panel: Frame, draft: Locator) {
  for (let rang = 0; rang < 9; rang += 1) {
    const count = await panel.getByTestId("approval-card").count();
    await press(draft.getByTestId("ask-phone"));
    const approval = panel.getByTestId("approval-card").nth(count);
    const rings = approval.and(panel.locator("[data-state=waiting]"));
    const queued = approval.getByTestId("slot");
    await expect(rings.or(queued)).toBeVisible();
    if (await queued.isVisible()) return { approval, rang };
    await press(approval.getByTestId("cancel-request"));
    await expect(approval).toHaveAttribute("data-state", "cancelled");
  }
  throw new Error("the phone took nine requests in a minute");
}

/** Opens one of the header menu's entries. */
export async function menu(panel: Frame, entry: string): Promise<void> {
  await panel.getByTestId("menu").click();
  await panel.getByTestId(`menu-${entry}`).click();
}
