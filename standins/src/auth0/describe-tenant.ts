/** The tenant that VaultDesk needs, written down: four clients, three APIs, their grants, one connection. */
import { METHOD_SCOPES } from "./authentication-methods.ts";
import {
  API_AUDIENCE,
  CIBA_GRANT,
  CLIENT,
  DETAILS_TYPE,
  GOOGLE,
  type Tenant,
  VAULT_GRANT,
} from "./tenant.ts";

const GMAIL = "https://www.googleapis.com/auth/gmail.";
const ACCOUNT = [
  ...["create", "read", "delete"].map((verb) => `${verb}:me:connected_accounts`),
  ...METHOD_SCOPES,
];
const READS = [
  "users",
  "clients",
  "client_keys",
  "resource_servers",
  "connections",
  "client_grants",
  "guardian_factors",
  "guardian_enrollments",
  "mfa_policies",
].map((what) => `read:${what}`);

const scopes = (values: readonly string[]) =>
  values.map((value) => ({ value, description: value }));

export function describeTenant(options: {
  issuer: string;
  extensionId: string;
  leewaySeconds: number;
  tokenSeconds: number;
}): Tenant {
  const { issuer } = options;
  const me = `${issuer}me/`;
  const management = `${issuer}api/v2/`;
  const redirect = `https://${options.extensionId}.chromiumapp.org/`;
  const origin = `chrome-extension://${options.extensionId}`;
  const connectionScopes = ["openid", "email", "profile", `${GMAIL}readonly`, `${GMAIL}compose`];
  const bare = { callbacks: [], allowed_logout_urls: [], allowed_origins: [], web_origins: [] };
  const system = { is_system: true, signing_alg: "RS256", allow_offline_access: false } as const;
  return {
    issuer,
    me,
    management,
    connectionScopes,
    clients: [
      {
        client_id: CLIENT.extension,
        name: "VaultDesk Extension",
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
          leeway: options.leewaySeconds,
          token_lifetime: 2_592_000,
          infinite_token_lifetime: false,
          policies: [
            { audience: API_AUDIENCE, scope: ["agent:use"] },
            { audience: me, scope: ACCOUNT },
          ],
        },
      },
      {
        ...bare,
        client_id: CLIENT.vault,
        name: "VaultDesk Vault Client",
        app_type: "resource_server",
        token_endpoint_auth_method: "client_secret_post",
        grant_types: [VAULT_GRANT],
        resource_server_identifier: API_AUDIENCE,
      },
      {
        ...bare,
        client_id: CLIENT.approvals,
        name: "VaultDesk Approvals",
        app_type: "regular_web",
        token_endpoint_auth_method: "client_secret_post",
        grant_types: [CIBA_GRANT],
        async_approval_notification_channels: ["guardian-push"],
      },
      {
        ...bare,
        client_id: CLIENT.management,
        name: "VaultDesk Set-up",
        app_type: "non_interactive",
        token_endpoint_auth_method: "client_secret_post",
        grant_types: ["client_credentials"],
      },
    ],
    apis: [
      {
        id: "rs_api",
        identifier: API_AUDIENCE,
        name: "VaultDesk API",
        is_system: false,
        signing_alg: "RS256",
        allow_offline_access: true,
        skip_consent_for_verifiable_first_party_clients: true,
        token_lifetime: options.tokenSeconds,
        scopes: [
          { value: "agent:use", description: "Use the agent" },
          { value: "write:approve", description: "Approve a write" },
        ],
        authorization_details: [{ type: DETAILS_TYPE }],
        subject_type_authorization: {
          user: { policy: "allow_all" },
          client: { policy: "deny_all" },
        },
      },
      {
        ...system,
        id: "rs_me",
        identifier: me,
        name: "Auth0 My Account API",
        skip_consent_for_verifiable_first_party_clients: true,
        token_lifetime: 86_400,
        scopes: scopes(ACCOUNT),
        subject_type_authorization: {
          user: { policy: "require_client_grant" },
          client: { policy: "deny_all" },
        },
      },
      {
        ...system,
        id: "rs_management",
        identifier: management,
        name: "Auth0 Management API",
        skip_consent_for_verifiable_first_party_clients: false,
        token_lifetime: 86_400,
        scopes: scopes(READS),
        subject_type_authorization: {
          user: { policy: "require_client_grant" },
          client: { policy: "require_client_grant" },
        },
      },
    ],
    grants: [
      {
        id: "cgr_me",
        client_id: CLIENT.extension,
        audience: me,
        subject_type: "user",
        scope: ACCOUNT,
      },
      {
        id: "cgr_management",
        client_id: CLIENT.management,
        audience: management,
        subject_type: "client",
        scope: READS,
      },
    ],
    connections: [
      {
        id: "con_google",
        name: GOOGLE,
        strategy: GOOGLE,
        enabled_clients: [CLIENT.extension],
        authentication: { active: true },
        connected_accounts: { active: true },
        options: {
          email: true,
          profile: true,
          offline_access: true,
          scope: connectionScopes,
        },
      },
    ],
  };
}
