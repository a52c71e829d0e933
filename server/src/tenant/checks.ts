/**
 * Looks at a tenant that was read, and says for each thing that VaultDesk rests on whether it is sound. Pure; changes nothing. The
 * applications are those that the server's environment names, since it is these that the server uses.
 */
import { type Finding, ok } from "../doctor/finding.ts";
import { API_CHECKS, myAccountChecks } from "./check-apis.ts";
import { CLIENT_CHECKS } from "./check-clients.ts";
import { CONNECTION_CHECKS } from "./check-connection.ts";
import type { Check, Look } from "./check.ts";
import { apiIn, clientsIn, type Found, type FoundClient, isMarked, myAccountIn } from "./found.ts";
import { dashboardPage, type Installation, PUSH, type Role, ROLES } from "./installation.ts";
import { needsOf } from "./needs.ts";

export function checkTenant(found: Found, installation: Installation): Finding[] {
  const look: Look = { found, installation };
  const used = (role: Role) => usedBy(look, role);
  return [
    ...apiFindings(look),
    ...ROLES.flatMap((role) => clientFindings(look, role, used(role))),
    ...myAccountFindings(look, used("extension")?.client_id),
    ...connectionFindings(look, used("extension")?.client_id),
    ...mfaFindings(look),
  ];
}

/** The rows that are wrong, or one word for all. */
function judged<T>(
  name: string,
  subject: T,
  checks: readonly Check<T>[],
  look: Look,
  path: string,
  sound: string,
): Finding[] {
  const wrong = checks.filter((check) => check.wrong(subject, look));
  if (wrong.length === 0) return [ok(`tenant.${name}`, sound)];
  return wrong.map(({ id, warns, what, why, mend }) => ({
    id: `tenant.${id}`,
    severity: warns === true ? "warn" : "fail",
    what,
    why,
    mend,
    page: dashboardPage(look.installation.domain, path),
  }));
}

function missing(look: Look, name: string, what: string, why: string, path: string): Finding {
  return {
    id: `tenant.${name}`,
    severity: "fail",
    what,
    why,
    mend: "Run `pnpm vaultdesk setup auth0`.",
    page: dashboardPage(look.installation.domain, path),
  };
}

function apiFindings(look: Look): Finding[] {
  const { audience } = look.installation;
  const api = apiIn(look.found, look.installation);
  if (api === undefined) {
    const what = `The tenant has no API ${audience}.`;
    return [missing(look, "api", what, "Nobody can sign in: 'Service not found'.", "apis")];
  }
  return judged(
    "api",
    api,
    API_CHECKS,
    look,
    `apis/${api.id}/settings`,
    `API ${audience} is sound.`,
  );
}

function usedBy({ found, installation }: Look, role: Role): FoundClient | undefined {
  const named = installation.clientIds[role];
  return named === undefined
    ? clientsIn(found, installation, role)[0]
    : found.clients.find((one) => one.client_id === named);
}

function clientFindings(look: Look, role: Role, client: FoundClient | undefined): Finding[] {
  if (client === undefined) {
    const named = look.installation.clientIds[role];
    const what =
      named === undefined
        ? `The tenant has no application for the ${role}.`
        : `The tenant has no application ${named}, which the environment names for the ${role}.`;
    return [
      missing(
        look,
        role,
        what,
        "The server or the extension can't prove itself to Auth0.",
        "applications",
      ),
    ];
  }
  const path = `applications/${client.client_id}/settings`;
  const marked = look.found.clients.filter((one) => isMarked(one, look.installation, role));
  const twins = marked.filter((one) => one.client_id !== client.client_id);
  return [
    ...judged(
      role,
      client,
      CLIENT_CHECKS[role],
      look,
      path,
      `Application ${client.client_id} (${role}) is sound.`,
    ),
    ...(twins.length === 0 ? [] : [twinFinding(look, role, client, twins)]),
  ];
}

function twinFinding(
  look: Look,
  role: Role,
  client: FoundClient,
  twins: readonly FoundClient[],
): Finding {
  return {
    id: `tenant.${role}.twin`,
    severity: "warn",
    what: `There is another application for the ${role} beside ${client.client_id}: ${twins.map((one) => one.client_id).join(", ")}.`,
    why: "Two that may do the same are one more to lose, and set-up looks after one of them.",
    mend: "Delete the one that neither server nor extension is configured with.",
    page: dashboardPage(look.installation.domain, "applications"),
  };
}

function myAccountFindings(look: Look, extension: string | undefined): Finding[] {
  const api = myAccountIn(look.found, look.installation);
  if (api === undefined) return neededOf(look, "my-account");
  const checks = myAccountChecks(extension);
  return judged("my-account", api, checks, look, `apis/${api.id}/settings`, "My Account is sound.");
}

/** What only a person can do is told in the same words as by set-up. */
function neededOf(look: Look, needed: string): Finding[] {
  return needsOf(look.found, look.installation)
    .filter((need) => need.id === needed)
    .map(({ id, what, why, act, page }) => ({
      id: `tenant.${id}`,
      severity: "fail",
      what,
      why,
      mend: act,
      page,
    }));
}

function connectionFindings(look: Look, extension: string | undefined): Finding[] {
  const { connection, enabled } = look.found;
  const path = "connections/social";
  if (connection === undefined) {
    const why = "Nobody can sign in or connect Google.";
    return [missing(look, "google", "The tenant has no connection google-oauth2.", why, path)];
  }
  const shut: Check<unknown> = {
    id: "google.extension",
    wrong: () => !enabled.includes(extension ?? ""),
    what: "The Google connection is not enabled for the extension.",
    why: "Sign-in ends with 'no connections enabled for the client'.",
    mend: "Run `pnpm vaultdesk setup auth0`, or by hand: Applications of the connection.",
  };
  const checks = [...CONNECTION_CHECKS, shut];
  return judged("google", connection, checks, look, path, "Connection google-oauth2 is sound.");
}

const MFA_CHECKS: readonly Check<Found>[] = [
  {
    id: "mfa.push",
    wrong: ({ factors }) => !factors.includes(PUSH),
    what: "Push notifications are not among the tenant's MFA factors.",
    why: "No phone can be enrolled or asked: nothing can be sent.",
    mend: "Run `pnpm vaultdesk setup auth0`, or by hand: Multi-factor Auth, Push Notification using Auth0 Guardian.",
  },
  {
    id: "mfa.provider",
    wrong: ({ factors, pushProvider }) => factors.includes(PUSH) && pushProvider !== "guardian",
    what: "Push notifications go through another provider than Guardian.",
    why: "The Guardian app of the phones gets no request.",
    mend: "Run `pnpm vaultdesk setup auth0`, or by hand: Push Notification, Guardian.",
  },
  {
    id: "mfa.adaptive",
    warns: true,
    wrong: ({ mfaPolicies }) => mfaPolicies.includes("confidence-score"),
    what: "The tenant asks for MFA where it finds a login risky.",
    why: "Token Vault can't answer a challenge: for such a person an exchange may fail.",
    mend: "If exchanges fail with mfa_required, ask for MFA in a post-login Action instead.",
  },
];

function mfaFindings(look: Look): Finding[] {
  const always = neededOf(look, "mfa.always");
  const sound = "Push notifications go to Guardian.";
  const others = judged("mfa", look.found, MFA_CHECKS, look, "security/mfa", sound);
  return [...always, ...others];
}
