/** The pages without a choice: a request that cannot be sent back anywhere, and logout on its way. */
import { html, raw } from "hono/html";

import { page } from "./page.ts";

export async function errorPage(error: string, description: string): Promise<string> {
  const body = html`<h1>Oops, something went wrong</h1>
    <p>${error}: ${description}</p>`;
  return String(await page("Something went wrong", body));
}

/** Auth0 asks nothing: the form goes off by itself. `form` is oidc-provider's own, with its forgery token. */
export async function logoutPage(form: string): Promise<string> {
  const body = html`<h1>Logging out</h1>
    ${raw(form)}
    <input type="hidden" form="op.logoutForm" name="logout" value="yes" />
    ${raw("<script>document.forms[0].submit()</script>")}`;
  return String(await page("Logging out", body));
}
