/** What a tenant that `setup auth0` made would lack, somebody would feel. That VaultDesk lives in it shows `no-token.test.ts`. */
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createCiba } from "./approvals/ciba.ts";
import { DETAILS_TYPE } from "./approvals/details.ts";
import { createAuth0Clients } from "./auth0/clients.ts";
import { readConfig } from "./config.ts";
import { MAYA, MAYA_MAIL, startOffice } from "./testing.ts";
import { exchange } from "./vault/exchange.ts";

let office: Awaited<ReturnType<typeof startOffice>>;
let maya: Awaited<ReturnType<typeof office.visit>>;
type Tenant = typeof office.auth0.tenant;
let sound: Tenant;

beforeAll(async () => {
  office = await startOffice({ setUp: true });
  sound = structuredClone(office.auth0.tenant);
  maya = await office.visit(MAYA);
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
}, 20_000);
afterAll(() => office.close());
beforeEach(() => void Object.assign(office.auth0.tenant, structuredClone(sound)));

const some = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error("no such row");
  return row;
};
const api = (t: Tenant) => some(t.apis.find((one) => one.identifier.includes("vaultdesk.app")));
const me = (t: Tenant) => some(t.apis.find((one) => one.identifier === t.me));
const app = (t: Tenant, role: string) =>
  some(t.clients.find((one) => one.client_metadata["vaultdesk"] === role));
const google = (t: Tenant) => some(t.connections[0]);
type Plant = [string, (tenant: Tenant) => void];

describe("nobody can sign in", () => {
  test.each<Plant>([
    ["where the extension may not use the connection", (t) => (google(t).enabled_clients = [])],
    [
      "without the callback address",
      (t) => (app(t, "extension").callbacks = ["https://x.example/"]),
    ],
    ["without the API", (t) => (t.apis = t.apis.filter((one) => one !== api(t)))],
  ])("%s", async (_, plant) => {
    plant(office.auth0.tenant);
    await expect(office.visit(MAYA)).rejects.toThrow(/./);
  });
});

describe("Google can't be connected", () => {
  test.each<Plant>([
    ["without rotation", (t) => delete app(t, "extension").refresh_token],
    ["without offline access to the API", (t) => (api(t).allow_offline_access = false)],
    [
      "without a policy for My Account",
      (t) => (some(app(t, "extension").refresh_token).policies = []),
    ],
    [
      "without a grant for users",
      (t) => (t.grants = t.grants.filter((one) => one.audience !== t.me)),
    ],
    [
      "where My Account asks for consent",
      (t) => (me(t).skip_consent_for_verifiable_first_party_clients = false),
    ],
    ["where My Account is not activated", (t) => (t.apis = t.apis.filter((one) => one !== me(t)))],
    [
      "through a connection that is for sign-in alone",
      (t) => (google(t).connected_accounts = { active: false }),
    ],
    [
      "through one that sends approval_prompt",
      (t) => (google(t).options["upstream_params"] = { approval_prompt: { value: "force" } }),
    ],
  ])("%s", async (_, plant) => {
    plant(office.auth0.tenant);
    const again = await office.visit(MAYA);
    await expect(again.connect(MAYA_MAIL, CONNECT_SCOPES)).rejects.toThrow(/./);
  });
});

function clients() {
  const read = readConfig(office.env);
  if (!read.ok) throw new Error(read.problems.join());
  return { ...createAuth0Clients(read.config), tenant: read.config.auth0 };
}

describe("Token Vault lends nothing", () => {
  test.each<[...Plant, string]>([
    ["to another application", (t) => (app(t, "vault").grant_types = []), "misconfigured"],
    [
      "to the application of another API",
      (t) => (app(t, "vault").resource_server_identifier = "https://other.example"),
      "misconfigured",
    ],
    [
      "under an MFA policy of Always",
      (t) => (t.guardian.policies = ["all-applications"]),
      "misconfigured",
    ],
    ["on Auth0's keys", (t) => delete google(t).options["client_id"], "not_connected"],
    [
      "without offline access",
      (t) => (google(t).options["offline_access"] = false),
      "not_connected",
    ],
  ])("%s", async (_, plant, reason) => {
    const { vault } = clients();
    expect(await exchange(vault, maya.api)).toMatchObject({ ok: true });
    plant(office.auth0.tenant);
    expect(await exchange(vault, maya.api)).toMatchObject({ ok: false, reason });
  });
});

describe("no phone rings", () => {
  test.each<[...Plant, string]>([
    ["without the factor", (t) => (t.guardian.factors = []), "not_enrolled"],
    ["of another provider", (t) => (t.guardian.provider = "sns"), "not_enrolled"],
    [
      "where requests go by mail",
      (t) => (app(t, "approvals").async_approval_notification_channels = ["email"]),
      "not_enrolled",
    ],
    ["for unknown details", (t) => (api(t).authorization_details = []), "refused"],
    ["without the grant type", (t) => (app(t, "approvals").grant_types = []), "refused"],
    [
      "under transactional authorization",
      (t) => (api(t).consent_policy = "transactional-authorization-with-mfa"),
      "refused",
    ],
  ])("%s", async (_, plant, reason) => {
    const { approvals, tenant } = clients();
    plant(office.auth0.tenant);
    const rung = office.auth0.phone.pushes(MAYA).length;
    const asked = await createCiba(approvals, tenant).push({
      approver: MAYA,
      bindingMessage: "Send-this-mail:K7Q-204",
      details: { type: DETAILS_TYPE, instruction: "Approve sending this email", properties: {} },
      seconds: 60,
    });
    expect(asked).toMatchObject({ ok: false, reason });
    expect(office.auth0.phone.pushes(MAYA)).toHaveLength(rung);
  });
});
