/** Makes the page that holds the session, once. */
import { browser } from "wxt/browser";

export async function ensureOffscreen(): Promise<void> {
  await navigator.locks.request("offscreen", async () => {
    if (await browser.offscreen.hasDocument()) return;
    await browser.offscreen.createDocument({
      url: "offscreen.html",
      reasons: ["LOCAL_STORAGE"],
      justification:
        "Keeps the sign-in where Gmail's page and blocked third-party storage can't reach it.",
    });
  });
}
