/** All green on the world of stand-ins, whose tenant `setup auth0` made of a new one; then one thing wrong at a time, each named by its own finding. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { type Ollama, startOllama } from "@vaultdesk/standins/ollama/start.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import { startWorld, type World } from "@vaultdesk/standins/world.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { EXTENSION_ID } from "../../../extension/extension-id.ts";
import { readConfig } from "../config.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore } from "../store/open.ts";
import { setUpStandIn } from "../tenant/testing.ts";
import { auth0Reach } from "./auth0-reach.ts";
import { doctor } from "./command.ts";

const MAYA = "google-oauth2|1001";
const ANA = "google-oauth2|1002";
const Report = z.object({
  findings: z.array(
    z.looseObject({
      id: z.string(),
      severity: z.string(),
      what: z.string(),
      mend: z.string().optional(),
    }),
  ),
});

const SECRETS = [
  "AUTH0_VAULT_CLIENT_SECRET",
  "AUTH0_APPROVALS_CLIENT_SECRET",
  "AUTH0_MANAGEMENT_TOKEN",
  "AUTH0_MANAGEMENT_CLIENT_SECRET",
  "AWS_BEARER_TOKEN_BEDROCK",
  "DATABASE_URL",
  "MASTER_KEY",
];

let world: World;
let ollama: Ollama;
let env: Record<string, string>;
let tenant: Record<string, string>;
let room: string;
const place = (name: string) => join(room, name);
const now = () => new Date();

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-doctor-"));
  const person = { mail: [], email: "maya@northgate.example", name: "Maya" };
  world = await startWorld({
    extensionId: EXTENSION_ID,
    tenant: "empty",
    people: [
      { ...person, sub: MAYA, phone: "confirmed" },
      { ...person, sub: ANA, email: "ana@northgate.example", phone: "pending" },
    ],
    intervalSeconds: 1,
  });
  tenant = await setUpStandIn(world.auth0, EXTENSION_ID);
  ollama = await startOllama();
  env = world.serverEnv({
    ...tenant,
    DATABASE_FILE: place("store.db"),
    AWS_BEARER_TOKEN_BEDROCK: "marked-secret-api-key",
    AUTH0_MANAGEMENT_CLIENT_ID: world.auth0.management.clientId,
    AUTH0_MANAGEMENT_CLIENT_SECRET: world.auth0.management.clientSecret,
  });
  const store = await openStore({ file: place("store.db") });
  await createKeyring(store.db, Buffer.from(env["MASTER_KEY"] ?? "", "base64"), now).verify();
  await store.close();
  await writeFile(place("no-database"), "x".repeat(100));
  for (const [name, change] of [
    ["newer", "insert into kysely_migration values ('9999-later', '')"],
    ["earlier", "delete from kysely_migration where name > '0001'"],
  ] as const) {
    await (await openStore({ file: place(name) })).close();
    const file = new DatabaseSync(place(name));
    file.exec(change);
    file.close();
  }
}, 30_000);

afterAll(async () => {
  await Promise.all([world.close(), ollama.close(), rm(room, { recursive: true })]);
});

/** Client ids that Auth0 made up, as what they are for. */
const named = (text: string) =>
  text
    .replaceAll(tenant["AUTH0_VAULT_CLIENT_ID"] ?? "none", "of vault")
    .replaceAll(tenant["AUTH0_APPROVALS_CLIENT_ID"] ?? "none", "of approvals");

/** What is not well, as `severity id: what`; and that no secret is said. */
async function ill(change: Record<string, string> = {}, ...args: string[]): Promise<string[]> {
  const { answer = [], say = [] } = await doctor(
    ["--json", ...args],
    { ...env, ...change },
    () => undefined,
  );
  const text = [...answer, ...say].join("\n");
  const all: Record<string, string> = { ...env, ...change };
  const said = SECRETS.filter((key) => (all[key] ?? "") !== "" && text.includes(all[key] ?? ""));
  expect(said).toEqual([]);
  return Report.parse(JSON.parse(named(text))).findings.flatMap((one) =>
    ["warn", "fail"].includes(one.severity) ? [`${one.severity} ${one.id}: ${one.what}`] : [],
  );
}

