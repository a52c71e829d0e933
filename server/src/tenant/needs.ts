/** What only a person can do for a tenant, with the page where it is done. Pure. */
import { SCOPES } from "@vaultdesk/shared/scope.ts";

import { type Found, myAccountIn } from "./found.ts";
import { dashboardPage, type Installation, myAccountOf } from "./installation.ts";

export interface Need {
  id: string;
  what: string;
  why: string;
  act: string;
  page: string;
}

/** What the tenant shows to be missing: set-up waits until it is there. */
export function needsOf(found: Found, installation: Installation): Need[] {
  const { domain, google } = installation;
  const needs: Need[] = [];
  if (myAccountIn(found, installation) === undefined) {
    needs.push({
      id: "my-account",
      what: "My Account is not activated.",
      why: "Without it nobody can connect Google or enrol a phone.",
      act: "Open the APIs of the tenant and press Activate on the banner of My Account.",
      page: dashboardPage(domain, "apis"),
    });
  }
  if (found.connection?.options["client_id"] === undefined && google === undefined) {
    needs.push({
      id: "google.keys",
      what: "The Google connection has no keys of its own.",
      why: "Token Vault can't use Auth0's development keys.",
      act: `Make an OAuth client of the type Web application with the redirect URI https://${domain}/login/callback; give its id and secret to the connection, or to this command as GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.`,
      page: "https://console.cloud.google.com/apis/credentials",
    });
  }
  if (found.mfaPolicies.includes("all-applications")) {
    needs.push({
      id: "mfa.always",
      what: "The MFA policy of the tenant is Always.",
      why: "Token Vault then refuses every exchange. It is about all applications of the tenant, so it is left to you.",
      act: "Set Require Multi-factor Auth to Never, and ask for it in a post-login Action where you want it.",
      page: dashboardPage(domain, "security/mfa"),
    });
  }
  return needs;
}

/** Asked for and not there afterwards. */
export function notKept(titles: readonly string[], installation: Installation): Need {
  return {
    id: "not-kept",
    what: `Auth0 took the request and does not show it: ${titles.join("; ")}.`,
    why: "Nothing that rests on it works.",
    act: "Make it by hand: on the API's page, Application Access, for user access.",
    page: dashboardPage(installation.domain, "apis"),
  };
}

/** What no program can see in the tenant: to be looked at once. */
export function unseen(installation: Installation): Need[] {
  const { domain } = installation;
  return [
    {
      id: "google.consent",
      what: "Google's consent screen",
      why: "In status Testing every connection ends after seven days.",
      act: `Enable the Gmail and the Calendar API, allow these scopes, publish the screen: ${SCOPES.map((fact) => fact.scope.split("/").at(-1)).join(", ")}.`,
      page: "https://console.cloud.google.com/auth/audience",
    },
    {
      id: "plan",
      what: "The plan",
      why: "Pushes to a phone (CIBA) and Token Vault are not in every plan of Auth0.",
      act: "Look whether both are in yours.",
      page: dashboardPage(domain, "tenant/subscription"),
    },
    {
      id: "my-account.mfa",
      what: "My Account's own MFA",
      why: "With it, connecting Google fails a quarter of an hour after the last challenge.",
      act: `Turn off "Require 2FA" for ${myAccountOf(installation)}.`,
      page: dashboardPage(domain, "apis"),
    },
  ];
}
