/** Whether Google's addresses are reached from here, and are Google's. Asks without a token, so it must be refused. */
import { z } from "zod";

import type { Config } from "../config.ts";
import { type Check, fail, ok } from "./finding.ts";
import { reach } from "./reach.ts";

const Refused = z.object({ error: z.object({ code: z.literal(401) }) });

export function googleReach({ gmailRootUrl, calendarRootUrl, googleRevokeUrl }: Config): Check[] {
  return [
    api("google.gmail", "GMAIL_ROOT_URL", new URL("gmail/v1/users/me/profile", gmailRootUrl)),
    api(
      "google.calendar",
      "CALENDAR_ROOT_URL",
      new URL("calendar/v3/users/me/calendarList", calendarRootUrl),
    ),
    revoke(googleRevokeUrl),
  ];
}

function api(id: string, key: string, url: URL): Check {
  const why = "Mail or calendar can't be read, and nothing approved can be done.";
  return {
    id,
    async look(signal) {
      const asked = await reach(url, { signal });
      if (!asked.ok) {
        const { what, mend } = asked.unreachable;
        return [fail(id, { what: `${url.host} ${what}.`, why, mend })];
      }
      if (Refused.safeParse(asked.answer.body).success) {
        return [ok(id, `${url.host} answers, and lets nobody in without a token.`)];
      }
      return [
        fail(id, {
          what: `${url.host} does not answer as Google's API does (${asked.answer.status}).`,
          why,
          mend: `Unset ${key} to use Google's own address, and look for a proxy that answers in its place.`,
        }),
      ];
    },
  };
}

function revoke(address: string): Check {
  const id = "google.revoke";
  const { host } = new URL(address);
  const why = "A person who disconnects keeps VaultDesk among the apps of their Google account.";
  return {
    id,
    async look(signal) {
      // RFC 7009 2.2: without a token it is an error of the client.
      const asked = await reach(address, { method: "POST", signal });
      if (!asked.ok) {
        const { what, mend } = asked.unreachable;
        return [fail(id, { what: `${host} ${what}.`, why, mend })];
      }
      if (asked.answer.status >= 400 && asked.answer.status < 404)
        return [ok(id, `${host} answers.`)];
      return [
        fail(id, {
          what: `${host} does not answer as Google's revocation does (${asked.answer.status}).`,
          why,
          mend: "Unset GOOGLE_REVOKE_URL to use Google's own address.",
        }),
      ];
    },
  };
}
