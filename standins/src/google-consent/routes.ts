/**
 * Google's consent page: choose an account, untick what shall not be granted, Continue or Cancel. Knows nothing of Auth0 but two
 * questions: what was asked, and where to go with the answer. What was not asked cannot be granted.
 */
import { Hono } from "hono";

import { errorPage } from "../auth0/error-page.ts";
import { consentPage } from "./page.ts";

export interface ConsentAsked {
  accounts: readonly { email: string; name: string }[];
  /** Without the identity scopes, which have no checkbox. */
  scopes: readonly string[];
  /** Preselected account. */
  chosen?: string;
}

export interface Consent {
  find(handle: string): ConsentAsked | undefined;
  /** undefined is Cancel. Returns where the browser goes; undefined when the request is over. */
  decide(
    handle: string,
    answer: { email: string; scopes: string[] } | undefined,
  ): string | undefined;
}

const OVER = "This request was answered or is over.";

export function consentRoutes(consent: Consent): Hono {
  return new Hono()
    .get("/consent", async (c) => {
      const handle = c.req.query("request") ?? "";
      const asked = consent.find(handle);
      if (asked === undefined) return c.html(await errorPage("invalid_request", OVER), 400);
      return c.html(consentPage(handle, asked));
    })

    .post("/consent", async (c) => {
      const form = await c.req.formData();
      const handle = c.req.query("request") ?? "";
      const asked = consent.find(handle);
      const email = form.get("account");
      const account = asked?.accounts.find((one) => one.email === email);
      if (asked === undefined || (form.get("action") === "continue" && account === undefined)) {
        return c.html(await errorPage("invalid_request", OVER), 400);
      }
      const ticked = form.getAll("scope");
      const to = consent.decide(
        handle,
        form.get("action") === "continue" && account !== undefined
          ? { email: account.email, scopes: asked.scopes.filter((scope) => ticked.includes(scope)) }
          : undefined,
      );
      if (to === undefined) return c.html(await errorPage("invalid_request", OVER), 400);
      return c.redirect(to, 303);
    });
}
