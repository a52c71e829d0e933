/** What one installation of VaultDesk is called in a tenant, and the names that its parts share with the extension and the server. */
import { API_SCOPE, APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";

export const ROLES = ["extension", "vault", "approvals"] as const;
/** Of the three applications. */
export type Role = (typeof ROLES)[number];

export interface Installation {
  /** northgate.eu.auth0.com */
  domain: string;
  /** Identifier of the one API, for tokens of the panel and of the phone. */
  audience: string;
  extensionId: string;
  /** Of the Google Cloud project; without it the connection keeps what it has. */
  google?: { clientId: string; clientSecret: string };
  /** Applications that the server's environment names; others are known by their mark. */
  clientIds: Readonly<Partial<Record<Role, string>>>;
}

export const GOOGLE = "google-oauth2";
export const PUSH = "push-notification";
export const VAULT_GRANT =
  "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token";
export const CIBA_GRANT = "urn:openid:params:grant-type:ciba";
export const API_SCOPES: readonly string[] = [API_SCOPE, APPROVE_SCOPE];
/** What the panel does for its own person at Auth0: connect Google, enrol a phone. */
export const ACCOUNT_SCOPES: readonly string[] = [
  ...["create", "read", "delete"].map((verb) => `${verb}:me:connected_accounts`),
  ...["create", "read"].map((verb) => `${verb}:me:authentication_methods`),
];

export const myAccountOf = ({ domain }: Pick<Installation, "domain">): string =>
  `https://${domain}/me/`;

/** A page of Auth0's dashboard; of the tenant itself where its name tells the region. */
export function dashboardPage(domain: string, path: string): string {
  const [, tenant, region] = /^([a-z0-9-]+)\.([a-z]{2}(?:-\d)?)\.auth0\.com$/.exec(domain) ?? [];
  const place = tenant === undefined ? "" : `${region}/${tenant}/`;
  return `https://manage.auth0.com/dashboard/${place}${path}`;
}
