/** The tenant that VaultDesk needs, written down, for all who need one that is ready: four clients, three APIs, their grants, one connection. */
import { ACCOUNT_SCOPES, bareClient, emptyTenant, myAccountApi } from "./empty-tenant.ts";
import { CIBA_GRANT, NewApi, VAULT_GRANT } from "./tenant-rows.ts";
import { API_AUDIENCE, CLIENT, DETAILS_TYPE, type Tenant } from "./tenant.ts";

const GMAIL = "https://www.googleapis.com/auth/gmail.";

export function describeTenant(options: {
  issuer: string;
  extensionId: string;
  leewaySeconds: number;
  tokenSeconds: number;
}): Tenant {
  const tenant = emptyTenant(options.issuer);
  const { me } = tenant;
  const redirect = `https://${options.extensionId}.chromiumapp.org/`;
  const origin = `chrome-extension://${options.extensionId}`;
  return {
    ...tenant,
    clients: [
      bareClient(CLIENT.extension, {
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
            { audience: me, scope: ACCOUNT_SCOPES },
          ],
        },
      }),
      bareClient(CLIENT.vault, {
        name: "VaultDesk Vault Client",
        app_type: "resource_server",
        grant_types: [VAULT_GRANT],
        resource_server_identifier: API_AUDIENCE,
      }),
      bareClient(CLIENT.approvals, {
        name: "VaultDesk Approvals",
        app_type: "regular_web",
        grant_types: [CIBA_GRANT],
        async_approval_notification_channels: ["guardian-push"],
      }),
      ...tenant.clients.filter((one) => one.client_id === CLIENT.management),
    ],
    apis: [
      {
        ...NewApi.parse({
          identifier: API_AUDIENCE,
          name: "VaultDesk API",
          allow_offline_access: true,
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
        }),
        id: "rs_api",
        is_system: false,
      },
      { ...myAccountApi(tenant), skip_consent_for_verifiable_first_party_clients: true },
      ...tenant.apis,
    ],
    grants: [
      {
        id: "cgr_me",
        client_id: CLIENT.extension,
        audience: me,
        subject_type: "user",
        scope: ACCOUNT_SCOPES,
      },
      ...tenant.grants,
    ],
    connections: tenant.connections.map((one) => ({
      ...one,
      enabled_clients: [CLIENT.extension],
      connected_accounts: { active: true },
      options: {
        client_id: "northgate.apps.googleusercontent.com",
        client_secret: "google-secret-google-secret",
        email: true,
        profile: true,
        offline_access: true,
        scope: ["openid", "email", "profile", `${GMAIL}readonly`, `${GMAIL}compose`],
      },
    })),
    guardian: { ...tenant.guardian, factors: ["push-notification"] },
  };
}
