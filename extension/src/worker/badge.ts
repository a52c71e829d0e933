/** The number on the toolbar icon: approvals that wait. Asks again each half minute while there are some, and not otherwise. */
import { browser } from "wxt/browser";

import { messages } from "../messages/protocol.ts";
import { send } from "../messages/send.ts";
import { notifyEnded } from "./notify.ts";
import { ensureOffscreen } from "./offscreen.ts";

export const BADGE_ALARM = "open-approvals";

export async function showOpenApprovals(count: number): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: "#b06000" });
  await browser.action.setBadgeText({ text: count === 0 ? "" : String(count) });
  if (count === 0) await browser.alarms.clear(BADGE_ALARM);
  else await browser.alarms.create(BADGE_ALARM, { periodInMinutes: 0.5 });
}

export async function refreshBadge(): Promise<void> {
  await ensureOffscreen();
  const { count } = await send(messages.countApprovals, { type: "approvals.count" });
  if (count === undefined) return;
  const before = Number(await browser.action.getBadgeText({}));
  await showOpenApprovals(count);
  if (count < before) await notifyEnded();
}