const secret = "marked-secret-that-is-wrong";
const closed = "http://127.0.0.1:9/";

test("all green on the stand-ins, and for people it is long to read but short to sum up", async () => {
  expect(await ill()).toEqual([]);
  const { exit, answer } = await doctor([], env, () => undefined);
  expect(exit).toBe(0);
  expect(answer?.at(-1)).toMatch(/^\d+ ok, 0 to watch, 0 failed, 2 not looked at$/);
});

const rows: [string, () => Record<string, string>, string][] = [
  [
    "tenant that is not there",
    () => ({ AUTH0_DOMAIN: "localhost:9" }),
    "fail auth0.discovery: localhost:9 can't be reached",
  ],
  [
    "host without TLS",
    () => ({ AUTH0_DOMAIN: new URL(world.google.url).host }),
    "fail auth0.discovery: 127.0.0.1",
  ],
  [
    "wrong vault secret",
    () => ({ AUTH0_VAULT_CLIENT_SECRET: secret }),
    "fail auth0.client.vault: Auth0 refuses",
  ],
  [
    "wrong approvals secret",
    () => ({ AUTH0_APPROVALS_CLIENT_SECRET: secret }),
    "fail auth0.client.approvals: Auth0 refuses",
  ],
  [
    "unknown vault client",
    () => ({ AUTH0_VAULT_CLIENT_ID: "nobody" }),
    "fail auth0.client.vault: Auth0 refuses application nobody",
  ],
  [
    "approvals client in the vault's place",
    () => ({
      AUTH0_VAULT_CLIENT_ID: env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
      AUTH0_VAULT_CLIENT_SECRET: env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
    }),
    "fail auth0.client.vault: Application of approvals may not use the grant Token Vault",
  ],
  [
    "vault client in the approvals' place",
    () => ({
      AUTH0_APPROVALS_CLIENT_ID: env["AUTH0_VAULT_CLIENT_ID"] ?? "",
      AUTH0_APPROVALS_CLIENT_SECRET: env["AUTH0_VAULT_CLIENT_SECRET"] ?? "",
    }),
    "fail auth0.client.approvals: Application of vault may not use the grant Client Initiated",
  ],
  [
    "unknown extension client",
    () => ({ AUTH0_EXTENSION_CLIENT_ID: "nobody" }),
    "fail auth0.client.extension: Auth0 does not know application nobody",
  ],
  [
    "extension of another id",
    () => ({ EXTENSION_ID: "a".repeat(32) }),
    "fail auth0.client.extension: Auth0 does not know",
  ],
  [
    "extension that is not this checkout's",
    () => ({ EXTENSION_ID: "a".repeat(32) }),
    `warn extension.id: A build of this checkout is ${EXTENSION_ID}`,
  ],
  [
    "unknown API",
    () => ({ AUTH0_AUDIENCE: "https://other.example" }),
    "fail auth0.client.extension: Auth0 refuses a sign-in",
  ],
  [
    "management token that is none",
    () => ({ AUTH0_MANAGEMENT_TOKEN: secret }),
    "fail tenant: The tenant's settings could not be read",
  ],
  [
    "Gmail that is not there",
    () => ({ GMAIL_ROOT_URL: closed }),
    "fail google.gmail: 127.0.0.1:9 can't be reached",
  ],
  [
    "another server in Calendar's place",
    () => ({ CALENDAR_ROOT_URL: ollama.url }),
    "fail google.calendar: 127.0.0.1",
  ],
  [
    "revocation that is not there",
    () => ({ GOOGLE_REVOKE_URL: ollama.url }),
    "fail google.revoke: 127.0.0.1",
  ],
  [
    "model that Bedrock does not have",
    () => ({ BEDROCK_MODEL_ID: "acme.none-v1:0" }),
    "fail model: Bedrock has no acme.none-v1:0",
  ],
  [
    "Bedrock that is not there",
    () => ({ BEDROCK_ENDPOINT: closed }),
    "fail model: Bedrock did not answer",
  ],
  [
    "model that Ollama does not have",
    () => ({ MODEL_PROVIDER: "ollama", OLLAMA_URL: ollama.url, OLLAMA_MODEL: "none" }),
    "fail model: Ollama has no model none",
  ],
  [
    "Ollama that is not there",
    () => ({ MODEL_PROVIDER: "ollama", OLLAMA_URL: closed, OLLAMA_MODEL: "none" }),
    "fail model: Ollama at 127.0.0.1:9 can't be reached",
  ],
  [
    "folder that is not there",
    () => ({ DATABASE_FILE: place("no/store.db") }),
    "fail store.disk: DATABASE_FILE or its folder can't be written by this user (ENOENT)",
  ],
  [
    "file that is no database",
    () => ({ DATABASE_FILE: place("no-database") }),
    "fail store: The store can't be used (damaged)",
  ],
  [
    "store of a later version",
    () => ({ DATABASE_FILE: place("newer") }),
    "fail store: The store can't be used (newer)",
  ],
  [
    "store of an earlier version",
    () => ({ DATABASE_FILE: place("earlier") }),
    "warn store: The sqlite store is of an earlier version",
  ],
  [
    "another master key",
    () => ({ MASTER_KEY: Buffer.alloc(32, 3).toString("base64") }),
    "fail store.key: MASTER_KEY is not the key",
  ],
  [
    "Postgres that is not there",
    () => ({ DATABASE_FILE: "", DATABASE_URL: "postgres://u:marked-secret@127.0.0.1:9/x" }),
    "fail store: The store can't be used (unreachable)",
  ],
  ["missing key", () => ({ BEDROCK_REGION: "" }), "fail configuration: BEDROCK_REGION is missing"],
  [
    "secret's file that is not there",
    () => ({ MASTER_KEY: "", MASTER_KEY_FILE: "/nowhere" }),
    "fail configuration: MASTER_KEY_FILE: the file can't be read",
  ],
];

