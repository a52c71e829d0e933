/** What can be wrong with VaultDesk's API and with My Account. */
import { DETAILS_TYPE } from "../approvals/details.ts";
import { type ApiCheck, setting } from "./check.ts";
import type { FoundApi, FoundGrant } from "./found.ts";
import { ACCOUNT_SCOPES, API_SCOPES, myAccountOf } from "./installation.ts";

const userPolicy = (api: FoundApi) => api.subject_type_authorization?.user?.policy ?? "allow_all";
const machinePolicy = (api: FoundApi) => api.subject_type_authorization?.client?.policy;

export const API_CHECKS: readonly ApiCheck[] = [
  {
    id: "api.offline",
    wrong: (api) => api.allow_offline_access !== true,
    what: "The API does not allow offline access.",
    why: "The extension gets no refresh token: sign-in ends within the hour, and Google can't be connected.",
    mend: setting("Allow Offline Access on the API"),
  },
  {
    id: "api.signing",
    wrong: (api) => api.signing_alg !== "RS256",
    what: "The API's tokens are not signed with RS256.",
    why: "The server takes no other signature: every request is answered with 401.",
    mend: setting("Signing Algorithm of the API, RS256"),
  },
  {
    id: "api.scopes",
    wrong: (api) => !API_SCOPES.every((scope) => api.scopes.some((one) => one.value === scope)),
    what: `The API lacks a scope; it needs ${API_SCOPES.join(" and ")}.`,
    why: "Without the first nobody can ask anything, without the second no phone can approve.",
    mend: setting("Permissions of the API"),
  },
  {
    id: "api.details",
    wrong: (api) => !api.authorization_details.some((one) => one.type === DETAILS_TYPE),
    what: "The API does not know VaultDesk's authorization details.",
    why: "Auth0 refuses every request to a phone, or the phone shows nothing of what is approved.",
    mend: setting(`Rich Authorization Requests of the API, type ${DETAILS_TYPE}`),
  },
  {
    id: "api.users",
    wrong: (api, { found, installation }) =>
      userPolicy(api) === "deny_all" ||
      (userPolicy(api) === "require_client_grant" &&
        found.grants.filter(
          (one) => one.audience === installation.audience && one.subject_type === "user",
        ).length < 2),
    what: "The API's access policy keeps users' tokens from VaultDesk's applications.",
    why: "Sign-in or requests to the phone end with 'is not authorized to access resource server'.",
    mend: setting("Application Access of the API, for user access"),
  },
  {
    id: "api.machines",
    warns: true,
    wrong: (api) => machinePolicy(api) !== "deny_all",
    what: "Machine-to-machine applications can get tokens for the API.",
    why: "The server refuses them by their client id, so this is a second lock that stands open.",
    mend: setting("Application Access of the API, for client access: Deny"),
  },
  {
    id: "api.consent",
    wrong: (api) => api.skip_consent_for_verifiable_first_party_clients !== true,
    what: "The API does not skip consent for first-party applications.",
    why: "One refresh token can't serve this API and My Account: Google can't be connected.",
    mend: setting("Allow Skipping User Consent on the API"),
  },
  {
    id: "api.consent-policy",
    wrong: (api) => (api.consent_policy ?? null) !== null && api.consent_policy !== "standard",
    what: "The API asks for transactional authorization with MFA.",
    why: "Auth0 does not support that with requests to a phone: every one is refused.",
    mend: setting("consent_policy of the API, none"),
  },
  {
    id: "api.encryption",
    wrong: (api) => (api.token_encryption ?? null) !== null,
    what: "The API's tokens are encrypted.",
    why: "The server can't read them: every request is answered with 401.",
    mend: setting("Token Encryption of the API, off"),
  },
  {
    id: "api.dialect",
    wrong: (api) => (api.token_dialect ?? "access_token").startsWith("rfc9068"),
    what: "The API's tokens follow RFC 9068.",
    why: "They name their application as client_id and not as azp, by which the server tells the panel from the phone: every request is answered with 401.",
    mend: setting("Token Dialect of the API, access_token"),
  },
  {
    id: "api.binding",
    wrong: (api) => api.proof_of_possession?.required === true,
    what: "The API asks for sender-constrained tokens.",
    why: "The extension brings bearer tokens: it gets none.",
    mend: setting("Sender Constraining of the API, off"),
  },
  {
    id: "api.lifetime",
    warns: true,
    wrong: (api) => (api.token_lifetime ?? 86_400) > 3600,
    what: "Tokens for the API live longer than an hour.",
    why: "A token can't be called back: a stolen one is good until it ends.",
    mend: setting("Access Token Lifetime of the API, 3600"),
  },
  {
    id: "api.lifetime-short",
    warns: true,
    wrong: (api) => (api.token_lifetime ?? 86_400) < 300,
    what: "Tokens for the API live less than five minutes.",
    why: "A yes may come after the token that asked is over: Token Vault then lends nothing.",
    mend: setting("Access Token Lifetime of the API, 3600"),
  },
  {
    id: "api.rbac",
    warns: true,
    wrong: (api) => api.enforce_policies === true,
    what: "The API gives scopes by role.",
    why: `Only people whose role holds ${API_SCOPES.join(" and ")} can use VaultDesk.`,
    mend: "If that is meant, give the role to everybody who shall; else turn off Enable RBAC on the API.",
  },
];

const mine = (grants: readonly FoundGrant[], clientId: string | undefined, audience: string) =>
  grants.filter((one) => one.client_id === clientId && one.audience === audience);

/** `clientId` is the extension's. */
export const myAccountChecks = (clientId: string | undefined): readonly ApiCheck[] => [
  {
    id: "my-account.consent",
    wrong: (api) => api.skip_consent_for_verifiable_first_party_clients !== true,
    what: "My Account does not skip consent for first-party applications.",
    why: "The extension's refresh token gives no token for it: Google can't be connected.",
    mend: setting("Allow Skipping User Consent on My Account"),
  },
  {
    id: "my-account.grant",
    wrong: (api, { found }) =>
      !mine(found.grants, clientId, api.identifier).some((one) => one.subject_type === "user"),
    what: "The extension has no grant for My Account, or one for machines instead of users.",
    why: "Nobody can connect Google or enrol a phone.",
    mend: setting("My Account, Application Access, user access for VaultDesk Extension"),
  },
  {
    id: "my-account.scopes",
    wrong: (api, { found }) =>
      mine(found.grants, clientId, api.identifier).some(
        (one) =>
          one.subject_type === "user" &&
          !ACCOUNT_SCOPES.every((scope) => one.scope.includes(scope)),
      ),
    what: "The extension's grant for My Account lacks a scope.",
    why: "Connecting, disconnecting or enrolling a phone is refused.",
    mend: setting(`that grant, with ${ACCOUNT_SCOPES.join(", ")}`),
  },
];

export const hasAccountPolicy = (
  policies: readonly { audience: string; scope: readonly string[] }[],
  installation: { domain: string },
): boolean =>
  policies.some(
    (one) =>
      one.audience === myAccountOf(installation) &&
      ACCOUNT_SCOPES.every((scope) => one.scope.includes(scope)),
  );
