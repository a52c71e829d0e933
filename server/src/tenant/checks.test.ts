/** Each single thing that can be wrong with a tenant is named by itself, and set-up mends it or says that a person must. */
import { beforeAll, expect, test } from "vitest";

import { checkTenant } from "./checks.ts";
import type { Installation } from "./installation.ts";
import { type Bare, foundIn, NORTHGATE, readyTenant, setUpBare } from "./testing.ts";

type Tenant = Bare["tenant"];
const some = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error("no such row");
  return row;
};
const api = (tenant: Tenant) =>
  some(tenant.apis.find((one) => one.identifier === NORTHGATE.audience));
const me = (tenant: Tenant) => some(tenant.apis.find((one) => one.identifier === tenant.me));
const app = (tenant: Tenant, role: string) =>
  some(tenant.clients.find((one) => one.client_metadata["vaultdesk"] === role));
const google = (tenant: Tenant) => some(tenant.connections[0]);
const grant = (tenant: Tenant) => some(tenant.grants.find((one) => one.audience === tenant.me));
const refresh = (tenant: Tenant) => some(app(tenant, "extension").refresh_token);

/** `person`: set-up leaves it, since it is not VaultDesk's alone. */
type Plant = [id: string, plant: (tenant: Tenant) => void, by?: "person"];

const PLANTS: Plant[] = [
  ["api", (t) => (t.apis = t.apis.filter((one) => one.identifier !== NORTHGATE.audience))],
  ["api.offline", (t) => (api(t).allow_offline_access = false)],
  ["api.signing", (t) => (api(t).signing_alg = "HS256")],
  ["api.scopes", (t) => (api(t).scopes = [{ value: "agent:use" }])],
  ["api.details", (t) => (api(t).authorization_details = null)],
  ["api.users", (t) => (api(t).subject_type_authorization.user.policy = "deny_all")],
  ["api.users", (t) => (api(t).subject_type_authorization.user.policy = "require_client_grant")],
  [
    "api.machines",
    (t) => (api(t).subject_type_authorization.client.policy = "require_client_grant"),
  ],
  ["api.consent", (t) => (api(t).skip_consent_for_verifiable_first_party_clients = false)],
  ["api.consent-policy", (t) => (api(t).consent_policy = "transactional-authorization-with-mfa")],
  ["api.encryption", (t) => (api(t).token_encryption = { format: "x", encryption_key: {} })],
  ["api.dialect", (t) => (api(t).token_dialect = "rfc9068_profile")],
  ["api.binding", (t) => (api(t).proof_of_possession = { mechanism: "dpop", required: true })],
  ["api.lifetime", (t) => (api(t).token_lifetime = 86_400)],
  ["api.lifetime-short", (t) => (api(t).token_lifetime = 60)],
  ["api.rbac", (t) => (api(t).enforce_policies = true), "person"],
  ["extension", (t) => (t.clients = t.clients.filter((one) => one.app_type !== "spa"))],
  ["extension.type", (t) => (app(t, "extension").app_type = "native")],
  ["extension.grants", (t) => (app(t, "extension").grant_types = ["authorization_code"])],
  ["extension.first-party", (t) => (app(t, "extension").oidc_conformant = false)],
  [
    "extension.callback",
    (t) => (app(t, "extension").callbacks = app(t, "extension").callbacks.map(unslashed)),
  ],
  [
    "extension.other-callbacks",
    (t) => app(t, "extension").callbacks.push("https://thief.example/"),
  ],
  ["extension.logout", (t) => (app(t, "extension").allowed_logout_urls = [])],
  ["extension.origins", (t) => (app(t, "extension").allowed_origins = [])],
  ["extension.signing", (t) => (app(t, "extension").jwt_configuration = { alg: "HS256" })],
  ["extension.rotation", (t) => (refresh(t).rotation_type = "non-rotating")],
  ["extension.leeway", (t) => (refresh(t).leeway = 0)],
  ["extension.my-account", (t) => (refresh(t).policies = refresh(t).policies?.slice(0, 1))],
  [
    "extension.twin",
    (t) => t.clients.push({ ...app(t, "extension"), client_id: "twin" }),
    "person",
  ],
  ["vault", (t) => (t.clients = t.clients.filter((one) => one.app_type !== "resource_server"))],
  ["vault.api", (t) => (app(t, "vault").resource_server_identifier = "https://other.example")],
  ["vault.grants", (t) => (app(t, "vault").grant_types = [])],
  ["vault.first-party", (t) => (app(t, "vault").is_first_party = false)],
  ["vault.secret", (t) => (app(t, "vault").token_endpoint_auth_method = "client_secret_basic")],
  ["approvals.grants", (t) => (app(t, "approvals").grant_types = ["authorization_code"])],
  [
    "approvals.channel",
    (t) => (app(t, "approvals").async_approval_notification_channels = ["email"]),
  ],
  ["approvals.secret", (t) => (app(t, "approvals").token_endpoint_auth_method = "none")],
  ["my-account", (t) => (t.apis = t.apis.filter((one) => one.identifier !== t.me)), "person"],
  ["my-account.consent", (t) => (me(t).skip_consent_for_verifiable_first_party_clients = false)],
  ["my-account.grant", (t) => (t.grants = t.grants.filter((one) => one.audience !== t.me))],
  ["my-account.grant", (t) => (grant(t).subject_type = "client")],
  ["my-account.scopes", (t) => (grant(t).scope = ["read:me:connected_accounts"])],
  ["google", (t) => (t.connections = [])],
  ["google.keys", (t) => delete google(t).options["client_id"]],
  ["google.connected-accounts", (t) => (google(t).connected_accounts = { active: false })],
  ["google.authentication", (t) => (google(t).authentication = { active: false })],
  ["google.offline", (t) => (google(t).options["offline_access"] = false)],
  [
    "google.approval-prompt",
    (t) => (google(t).options["upstream_params"] = { approval_prompt: { value: "force" } }),
  ],
  [
    "google.login-scopes",
    (t) => (google(t).options["scope"] = ["email", "https://www.googleapis.com/auth/gmail.send"]),
    "person",
  ],
  ["google.extension", (t) => (google(t).enabled_clients = ["somebody-else"])],
  ["mfa.push", (t) => (t.guardian.factors = [])],
  ["mfa.provider", (t) => (t.guardian.provider = "sns")],
  ["mfa.always", (t) => (t.guardian.policies = ["all-applications"]), "person"],
  ["mfa.adaptive", (t) => (t.guardian.policies = ["confidence-score"]), "person"],
];

