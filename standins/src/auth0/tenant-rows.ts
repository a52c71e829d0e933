/**
 * The tenant's rows in the shapes of Auth0's Management API v2. The bodies that create and change them are strict: Auth0 refuses
 * properties that it does not know, and what is missing from a change can't be changed.
 * Source: the types of `auth0` 7.1, which Auth0 generates from its API description.
 */
import { z } from "zod";

const Words = z.array(z.string());
const Urls = z.array(z.url());
const Seconds = z.number().int().min(1).max(31_557_600);

export const CIBA_GRANT = "urn:openid:params:grant-type:ciba";
export const VAULT_GRANT =
  "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token";
const GrantType = z.enum([
  "authorization_code",
  "implicit",
  "refresh_token",
  "client_credentials",
  "password",
  CIBA_GRANT,
  VAULT_GRANT,
]);

const RefreshToken = z.strictObject({
  rotation_type: z.enum(["rotating", "non-rotating"]),
  expiration_type: z.enum(["expiring", "non-expiring"]),
  leeway: z.number().int().min(0).max(60).optional(),
  token_lifetime: Seconds.optional(),
  infinite_token_lifetime: z.boolean().optional(),
  idle_token_lifetime: Seconds.optional(),
  infinite_idle_token_lifetime: z.boolean().optional(),
  policies: z
    .array(z.strictObject({ audience: z.string(), scope: Words }))
    .nullable()
    .optional(),
});

const clientFields = {
  name: z
    .string()
    .min(1)
    .regex(/^[^<>]*$/, "must not hold < or >"),
  description: z.string().max(140).optional(),
  app_type: z.enum(["spa", "native", "regular_web", "non_interactive", "resource_server"]),
  is_first_party: z.boolean(),
  oidc_conformant: z.boolean(),
  token_endpoint_auth_method: z.enum(["none", "client_secret_post", "client_secret_basic"]),
  grant_types: z.array(GrantType),
  callbacks: Urls,
  allowed_logout_urls: Urls,
  allowed_origins: Urls,
  web_origins: Urls,
  jwt_configuration: z.strictObject({ alg: z.enum(["RS256", "HS256", "PS256"]) }),
  client_metadata: z.record(z.string().max(255), z.string().max(255)),
  async_approval_notification_channels: z
    .array(z.enum(["guardian-push", "email"]))
    .min(1)
    .optional(),
  refresh_token: RefreshToken.optional(),
};
const onceClient = { resource_server_identifier: z.string().optional() };
export const ClientChange = z.strictObject(clientFields).partial();
export const NewClient = z.strictObject({
  ...clientFields,
  ...onceClient,
  app_type: clientFields.app_type.default("regular_web"),
  is_first_party: z.boolean().default(true),
  oidc_conformant: z.boolean().default(false),
  token_endpoint_auth_method: clientFields.token_endpoint_auth_method.default("client_secret_post"),
  grant_types: clientFields.grant_types.default([
    "authorization_code",
    "implicit",
    "refresh_token",
    "client_credentials",
  ]),
  callbacks: Urls.default([]),
  allowed_logout_urls: Urls.default([]),
  allowed_origins: Urls.default([]),
  web_origins: Urls.default([]),
  jwt_configuration: clientFields.jwt_configuration.default({ alg: "RS256" }),
  client_metadata: clientFields.client_metadata.default({}),
});
export const TenantClient = z.object({
  ...clientFields,
  ...onceClient,
  client_id: z.string(),
  client_secret: z.string(),
});
export type TenantClient = z.infer<typeof TenantClient>;

