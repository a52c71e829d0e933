/** The command as a person meets it: what it says, what it never says, and what it leaves behind. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { bareTenant, BARE_DOMAIN } from "@vaultdesk/standins/auth0/management/testing.ts";
import { UnsecuredJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";

import { setupAuth0 } from "./setup-command.ts";
import { type Bare, NORTHGATE } from "./testing.ts";

const GOOGLE_SECRET = "GOCSPX-marked-secret";

let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-setup-"));
});
afterAll(() => rm(room, { recursive: true }));

async function command(
  bare: Bare,
  args: string[],
  change: { env?: Record<string, string | undefined>; pause?: () => void } = {},
) {
  const out = new PassThrough();
  const {
    exit,
    answer = [],
    say = [],
  } = await setupAuth0(args, {
    out,
    env: {
      AUTH0_DOMAIN: BARE_DOMAIN,
      EXTENSION_ID: NORTHGATE.extensionId,
      AUTH0_MANAGEMENT_TOKEN: bare.token,
      GOOGLE_CLIENT_ID: "1.apps.googleusercontent.com",
      GOOGLE_CLIENT_SECRET: GOOGLE_SECRET,
      ...change.env,
    },
    fetch: bare.fetch,
    pause: async () => change.pause?.(),
  });
  const told = String(out.read() ?? "");
  const text = [told, ...answer, ...say].join("\n");
  const made = bare.tenant.clients.map((client) => client.client_secret).filter(Boolean);
  const shown = [GOOGLE_SECRET, bare.token, ...made].filter((secret) => text.includes(secret));
  expect(shown).toEqual([]);
  return { exit, text };
}

test("a dry run writes nothing and shows each property, secrets as changed", async () => {
  const bare = bareTenant();
  const { exit, text } = await command(bare, ["--dry-run"]);
  expect(exit).toBe(1);
  expect(bare.writes()).toEqual([]);
  expect(text).toMatch(/change {2}connection google-oauth2\n/);
  expect(text).toMatch(/options\.client_secret +changed\n/);
  expect(text).toMatch(/connected_accounts +\{"active":false\} -> \{"active":true\}\n/);
  expect(text).toContain("7 to change. This was a dry run: nothing was changed.");
  expect(text).toContain("https://manage.auth0.com/dashboard/eu/northgate/apis");
});

test("a dry run tells for whom a connection that is not there yet will be enabled", async () => {
  const bare = bareTenant();
  bare.tenant.connections.length = 0;
  const { text } = await command(bare, ["--dry-run"]);
  expect(text).toMatch(/create {2}connection google-oauth2\n/);
  expect(text).toMatch(/enabled for VaultDesk Extension +true\n/);
  expect(bare.writes()).toEqual([]);
});

test("it waits for the person, ends with the environment, and puts the secrets into the file alone", async () => {
  const bare = bareTenant();
  const file = join(room, "server.env");
  await writeFile(file, "PORT=9000\nAUTH0_DOMAIN=old.example\n", { mode: 0o644 });
  const pause = () => bare.activateMyAccount();
  const { exit, text } = await command(bare, ["--env-file", file], { pause });
  expect(exit).toBe(0);
  expect(text).toMatch(/Waiting .*\n {2}- My Account is not activated\./);
  expect(text).toContain("created  application VaultDesk Vault");
  const vault = bare.tenant.clients.find((one) => one.name === "VaultDesk Vault");
  const lines = (await readFile(file, "utf8")).split("\n");
  expect(lines[0]).toBe("PORT=9000");
  expect(lines).toContain(`AUTH0_DOMAIN=${BARE_DOMAIN}`);
  expect(lines).toContain(`AUTH0_VAULT_CLIENT_SECRET=${vault?.client_secret}`);
  expect(lines).not.toContain("AUTH0_DOMAIN=old.example");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(text).toContain(`VAULTDESK_AUTH0_DOMAIN=${BARE_DOMAIN}`);

  const again = await command(bare, ["--dry-run"]);
  expect(again.exit).toBe(0);
  expect(again.text).toContain("Nothing to change.");
});

test("a file that can't be written is said, and the rest of the answer stands", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  const { exit, text } = await command(bare, ["--env-file", join(room, "nowhere", "server.env")]);
  expect(exit).toBe(0);
  expect(text).toContain("can't be written (ENOENT)");
  expect(text).toContain("VAULTDESK_AUTH0_CLIENT_ID=");
});

test("a person who does not come is waited for to an end", async () => {
  let pauses = 0;
  const { exit, text } = await command(bareTenant(), [], { pause: () => void (pauses += 1) });
  expect(exit).toBe(1);
  expect(pauses).toBe(90);
  expect(text).toContain("Still to be done by you:");
});

test("scopes that the token says it lacks are named before anything is written", async () => {
  const bare = bareTenant();
  const AUTH0_MANAGEMENT_TOKEN = new UnsecuredJWT({ scope: "read:clients" }).encode();
  const { exit, text } = await command(bare, [], { env: { AUTH0_MANAGEMENT_TOKEN } });
  expect(exit).toBe(2);
  expect(text).toMatch(/^Nothing was changed[^]*create:client_grants/m);
  expect(bare.requests).toEqual([]);
});

test("a scope that only Auth0 knows to be lacking stops it there, and says how far it came", async () => {
  const bare = bareTenant();
  const AUTH0_MANAGEMENT_TOKEN = bare.token.replace("create:clients,", "");
  const { exit, text } = await command(bare, ["--no-wait"], { env: { AUTH0_MANAGEMENT_TOKEN } });
  expect(exit).toBe(2);
  expect(text).toContain(
    "1 changed so far, and it stopped at: create application VaultDesk Extension",
  );
  expect(text).toContain("The token lacks the scope create:clients.");
});

test("client secrets that the token may not see are said to be missing", async () => {
  const bare = bareTenant();
  bare.activateMyAccount();
  const AUTH0_MANAGEMENT_TOKEN = bare.token.replace("read:client_keys,", "");
  const file = join(room, "none.env");
  const { text } = await command(bare, ["--env-file", file], { env: { AUTH0_MANAGEMENT_TOKEN } });
  expect(text).toContain("read:client_keys");
  await expect(stat(file)).rejects.toThrow("ENOENT");
});

test.each<[string, Record<string, string | undefined>, RegExp]>([
  ["no token", { AUTH0_MANAGEMENT_TOKEN: undefined }, /set AUTH0_MANAGEMENT_TOKEN, or/],
  ["half of Google's keys", { GOOGLE_CLIENT_ID: undefined }, /go together/],
  [
    "a domain with https",
    { AUTH0_DOMAIN: "https://x.auth0.com" },
    /AUTH0_DOMAIN: must be a host name/,
  ],
  ["no extension", { EXTENSION_ID: undefined }, /EXTENSION_ID is missing/],
  ["a token twice", { AUTH0_MANAGEMENT_TOKEN_FILE: "/nowhere" }, /AUTH0_MANAGEMENT_TOKEN_FILE: /],
])("%s: said at once, and Auth0 is not asked", async (_, env, words) => {
  const bare = bareTenant();
  const { exit, text } = await command(bare, [], { env });
  expect(exit).toBe(2);
  expect(text).toMatch(words);
  expect(bare.requests).toEqual([]);
});
