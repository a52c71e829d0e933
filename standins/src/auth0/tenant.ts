/**
 * The tenant as data, in the shapes of Auth0's Management API: what a set-up makes and what a doctor reads back. The authorization server
 * takes its clients, APIs and grants from here at each request, so the two cannot tell different stories.
 */
import type { ClientMetadata } from "oidc-provider";

import {
  CIBA_GRANT,
  type TenantApi,
  type TenantClient,
  type TenantConnection,
  type TenantRows,
} from "./tenant-rows.ts";

export const API_AUDIENCE = "https://api.vaultdesk.app";
export const DETAILS_TYPE = "urn:auth0:schemas:authorization-details:v1:vaultdesk-write";
export const GOOGLE = "google-oauth2";

export const CLIENT = {
  extension: "vaultdesk-extension",
  vault: "vaultdesk-vault",
  approvals: "vaultdesk-approvals",
  management: "vaultdesk-management",
} as const;

export interface Tenant extends TenantRows {
  issuer: string;
  me: string;
  management: string;
}

export function clientOf(tenant: Tenant, id: string | undefined): TenantClient | undefined {
  return tenant.clients.find((one) => one.client_id === id);
}

export function apiOf(tenant: Tenant, identifier: string | undefined): TenantApi | undefined {
  return tenant.apis.find((one) => one.identifier === identifier);
}

export function connectionOf(tenant: Tenant, name: string): TenantConnection | undefined {
  return tenant.connections.find((one) => one.name === name);
}

/** Of the Google connection; a Connect request's own scopes replace them. */
export function connectionScopes(tenant: Tenant): string[] {
  const scope = connectionOf(tenant, GOOGLE)?.options["scope"];
  return Array.isArray(scope) ? scope.map(String) : [];
}

/** The scopes a client may get for an API, or why it may not: API access policies and client grants. */
export function accessOf(
  tenant: Tenant,
  clientId: string,
  audience: string,
  subject: "user" | "client",
): { api: TenantApi; scopes: string[] } | { refused: string } {
  const api = apiOf(tenant, audience);
  if (api === undefined) return { refused: `Service not found: ${audience}` };
  const { policy } = api.subject_type_authorization[subject];
  if (policy === "allow_all") return { api, scopes: api.scopes.map((scope) => scope.value) };
  const grant = tenant.grants.find(
    (one) =>
      one.client_id === clientId && one.audience === audience && one.subject_type === subject,
  );
  return grant === undefined || policy === "deny_all"
    ? { refused: `Client "${clientId}" is not authorized to access resource server "${audience}".` }
    : { api, scopes: grant.scope };
}

/** Auth0's rules for the grants of Token Vault and CIBA: first-party, confidential, OIDC conformant. */
export function isTrusted(client: TenantClient): boolean {
  const { is_first_party: own, oidc_conformant: conformant } = client;
  return own && conformant && client.token_endpoint_auth_method !== "none";
}

/** A client as oidc-provider wants it. */
export function providerClient(client: TenantClient): ClientMetadata {
  const codes = client.grant_types.includes("authorization_code") && client.callbacks.length > 0;
  const secret = client.token_endpoint_auth_method !== "none";
  return {
    client_id: client.client_id,
    client_name: client.name,
    application_type: "web",
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    grant_types: client.grant_types.filter(
      (type) => type !== "implicit" && (type !== "authorization_code" || codes),
    ),
    response_types: codes ? ["code"] : [],
    redirect_uris: client.callbacks,
    post_logout_redirect_uris: client.allowed_logout_urls,
    ...(secret ? { client_secret: client.client_secret } : {}),
    ...(client.grant_types.includes(CIBA_GRANT)
      ? { backchannel_token_delivery_mode: "poll", authorization_details_types: [DETAILS_TYPE] }
      : { authorization_details_types: [] }),
  };
}
