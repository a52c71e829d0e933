/** Says that a request has ended, where the person allowed it. No word of the mail: it stands on the lock screen. */
import { browser } from "wxt/browser";

export async function notifyEnded(): Promise<void> {
  if (!(await browser.permissions.contains({ permissions: ["notifications"] }))) return;
  await browser.notifications.create("request-ended", {
    type: "basic",
    iconUrl: browser.runtime.getURL("/icon/128.png"),
    title: "VaultDesk",
    message: "A request to your phone has ended. Open the panel to see how.",
  });
}
