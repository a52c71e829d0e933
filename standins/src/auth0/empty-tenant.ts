/**
 * A tenant on its first day, but for the application that a set-up signs in with: Auth0's Management API, the Google connection on
 * Auth0's development keys, somebody else's application. My Account is not activated, no factor is on.
 */
import { METHOD_SCOPES } from "./authentication-methods.ts";
import {
  NewApi,
  NewClient,
  NewConnection,
  type TenantApi,
  type TenantClient,
} from "./tenant-rows.ts";
import { CLIENT, GOOGLE, type Tenant } from "./tenant.ts";

export const ACCOUNT_SCOPES = [
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
const WRITES = [
  ...["clients", "resource_servers", "client_grants", "connections"].flatMap((what) =>
    ["create", "update", "delete"].map((verb) => `${verb}:${what}`),
  ),
  "update:guardian_factors",
  "update:mfa_policies",
];
const MANAGEMENT_SCOPES = [...READS, ...WRITES];

const scopes = (values: readonly string[]) =>
  values.map((value) => ({ value, description: value }));

/** What activating My Account in the dashboard makes. */
export function myAccountApi(tenant: Pick<Tenant, "me">): TenantApi {
  return {
    ...NewApi.parse({
      identifier: tenant.me,
      name: "Auth0 My Account API",
      skip_consent_for_verifiable_first_party_clients: false,
      scopes: scopes(ACCOUNT_SCOPES),
      subject_type_authorization: {
        user: { policy: "require_client_grant" },
        client: { policy: "deny_all" },
      },
    }),
    id: "rs_me",
    is_system: true,
  };
}

/** The caller gives it a secret. */
export function bareClient(id: string, body: object): TenantClient {
  const row = NewClient.parse({ oidc_conformant: true, ...body });
  return { ...row, client_id: id, client_secret: "" };
}

export function emptyTenant(issuer: string): Tenant {
  const management = `${issuer}api/v2/`;
  return {
    issuer,
    me: `${issuer}me/`,
    management,
    clients: [
      bareClient(CLIENT.management, {
        name: "VaultDesk Set-up",
        app_type: "non_interactive",
        grant_types: ["client_credentials"],
      }),
      bareClient("somebody-else", {
        name: "Expenses",
        callbacks: ["https://expenses.northgate.example/callback"],
      }),
    ],
    apis: [
      {
        ...NewApi.parse({
          identifier: management,
          name: "Auth0 Management API",
          skip_consent_for_verifiable_first_party_clients: false,
          scopes: scopes(MANAGEMENT_SCOPES),
          subject_type_authorization: {
            user: { policy: "require_client_grant" },
            client: { policy: "require_client_grant" },
          },
        }),
        id: "rs_management",
        is_system: true,
      },
    ],
    grants: [
      {
        id: "cgr_management",
        client_id: CLIENT.management,
        audience: management,
        subject_type: "client",
        scope: MANAGEMENT_SCOPES,
      },
    ],
    connections: [
      {
        ...NewConnection.parse({
          name: GOOGLE,
          strategy: GOOGLE,
          options: { email: true, profile: true, scope: ["email", "profile"] },
        }),
        id: "con_google",
        enabled_clients: ["somebody-else"],
      },
    ],
    guardian: { factors: [], provider: "guardian", policies: [] },
  };
}
