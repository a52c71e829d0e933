/**
 * The tenant as data, in the shapes of Auth0's Management API: what a set-up script would have made and what a doctor reads back.
 * The authorization server takes its clients, APIs and grants from here, so the two cannot tell different stories.
 */
import type { ClientMetadata } from "oidc-provider";

export const API_AUDIENCE = "https://api.vaultdesk.app";
export const DETAILS_TYPE = "urn:auth0:schemas:authorization-details:v1:vaultdesk-write";
export const CIBA_GRANT = "urn:openid:params:grant-type:ciba";
export const VAULT_GRANT =
  "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token";
export const GOOGLE = "google-oauth2";

export const CLIENT = {
  extension: "vaultdesk-extension",
  vault: "vaultdesk-vault",
  approvals: "vaultdesk-approvals",
  management: "vaultdesk-management",
} as const;

export interface TenantClient {
  client_id: string;
  name: string;
  app_type: "spa" | "resource_server" | "regular_web" | "non_interactive";
  token_endpoint_auth_method: "none" | "client_secret_post";
  grant_types: string[];
  callbacks: string[];
  allowed_logout_urls: string[];
  allowed_origins: string[];
  web_origins: string[];
  resource_server_identifier?: string;
  async_approval_notification_channels?: string[];
  refresh_token?: {
    rotation_type: "rotating";
    expiration_type: "expiring";
    leeway: number;
    token_lifetime: number;
    infinite_token_lifetime: boolean;
    policies: { audience: string; scope: string[] }[];
  };
}

export interface TenantApi {
  id: string;
  identifier: string;
  name: string;
  is_system: boolean;
  signing_alg: "RS256";
  allow_offline_access: boolean;
  skip_consent_for_verifiable_first_party_clients: boolean;
  token_lifetime: number;
  scopes: { value: string; description: string }[];
  authorization_details?: { type: string }[];
  subject_type_authorization: {
    user: { policy: "allow_all" | "require_client_grant" };
    client: { policy: "deny_all" | "require_client_grant" };
  };
}

export interface TenantGrant {
  id: string;
  client_id: string;
  audience: string;
  subject_type: "user" | "client";
  scope: string[];
}

export interface Tenant {
  issuer: string;
  me: string;
  management: string;
  clients: TenantClient[];
  apis: TenantApi[];
  grants: TenantGrant[];
  connections: readonly object[];
  /** Of the Google connection; a Connect request's own scopes replace them. */
  connectionScopes: readonly string[];
}

const GMAIL = "https://www.googleapis.com/auth/gmail.";
const CONNECTED = ["create", "read", "delete"].map((verb) => `${verb}:me:connected_accounts`);
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
            { audience: me, scope: CONNECTED },
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
        scopes: scopes(CONNECTED),
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
        scope: CONNECTED,
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

/** The scopes a client may get for an API, or why it may not: API access policies and client grants. */
export function accessOf(
  tenant: Tenant,
  clientId: string,
  audience: string,
  subject: "user" | "client",
): { api: TenantApi; scopes: string[] } | { refused: string } {
  const api = tenant.apis.find((one) => one.identifier === audience);
  if (api === undefined) return { refused: `Service not found: ${audience}` };
  if (api.subject_type_authorization[subject].policy === "allow_all") {
    return { api, scopes: api.scopes.map((scope) => scope.value) };
  }
  const grant = tenant.grants.find(
    (one) =>
      one.client_id === clientId && one.audience === audience && one.subject_type === subject,
  );
  return grant === undefined
    ? { refused: `Client "${clientId}" is not authorized to access resource server "${audience}".` }
    : { api, scopes: grant.scope };
}

/** The same clients as oidc-provider wants them. */
export function providerClients(
  tenant: Tenant,
  secrets: ReadonlyMap<string, string>,
): ClientMetadata[] {
  return tenant.clients.map((client) => {
    const secret = secrets.get(client.client_id);
    return {
      client_id: client.client_id,
      client_name: client.name,
      application_type: "web",
      token_endpoint_auth_method: client.token_endpoint_auth_method,
      grant_types: client.grant_types,
      response_types: client.grant_types.includes("authorization_code") ? ["code"] : [],
      redirect_uris: client.callbacks,
      post_logout_redirect_uris: client.allowed_logout_urls,
      ...(client.token_endpoint_auth_method === "none" || secret === undefined
        ? {}
        : { client_secret: secret }),
      ...(client.grant_types.includes(CIBA_GRANT)
        ? {
            backchannel_token_delivery_mode: "poll",
            authorization_details_types: [DETAILS_TYPE],
          }
        : { authorization_details_types: [] }),
    };
  });
}
