/** Opens, closes or toggles the panel inside a Gmail tab. False where there is no Gmail page to hold it. */
import { z } from "zod";

import type { Show } from "../messages/gmail-protocol.ts";
import { askGmail } from "../messages/send.ts";

const Shown = z.object({ open: z.boolean() });

export async function showPanel(tabId: number, show: Show): Promise<boolean> {
  return (await askGmail(tabId, { type: "gmail.panel", show }, Shown)) !== undefined;
}
