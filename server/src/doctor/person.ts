import { randomBytes } from "node:crypto";
/** What only a person can show: a phone that is asked and answers, and a panel's bearer that the vault exchanges. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { SCOPES } from "@vaultdesk/shared/scope.ts";

import { createCiba } from "../approvals/ciba.ts";
import { type AuthorizationDetails, DETAILS_TYPE } from "../approvals/details.ts";
import { createAuth0Clients } from "../auth0/clients.ts";
import { principalOf, tenantKeys } from "../auth0/principal.ts";
import type { Config } from "../config.ts";
import { exchange, type VaultRefusal } from "../vault/exchange.ts";
import { type Check, fail, type Finding, ok, warn } from "./finding.ts";

const PHONE_SECONDS = 60;

/** A request that asks for nothing: its yes is a token for a digest that no action has. */
export function phoneAnswers(config: Config, sub: string, tell: (line: string) => void): Check {
  const id = "phone";
  const why = "This person can approve nothing.";
  return {
    id,
    limitMs: (PHONE_SECONDS + 30) * 1000,
    async look(signal) {
      const ciba = createCiba(createAuth0Clients(config).approvals, config.auth0);
      const code = randomBytes(3).toString("hex").toUpperCase();
      const pushed = await ciba.push({
        approver: sub,
        bindingMessage: `Doctor:${code}`,
        details: detailsOf(code),
        seconds: PHONE_SECONDS,
      });
      if (!pushed.ok) {
        return [
          fail(id, {
            what: `Auth0 did not ask the phone (${pushed.reason}${pushed.error === undefined ? "" : `, ${pushed.error}`}).`,
            why,
            mend:
              pushed.reason === "not_enrolled"
                ? "Let the person enrol their phone in the panel, under Set up; an enrolment that was not confirmed on the phone counts as none."
                : "Read the findings of the approvals client and of the tenant; five requests a minute is Auth0's limit for one person.",
          }),
        ];
      }
      tell(`The phone was asked. It shows the code ${code}: approve it there within a minute.`);
      const until = Date.now() + pushed.expiresInMs;
      while (Date.now() < until && !signal.aborted) {
        await delay(pushed.intervalMs);
        const answer = await ciba.poll(pushed.authReqId);
        switch (answer.kind) {
          case "token":
            return [ok(id, `The phone was asked (code ${code}) and its yes came back.`)];
          case "access_denied":
          case "dead":
            return [
              warn(id, {
                what: `The phone was asked (code ${code}), and the answer was no or none.`,
                why: "The way to the phone works; whether a yes comes back is not shown.",
                mend: "Run it again and approve on the phone.",
              }),
            ];
          case "slow_down":
            await delay(5000);
            break;
          case "pending":
          case "unreachable":
            break;
        }
      }
      return [
        warn(id, {
          what: `The phone was asked (code ${code}), and nobody answered within a minute.`,
          why: "Whether the push arrives is not shown.",
          mend: "See that the Guardian app may notify, and run it again.",
        }),
      ];
    },
  };
}

function shown(name: string, order: number, value: string) {
  return { display: true as const, name, display_order: order, value };
}

function detailsOf(code: string): AuthorizationDetails {
  return {
    type: DETAILS_TYPE,
    instruction: "VaultDesk's doctor asks. Nothing is sent, whatever you press.",
    properties: { code: shown("Code", 1, code), what: shown("What", 2, "Try this phone") },
  };
}

/** `file` holds an access token of a panel: for an hour of one person, so it is never an argument. */
export function vaultLends(config: Config, file: string): Check {
  const id = "vault";
  return {
    id,
    async look(signal) {
      let bearer: string;
      try {
        bearer = readFileSync(file, "utf8").trim();
      } catch {
        return [
          notLent(
            id,
            "The file of --bearer-file can't be read.",
            "Name a file that this user may read.",
          ),
        ];
      }
      const known = await principalOf(`Bearer ${bearer}`, config, tenantKeys(config));
      if (!known.ok) {
        return [
          notLent(
            id,
            `The server would not take this bearer (${known.reason}).`,
            "Take a fresh one: of the extension's client, for AUTH0_AUDIENCE, of a person who is signed in.",
          ),
        ];
      }
      const lent = await exchange(createAuth0Clients(config).vault, bearer, signal);
      if (!lent.ok)
        return [notLent(id, `Token Vault lent nothing (${lent.reason}).`, MEND[lent.reason])];
      const missing = SCOPES.filter(({ scope }) => !lent.token.scopes.includes(scope));
      if (missing.length === 0)
        return [ok(id, "Token Vault lends a Google token with every permission.")];
      return [
        warn(id, {
          what: `Token Vault lends a Google token without: ${missing.map(({ title }) => title).join("; ")}.`,
          why: "The tools that need them ask this person to connect again; the others work.",
          mend: "None needed. If nobody can grant one of them, add it to Google's consent screen.",
          page: "https://console.cloud.google.com/auth/scopes",
        }),
      ];
    },
  };
}

const MEND: Readonly<Record<VaultRefusal["reason"], string>> = {
  not_connected: "Let the person connect Google in the panel: signing in does not fill the vault.",
  reconnect:
    "Let the person connect Google again. Where it fails for everybody after a week, Google's consent screen is still in Testing.",
  throttled: "Run it again in a minute.",
  misconfigured: "Read the finding of the vault client, and the tenant's.",
  down: "Look at Auth0's status page, and run it again.",
};

function notLent(id: string, what: string, mend: string): Finding {
  return fail(id, { what, why: "Nothing of this person's mail can be read or written.", mend });
}
