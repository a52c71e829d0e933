/** A page for an authorization request that cannot be sent back anywhere. */
import { html } from "hono/html";

import { page } from "./page.ts";

export async function errorPage(error: string, description: string): Promise<string> {
  const body = html`<h1>Oops, something went wrong</h1>
    <p>${error}: ${description}</p>`;
  return String(await page("Something went wrong", body));
}
