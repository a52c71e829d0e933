/** What a tenant holds, as it was read: of Auth0's answers only what VaultDesk looks at, the rest left beside it. */
import { z } from "zod";

import { type Installation, myAccountOf, type Role, ROLES } from "./installation.ts";
import { markOf } from "./wanted.ts";

const Words = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const FoundClient = z.looseObject({
  client_id: z.string(),
  name: z.string().default(""),
  client_secret: z.string().optional(),
  app_type: z.string().optional(),
  is_first_party: z.boolean().optional(),
  oidc_conformant: z.boolean().optional(),
  token_endpoint_auth_method: z.string().nullish(),
  grant_types: Words,
  callbacks: Words,
  allowed_logout_urls: Words,
  allowed_origins: Words,
  jwt_configuration: z.looseObject({ alg: z.string().optional() }).nullish(),
  client_metadata: z.record(z.string(), z.unknown()).nullish(),
  resource_server_identifier: z.string().optional(),
  async_approval_notification_channels: Words,
  refresh_token: z
    .looseObject({
      rotation_type: z.string().optional(),
      leeway: z.number().optional(),
      policies: z.array(z.looseObject({ audience: z.string(), scope: Words })).nullish(),
    })
    .nullish(),
});
export type FoundClient = z.infer<typeof FoundClient>;

const Policy = z.looseObject({ policy: z.string().optional() }).optional();
export const FoundApi = z.looseObject({
  id: z.string(),
  identifier: z.string(),
  signing_alg: z.string().optional(),
  allow_offline_access: z.boolean().optional(),
  skip_consent_for_verifiable_first_party_clients: z.boolean().optional(),
  enforce_policies: z.boolean().optional(),
  token_lifetime: z.number().optional(),
  token_dialect: z.string().optional(),
  token_encryption: z.unknown(),
  consent_policy: z.string().nullish(),
  proof_of_possession: z.looseObject({ required: z.boolean().optional() }).nullish(),
  scopes: z
    .array(z.looseObject({ value: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
  authorization_details: z
    .array(z.looseObject({ type: z.string().optional() }))
    .nullish()
    .transform((list) => list ?? []),
  subject_type_authorization: z.looseObject({ user: Policy, client: Policy }).optional(),
});
export type FoundApi = z.infer<typeof FoundApi>;

export const FoundGrant = z.looseObject({
  id: z.string(),
  client_id: z.string().optional(),
  audience: z.string(),
  subject_type: z.string().optional(),
  scope: Words,
  authorization_details_types: Words,
});
export type FoundGrant = z.infer<typeof FoundGrant>;

const Purpose = z.looseObject({ active: z.boolean().optional() }).optional();
export const FoundConnection = z.looseObject({
  id: z.string(),
  name: z.string(),
  authentication: Purpose,
  connected_accounts: Purpose,
  options: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((options) => options ?? {}),
});
export type FoundConnection = z.infer<typeof FoundConnection>;

export interface Found {
  clients: readonly FoundClient[];
  /** VaultDesk's API and My Account, as far as they are there. */
  apis: readonly FoundApi[];
  /** For those two APIs. */
  grants: readonly FoundGrant[];
  connection: FoundConnection | undefined;
  /** Client ids that may use the connection. */
  enabled: readonly string[];
  /** MFA factors that are on. */
  factors: readonly string[];
  pushProvider: string | undefined;
  mfaPolicies: readonly string[];
}

export const apiIn = (found: Found, { audience }: Installation): FoundApi | undefined =>
  found.apis.find((one) => one.identifier === audience);

export const myAccountIn = (found: Found, installation: Installation): FoundApi | undefined =>
  found.apis.find((one) => one.identifier === myAccountOf(installation));

/** All that could be this application, the likeliest first: it bears the mark, or the environment names it. */
export function clientsIn(
  found: Found,
  installation: Installation,
  role: Role,
): readonly FoundClient[] {
  const isNamed = (one: FoundClient) => one.client_id === installation.clientIds[role];
  const marked = found.clients.filter((one) => isMarked(one, installation, role));
  const named = found.clients.filter((one) => isNamed(one) && !marked.includes(one));
  return [...marked.filter(isNamed), ...marked.filter((one) => !isNamed(one)), ...named];
}

export function isMarked(client: FoundClient, installation: Installation, role: Role): boolean {
  const mark = Object.entries(markOf(role, installation));
  return mark.every(([key, value]) => client.client_metadata?.[key] === value);
}

export type Ours = Readonly<Record<Role, FoundClient | undefined>>;

export function oursIn(found: Found, installation: Installation): Ours {
  const [extension, vault, approvals] = ROLES.map(
    (role) => clientsIn(found, installation, role)[0],
  );
  return { extension, vault, approvals };
}
