/** The sign-in window. Gives back the address that Auth0 sent it to, or nothing when the person closed it. */
import { browser } from "wxt/browser";

export async function launch(
  url: string,
  interactive: boolean,
): Promise<{ back: string | undefined }> {
  try {
    return { back: await browser.identity.launchWebAuthFlow({ url, interactive }) };
  } catch {
    return { back: undefined };
  }
}
