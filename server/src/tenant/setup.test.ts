import { bareTenant } from "@vaultdesk/standins/auth0/management/testing.ts";
import { beforeAll, expect, test } from "vitest";

import { checkTenant } from "./checks.ts";
import { oursIn } from "./found.ts";
import { type Bare, foundIn, NORTHGATE, readyTenant, setUpBare } from "./testing.ts";

let ready: Bare;
beforeAll(async () => {
  ready = await readyTenant();
});

/** The tenant without what Auth0 makes up or orders as it likes. */
async function likeness(bare: Bare): Promise<unknown> {
  let text = JSON.stringify({
    ...bare.tenant,
    clients: bare.tenant.clients.toSorted((a, b) => a.name.localeCompare(b.name)),
    apis: bare.tenant.apis.toSorted((a, b) => a.identifier.localeCompare(b.identifier)),
  });
  for (const [role, client] of Object.entries(oursIn(await foundIn(bare), NORTHGATE))) {
    text = text.replaceAll(client?.client_id ?? "none", role);
  }
  text = text.replaceAll(/(rs|cgr)_[0-9a-f]{16}/g, "$1");
  return JSON.parse(text.replaceAll(/"client_secret":"[\w-]{60,}"/g, '"client_secret":""'));
}

test("a new tenant is set up, with a wait for the person's part, and every check of it is sound", async () => {
  const bare = bareTenant();
  let waits = 0;
  const end = await setUpBare(bare, {
    wait: () => {
      waits += 1;
      if (waits === 3) bare.activateMyAccount();
    },
  });
  expect(end).toMatchObject({ state: "done" });
  expect(waits).toBe(3);
  const findings = checkTenant(await foundIn(bare), NORTHGATE);
  expect(findings.filter((one) => one.severity !== "ok")).toEqual([]);
  expect(await likeness(bare)).toEqual(await likeness(ready));
});

test("run again, it writes nothing", async () => {
  const before = structuredClone(ready.tenant);
  expect(await setUpBare(ready)).toMatchObject({ state: "done" });
  expect(ready.writes()).toEqual([]);
  expect(ready.tenant).toEqual(before);
});

const expenses = (tenant: Bare["tenant"]) => tenant.clients.find((one) => one.name === "Expenses");

test("what belongs to others stays as it was", async () => {
  const before = bareTenant().tenant;
  expect(expenses(ready.tenant)).toEqual(expenses(before));
  const [google] = ready.tenant.connections;
  expect(google?.enabled_clients).toContain("somebody-else");
  expect(google?.options).toMatchObject({ email: true, scope: ["email", "profile"] });
  expect(ready.tenant.guardian.policies).toEqual([]);
});

test("lists that others added to keep what they have", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  await setUpBare(bare);
  const api = bare.tenant.apis.find((one) => one.identifier === NORTHGATE.audience);
  const [google] = bare.tenant.connections;
  if (api === undefined || google === undefined) throw new Error("no API or no connection");
  api.scopes = [{ value: "reports:read" }];
  api.authorization_details = [{ type: "urn:another" }];
  google.options = { ...google.options, gmail_readonly: true, offline_access: false };
  expect(await setUpBare(bare)).toMatchObject({ state: "done" });
  expect(api.scopes.map((scope) => scope.value)).toEqual([
    "reports:read",
    "agent:use",
    "write:approve",
  ]);
  expect(api.authorization_details).toHaveLength(2);
  expect(google.options).toMatchObject({ gmail_readonly: true, offline_access: true });
});

const WRITES = 9;

test("it takes as many writes as the next test breaks off", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  await setUpBare(bare);
  expect(bare.writes()).toHaveLength(WRITES);
});

const breaks = Array.from({ length: WRITES }, (_, index) => index + 1);

test.each(breaks.flatMap((k) => [[k, "before"] as const, [k, "after"] as const]))(
  "broken off at write %i, %s Auth0 took it, the next run completes it",
  async (k, when) => {
    const bare = bareTenant();
    bare.activateMyAccount();
    let writes = 0;
    const end = await setUpBare(bare, {
      async send(input, init) {
        const write = init?.method !== "GET";
        if (write) writes += 1;
        if (writes < k) return bare.fetch(input, init);
        if (writes === k && write && when === "after") await bare.fetch(input, init);
        writes = k + 1;
        throw new TypeError("fetch failed");
      },
    });
    expect(end).toMatchObject({ state: "stopped", failure: { reason: "down" } });
    expect(await setUpBare(bare)).toMatchObject({ state: "done" });
    expect(await likeness(bare)).toEqual(await likeness(ready));
  },
);