test.each(rows)("a %s is named", async (_, change, finding) => {
  expect(await ill(change())).toContainEqual(expect.stringContaining(finding));
});

test("offline, nobody outside is asked", async () => {
  expect(await ill({ AUTH0_DOMAIN: "localhost:9", GMAIL_ROOT_URL: closed }, "--offline")).toEqual(
    [],
  );
});

test.each([
  [0, "ok"],
  [3500, "warn"],
  [30_000, "fail"],
  [-30_000, "fail"],
])("a clock that is %i ms off is %s", async (off, severity) => {
  const read = readConfig(env);
  if (!read.ok) throw new Error("unread");
  const check = auth0Reach(read.config, () => Date.now() + off);
  const findings = await check.look(AbortSignal.timeout(5000));
  expect(findings.find(({ id }) => id === "clock")?.severity).toBe(severity);
});

test("a phone is asked and its yes comes back; one that was not confirmed can't be asked", async () => {
  const codes: string[] = [];
  const asked = doctor(["--push", MAYA], env, (line) => {
    codes.push(line);
    const [push] = world.auth0.phone.pushes(MAYA);
    if (push !== undefined) world.auth0.phone.approve(push.id);
  });
  expect((await asked).answer?.join("\n")).toMatch(
    /ok {4}phone +The phone was asked \(code [0-9A-F]{6}\)/,
  );
  expect(codes.join()).toMatch(/shows the code [0-9A-F]{6}/);
  expect((await ill({}, "--push", ANA)).join()).toContain(
    "fail phone: Auth0 did not ask the phone (not_enrolled",
  );
});

test("a panel's bearer is exchanged, and permissions that are missing are named", async () => {
  const maya = await visit({ ...world.auth0, env: tenant }, EXTENSION_ID, MAYA);
  await writeFile(place("bearer"), `${maya.api}\n`, { mode: 0o600 });
  expect((await ill({}, "--bearer-file", place("bearer"))).join()).toContain(
    "fail vault: Token Vault lent nothing (not_connected)",
  );
  await maya.connect("maya@northgate.example", CONNECT_SCOPES.slice(0, -1));
  expect((await ill({}, "--bearer-file", place("bearer"))).join()).toContain(
    "warn vault: Token Vault lends a Google token without: See when colleagues are free",
  );
  await writeFile(place("bearer"), "none");
  expect((await ill({}, "--bearer-file", place("bearer"))).join()).toContain(
    "fail vault: The server would not take this bearer",
  );
});
