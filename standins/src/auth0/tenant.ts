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