const apiFields = {
  name: z.string().optional(),
  signing_alg: z.enum(["RS256", "HS256", "PS256"]),
  allow_offline_access: z.boolean(),
  skip_consent_for_verifiable_first_party_clients: z.boolean(),
  token_lifetime: z.number().int().min(0).max(2_592_000),
  token_dialect: z.enum([
    "access_token",
    "access_token_authz",
    "rfc9068_profile",
    "rfc9068_profile_authz",
  ]),
  enforce_policies: z.boolean(),
  token_encryption: z.strictObject({ format: z.string(), encryption_key: z.object({}) }).nullable(),
  consent_policy: z.enum(["transactional-authorization-with-mfa", "standard"]).nullable(),
  proof_of_possession: z
    .strictObject({ mechanism: z.enum(["mtls", "dpop"]), required: z.boolean() })
    .nullable(),
  scopes: z.array(z.strictObject({ value: z.string().min(1), description: z.string().optional() })),
  authorization_details: z.array(z.strictObject({ type: z.string() })).nullable(),
  subject_type_authorization: z.strictObject({
    user: z.strictObject({ policy: z.enum(["allow_all", "deny_all", "require_client_grant"]) }),
    client: z.strictObject({ policy: z.enum(["deny_all", "require_client_grant"]) }),
  }),
};
export const ApiChange = z.strictObject(apiFields).partial();
/** Of Auth0's own APIs only these can be changed. */
export const SystemApiChange = z
  .strictObject({
    token_lifetime: apiFields.token_lifetime,
    proof_of_possession: apiFields.proof_of_possession,
    skip_consent_for_verifiable_first_party_clients: z.boolean(),
    subject_type_authorization: apiFields.subject_type_authorization,
  })
  .partial();
export const NewApi = z.strictObject({
  ...apiFields,
  identifier: z.string().min(1).max(600),
  signing_alg: apiFields.signing_alg.default("RS256"),
  allow_offline_access: z.boolean().default(false),
  skip_consent_for_verifiable_first_party_clients: z.boolean().default(true),
  token_lifetime: apiFields.token_lifetime.default(86_400),
  token_dialect: apiFields.token_dialect.default("access_token"),
  enforce_policies: z.boolean().default(false),
  token_encryption: apiFields.token_encryption.default(null),
  consent_policy: apiFields.consent_policy.default(null),
  proof_of_possession: apiFields.proof_of_possession.default(null),
  scopes: apiFields.scopes.default([]),
  authorization_details: apiFields.authorization_details.default(null),
  subject_type_authorization: apiFields.subject_type_authorization.default({
    user: { policy: "allow_all" },
    client: { policy: "require_client_grant" },
  }),
});
export const TenantApi = z.object({
  ...apiFields,
  id: z.string(),
  identifier: z.string(),
  is_system: z.boolean(),
});
export type TenantApi = z.infer<typeof TenantApi>;

export const NewGrant = z.strictObject({
  client_id: z.string(),
  audience: z.string(),
  subject_type: z.enum(["user", "client"]).default("client"),
  scope: Words.default([]),
  authorization_details_types: Words.optional(),
});
export const GrantChange = z.strictObject({
  scope: Words.optional(),
  authorization_details_types: Words.optional(),
});
export const TenantGrant = z.object({ ...NewGrant.shape, id: z.string() });
export type TenantGrant = z.infer<typeof TenantGrant>;

const Purpose = z.strictObject({ active: z.boolean() });
const connectionFields = {
  options: z.record(z.string(), z.unknown()),
  authentication: Purpose,
  connected_accounts: Purpose,
};
export const ConnectionChange = z.strictObject(connectionFields).partial();
export const NewConnection = z.strictObject({
  options: connectionFields.options.default({}),
  authentication: Purpose.default({ active: true }),
  connected_accounts: Purpose.default({ active: false }),
  name: z.string().min(1).max(128),
  strategy: z.string(),
});
export const TenantConnection = z.object({
  ...connectionFields,
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  enabled_clients: Words,
});
export type TenantConnection = z.infer<typeof TenantConnection>;

export const MfaPolicies = z.array(z.enum(["all-applications", "confidence-score"]));
export const PushProvider = z.strictObject({ provider: z.enum(["guardian", "sns", "direct"]) });
export const Guardian = z.object({
  /** Factors that are on. */
  factors: Words,
  provider: PushProvider.shape.provider,
  policies: MfaPolicies,
});

/** What a tenant keeps of its own settings over a restart. */
export const TenantRows = z.object({
  clients: z.array(TenantClient),
  apis: z.array(TenantApi),
  grants: z.array(TenantGrant),
  connections: z.array(TenantConnection),
  guardian: Guardian,
});
export type TenantRows = z.infer<typeof TenantRows>;