test("without My Account everything else is done, and what is left is said with its page", async () => {
  const bare = bareTenant();
  expect(await setUpBare(bare)).toMatchObject({
    state: "needs",
    needs: [{ id: "my-account", page: "https://manage.auth0.com/dashboard/eu/northgate/apis" }],
  });
  expect(bare.tenant.clients).toHaveLength(5);
  bare.activateMyAccount();
  expect(await setUpBare(bare)).toMatchObject({ state: "done" });
  expect(await likeness(bare)).toEqual(await likeness(ready));
});

test("keys for Google that nobody gave, and MFA for the whole tenant, are a person's to change", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  bare.tenant.guardian.policies = ["all-applications"];
  const { google: _, ...installation } = NORTHGATE;
  const end = await setUpBare(bare, { installation });
  expect(end).toMatchObject({
    state: "needs",
    needs: [{ id: "google.keys" }, { id: "mfa.always" }],
  });
  expect(bare.tenant.guardian.policies).toEqual(["all-applications"]);
});

test("a grant for users that is stored as one for machines is noticed, taken back and said", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  bare.odds.storesUserAsClient = true;
  expect(await setUpBare(bare)).toMatchObject({ state: "needs", needs: [{ id: "not-kept" }] });
  const kept = bare.tenant.grants.filter((one) => one.audience.endsWith("/me/"));
  expect(kept).toEqual([]);
});

test("an API that wants a grant for each application gets them, and stays as strict", async () => {
  const bare = await readyTenant();
  const api = bare.tenant.apis.find((one) => one.identifier === NORTHGATE.audience);
  if (api === undefined) throw new Error("no API");
  api.subject_type_authorization.user.policy = "require_client_grant";
  expect(await setUpBare(bare)).toMatchObject({ state: "done" });
  expect(api.subject_type_authorization.user.policy).toBe("require_client_grant");
  expect(bare.tenant.grants.filter((one) => one.audience === NORTHGATE.audience)).toMatchObject([
    { scope: ["agent:use"] },
    { scope: ["write:approve"], authorization_details_types: [expect.any(String)] },
  ]);
});

test("an application made by hand is taken over if the environment names it; one without the link is not deleted", async () => {
  const bare = await readyTenant();
  for (const client of bare.tenant.clients) client.client_metadata = {};
  const [extension, vault] = ["VaultDesk Extension", "VaultDesk Vault"].map((name) =>
    bare.tenant.clients.find((one) => one.name === name),
  );
  if (extension === undefined || vault === undefined) throw new Error("no applications");
  vault.resource_server_identifier = "https://api.expenses.example";
  const clientIds = { extension: extension.client_id, vault: vault.client_id };
  await setUpBare(bare, { installation: { ...NORTHGATE, clientIds } });
  expect(extension.client_metadata).toMatchObject({ vaultdesk: "extension" });
  const named = bare.tenant.clients.filter((one) => one.name === "VaultDesk Vault");
  expect(named.map((one) => one.resource_server_identifier)).toEqual([
    "https://api.expenses.example",
    NORTHGATE.audience,
  ]);
});

test("two installations live in one tenant", async () => {
  const bare = await readyTenant();
  const other = { ...NORTHGATE, audience: "https://staging.vaultdesk.app" };
  expect(await setUpBare(bare, { installation: other })).toMatchObject({ state: "done" });
  expect(await setUpBare(bare)).toMatchObject({ state: "done" });
  expect(bare.tenant.clients).toHaveLength(8);
});

test("Auth0's 429 is waited for, and more than a page of applications is read", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  const [first] = bare.tenant.clients;
  if (first === undefined) throw new Error("no applications");
  for (let one = 0; one < 205; one += 1) {
    bare.tenant.clients.push({ ...first, client_id: `filler-${one}` });
  }
  let requests = 0;
  const end = await setUpBare(bare, {
    async send(input, init) {
      requests += 1;
      return requests % 3 === 0
        ? new Response("{}", { status: 429, headers: { "retry-after": "1" } })
        : bare.fetch(input, init);
    },
  });
  expect(end).toMatchObject({ state: "done" });
  expect(bare.writes()).toHaveLength(WRITES);
});
