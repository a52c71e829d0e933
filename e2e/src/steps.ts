/** Longer ways through the product that several tests begin with. */
import { expect, type Frame, type Page } from "@playwright/test";
import type { World } from "@vaultdesk/standins/world.ts";

import type { Desk } from "./browser.ts";
import { MAYA, MAYA_MAIL } from "./fixture.ts";
import {
  connectGoogle,
  draftReplyByMenu,
  messageIds,
  openGmail,
  openPanel,
  signIn,
  threadNamed,
} from "./journey.ts";

export interface Ready {
  page: Page;
  panel: Frame;
  threadId: string;
}

/** Signed in, connected, the NDA thread open. */
export async function ready(world: World, desk: Desk): Promise<Ready> {
  const threadId = threadNamed(world, MAYA_MAIL, "NDA markup");
  const page = await openGmail(desk.context, threadId);
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel);
  return { page, panel, threadId };
}

/** Right-click on its last message, draft, ask the phone. */
export async function askPhoneForReply(world: World, desk: Desk, { page, threadId }: Ready) {
  const last = messageIds(world, MAYA_MAIL, threadId).at(-1) ?? "";
  const panel = await draftReplyByMenu(desk.context, page, last);
  const draft = panel.getByTestId("draft-card").last();
  await expect(draft).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByTestId("stop")).toBeHidden();
  await draft.getByTestId("ask-phone").click();
  const approval = panel.getByTestId("approval-card").last();
  await expect(approval).toHaveAttribute("data-state", "waiting");
  const code = (await approval.getByTestId("approval-code").innerText()).trim();
  return { panel, draft, approval, code };
}
