/**
 * When an update of the extension is taken. Chrome waits until all of its pages are closed, and the session page never closes: without
 * this an update would come with the next start of the browser only. It is taken as soon as no panel holds it; after four hours only what
 * was typed still does, for as long as the browser runs.
 */
import { browser } from "wxt/browser";
import { z } from "zod";

import { messages } from "../messages/protocol.ts";
import { send } from "../messages/send.ts";
import { spending } from "../session/spending.ts";

export const UPDATE_ALARM = "update";
const SINCE = "update-since";
const PATIENCE_MS = 4 * 3_600_000;
const END_MS = 5000;

/** A panel that does not hold it is silent, and so is a browser without a panel. */
async function isHeld(late: boolean): Promise<boolean> {
  try {
    return (await send(messages.updateWaits, { type: "update.waits", late })).held;
  } catch {
    return false;
  }
}

export async function updateAvailable(now: number): Promise<void> {
  const stored = await browser.storage.session.get(SINCE);
  if (stored[SINCE] === undefined) await browser.storage.session.set({ [SINCE]: now });
  await browser.alarms.create(UPDATE_ALARM, { periodInMinutes: 1 });
  await takeUpdate(now);
}

export async function takeUpdate(now: number): Promise<void> {
  const stored = await browser.storage.session.get(SINCE);
  const since = z.number().safeParse(stored[SINCE]);
  if (!since.success) {
    // The alarm has outlived the version that set it: going on would reload for ever.
    await browser.alarms.clear(UPDATE_ALARM);
    return;
  }
  if (await isHeld(now - since.data >= PATIENCE_MS)) return;
  // A refresh that is cut off has spent its token and kept no new one: the next would end the session.
  await spending(async () => {
    browser.runtime.reload();
    await new Promise((resolve) => {
      setTimeout(resolve, END_MS);
    });
  });
}
