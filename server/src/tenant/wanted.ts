/**
 * What a tenant holds once VaultDesk can live in it, as Auth0's Management API would say it. Pure. `deploy/auth0/tenant.yaml` is the
 * same for those who keep their tenant in git.
 */
import { API_SCOPE, APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";

import { DETAILS_TYPE } from "../approvals/details.ts";
import {
  ACCOUNT_SCOPES,
  CIBA_GRANT,
  GOOGLE,
  type Installation,
  myAccountOf,
  PUSH,
  type Role,
  VAULT_GRANT,
} from "./installation.ts";

/** Properties of one thing in the tenant. */
export type Fields = Readonly<Record<string, unknown>>;

interface WantedGrant {
  role: Role;
  audience: string;
  subject_type: "user";
  scope: readonly string[];
  authorization_details_types?: readonly string[];
}

export interface Wanted {
  api: Fields & { identifier: string };
  clients: Readonly<Record<Role, Fields & { name: string }>>;
  /** Auth0's own API, which only a person can activate. */
  myAccount: Fields & { identifier: string };
  grants: readonly WantedGrant[];
  connection: Fields & { name: string; options: Fields };
  /** Who may sign in through the connection. */
  enabled: readonly Role[];
  factor: string;
  provider: string;
}

const USERS = "subject_type_authorization";
const SKIPS_CONSENT = "skip_consent_for_verifiable_first_party_clients";

/** Marks an application as a part of this installation; two of them can live in one tenant. */
export const markOf = (role: Role, { audience }: Pick<Installation, "audience">) => ({
  vaultdesk: role,
  vaultdesk_api: audience,
});

export function wantedTenant(
  installation: Installation,
  /** `activated`: a policy that names My Account before it is there is dropped in silence. `strict`: the API wants a grant for each client. */
  tenant: { activated: boolean; strict: boolean },
): Wanted {
  const { audience, google } = installation;
  const me = myAccountOf(installation);
  const account: Omit<WantedGrant, "role"> = {
    audience: me,
    subject_type: "user",
    scope: ACCOUNT_SCOPES,
  };
  return {
    api: {
      identifier: audience,
      name: "VaultDesk API",
      signing_alg: "RS256",
      allow_offline_access: true,
      [SKIPS_CONSENT]: true,
      token_lifetime: 3600,
      token_dialect: "access_token",
      token_encryption: null,
      consent_policy: null,
      proof_of_possession: null,
      scopes: [
        { value: API_SCOPE, description: "Use the assistant" },
        { value: APPROVE_SCOPE, description: "Approve one write on the phone" },
      ],
      authorization_details: [{ type: DETAILS_TYPE }],
      [USERS]: {
        user: { policy: tenant.strict ? "require_client_grant" : "allow_all" },
        client: { policy: "deny_all" },
      },
    },
    clients: wantedClients(installation, [
      { audience, scope: [API_SCOPE] },
      ...(tenant.activated ? [{ audience: me, scope: ACCOUNT_SCOPES }] : []),
    ]),
    myAccount: { identifier: me, [SKIPS_CONSENT]: true },
    grants: [
      ...(tenant.activated ? [{ ...account, role: "extension" } as const] : []),
      ...(tenant.strict ? apiGrants(audience) : []),
    ],
    connection: {
      name: GOOGLE,
      strategy: GOOGLE,
      authentication: { active: true },
      connected_accounts: { active: true },
      // A login asks who somebody is and no more: what VaultDesk may do is asked when Google is connected.
      options: {
        email: true,
        profile: true,
        offline_access: true,
        ...(google === undefined
          ? {}
          : { client_id: google.clientId, client_secret: google.clientSecret }),
      },
    },
    enabled: ["extension"],
    factor: PUSH,
    provider: "guardian",
  };
}

function wantedClients(installation: Installation, policies: readonly Fields[]): Wanted["clients"] {
  const redirect = `https://${installation.extensionId}.chromiumapp.org/`;
  const origin = `chrome-extension://${installation.extensionId}`;
  const shared = (role: Role) => ({
    is_first_party: true,
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    client_metadata: markOf(role, installation),
  });
  return {
    extension: {
      name: "VaultDesk Extension",
      ...shared("extension"),
      app_type: "spa",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      callbacks: [redirect],
      allowed_logout_urls: [redirect],
      allowed_origins: [origin],
      web_origins: [origin],
      refresh_token: {
        rotation_type: "rotating",
        expiration_type: "expiring",
        leeway: 30,
        token_lifetime: 2_592_000,
        infinite_token_lifetime: false,
        idle_token_lifetime: 1_296_000,
        infinite_idle_token_lifetime: false,
        policies,
      },
    },
    vault: {
      name: "VaultDesk Vault",
      ...shared("vault"),
      app_type: "resource_server",
      resource_server_identifier: installation.audience,
      token_endpoint_auth_method: "client_secret_post",
      grant_types: [VAULT_GRANT],
    },
    approvals: {
      name: "VaultDesk Approvals",
      ...shared("approvals"),
      app_type: "regular_web",
      token_endpoint_auth_method: "client_secret_post",
      grant_types: [CIBA_GRANT],
      async_approval_notification_channels: ["guardian-push"],
    },
  };
}

/** Where a company lets no client have an API by itself. */
function apiGrants(audience: string): WantedGrant[] {
  const grant = { audience, subject_type: "user" } as const;
  return [
    { ...grant, role: "extension", scope: [API_SCOPE] },
    {
      ...grant,
      role: "approvals",
      scope: [APPROVE_SCOPE],
      authorization_details_types: [DETAILS_TYPE],
    },
  ];
}
