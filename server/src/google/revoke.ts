/**
 * Takes the whole grant back at Google, not only the token: Auth0's own removal of a connected account leaves it standing there.
 * Source: developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke.
 */
import { TIMEOUT_MS } from "./call.ts";

/** Whether Google has no such grant any more. */
export async function revokeAtGoogle(url: string, accessToken: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ token: accessToken }),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // 400 is a token that Google does not know: it was revoked before.
    return response.ok || response.status === 400;
  } catch {
    return false;
  }
}
