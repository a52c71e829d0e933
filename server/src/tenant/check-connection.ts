/** What can be wrong with the Google connection. */
import { type ConnectionCheck, setting } from "./check.ts";
import { GOOGLE } from "./installation.ts";

const wide = (scope: unknown): boolean =>
  typeof scope === "string" && /auth\/(gmail|calendar)|mail\.google\.com/.test(scope);

export const CONNECTION_CHECKS: readonly ConnectionCheck[] = [
  {
    id: "google.keys",
    wrong: ({ options }) => (options["client_id"] ?? "") === "",
    what: "The Google connection runs on Auth0's development keys.",
    why: "Token Vault gets no refresh token: after Connect, mail can't be read.",
    mend: "Make an OAuth client in Google Cloud and run `pnpm vaultdesk setup auth0` with GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.",
  },
  {
    id: "google.connected-accounts",
    wrong: (connection) => connection.connected_accounts?.active !== true,
    what: "The Google connection is not for connected accounts.",
    why: "Connect Google fails: only it fills Token Vault, a login never does.",
    mend: setting("Purpose of the connection, Authentication and Connected Accounts"),
  },
  {
    id: "google.authentication",
    wrong: (connection) => connection.authentication?.active === false,
    what: "The Google connection is not for authentication.",
    why: "Nobody can sign in with Google.",
    mend: setting("Purpose of the connection, Authentication and Connected Accounts"),
  },
  {
    id: "google.offline",
    wrong: ({ options }) => options["offline_access"] !== true,
    what: "The Google connection does not ask for offline access.",
    why: "Google gives no refresh token: an hour after Connect, mail can't be read.",
    mend: setting("Offline Access of the connection"),
  },
  {
    id: "google.approval-prompt",
    wrong: ({ options }) =>
      JSON.stringify(options["upstream_params"] ?? {}).includes("approval_prompt"),
    what: "The Google connection sends approval_prompt.",
    why: "Google answers Connect with 'Conflict params: approval_prompt and prompt'.",
    mend: setting("upstream_params of the connection, without approval_prompt"),
  },
  {
    id: "google.login-scopes",
    warns: true,
    wrong: ({ options }) => Array.isArray(options["scope"]) && options["scope"].some(wide),
    what: "The Google connection asks for mail or calendar at sign-in already.",
    why: "Whoever signs in to any application through it is asked; VaultDesk asks when Google is connected.",
    mend: `In the dashboard, at ${GOOGLE}: leave Basic Profile only.`,
  },
];