const unslashed = (url: string) => url.replace(/\/$/, "");

async function troubles(bare: Bare, installation: Installation = NORTHGATE) {
  const findings = checkTenant(await foundIn(bare), installation);
  return findings.flatMap((one) => ("why" in one ? [one] : []));
}

let bare: Bare;
let sound: Tenant;
beforeAll(async () => {
  bare = await readyTenant();
  sound = structuredClone(bare.tenant);
});

test.each(PLANTS)("%s", async (id, plant, by) => {
  Object.assign(bare.tenant, structuredClone(sound));
  plant(bare.tenant);
  const found = await troubles(bare);
  expect(found.map((one) => one.id)).toContain(`tenant.${id}`);
  // Nothing else is blamed, but where the extension's grant and access went with its application.
  expect(found.length === 1 || id === "extension").toBe(true);
  for (const one of found) {
    expect(one.mend.length * one.why.length).toBeGreaterThan(0);
    expect(one.page).toMatch(
      /^https:\/\/(manage\.auth0\.com\/dashboard\/eu\/northgate|console\.cloud\.google\.com)\//,
    );
  }
  await setUpBare(bare);
  const left = (await troubles(bare)).map((one) => one.id);
  expect(left.filter((one) => by !== "person" || one === `tenant.${id}`)).toEqual(
    by === "person" ? [`tenant.${id}`] : [],
  );
});

test("an application that the server names and the tenant lacks, or that another set-up made beside it", async () => {
  Object.assign(bare.tenant, structuredClone(sound));
  const gone = { ...NORTHGATE, clientIds: { vault: "gone" } };
  expect((await troubles(bare, gone)).map((one) => one.what)).toEqual([
    "The tenant has no application gone, which the environment names for the vault.",
  ]);
});
