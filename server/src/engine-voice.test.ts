/** The user's own style over HTTP against the Google stand-in: whose mail is taken, in how many rounds, and that a setting stops it. */
import { GMAIL_COMPOSE, GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import { Settings } from "@vaultdesk/shared/settings.ts";
import { startGoogle } from "@vaultdesk/standins/google/start.ts";
import { afterEach, describe, expect, test } from "vitest";

import { createMailroom } from "./actions/mailroom.ts";
import { readMyStyle } from "./agent/tools/read-my-style.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { office, STORES } from "./engine-office.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import { createLog } from "./observe/log.ts";
import { createSettings } from "./settings/record.ts";
import { newKey } from "./store/crypto.ts";
import { createKeyring } from "./store/keys.ts";
import { createBroker } from "./vault/broker.ts";

const MAYA = "maya@northgate.example";
const never = new AbortController().signal;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const SENT: readonly [string, string][] = [
  ["ana@helio.example", "Hey Ana,\r\n\r\nTuesday works.\r\n\r\nCheers,\r\nM"],
  [
    "ana@helio.example",
    "Hey Ana,\r\n\r\nFine.\r\n\r\nCheers,\r\nM\r\n\r\nOn Mon, Ana wrote:\r\n> the price is secret",
  ],
  ["ben@helio.example", "Dear Ben,\r\n\r\nThank you.\r\n\r\nKind regards,\r\nMaya Field"],
  ["kim@caterer.example", "Hi,\r\n\r\neight people.\r\n\r\nThanks,\r\nMaya"],
];

async function desk(voice = true) {
  const google = await startGoogle({ users: [{ email: MAYA, name: "Maya Field" }] });
  closing.push(() => google.close());
  await google.importMail(
    MAYA,
    SENT.map(([to, text], index) => ({
      raw: Buffer.from(
        `From: Maya Field <${MAYA}>\r\nTo: ${to}\r\nSubject: S${index}\r\nMessage-ID: <s${index}@n.example>\r\nDate: Mon, ${index + 2} Nov 2026 09:00:00 +0000\r\n\r\n${text}\r\n`,
      ),
    })),
  );
  const broker = createBroker({
    exchange: () =>
      Promise.resolve({ ok: true, token: google.issue(MAYA, [GMAIL_READ, GMAIL_COMPOSE]) }),
    log: createLog(() => undefined),
    now: () => Date.now(),
  });
  const grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" } as const;
  const mail = createMailroom({ broker, openMailbox: mailboxesAt(google.url), grant });
  const settings = () => Promise.resolve(Settings.parse({ voice }));
  const room = roomOf({ mail, settings });
  return {
    google,
    ask: (to: string) => readMyStyle.run({ to: [to] }, room, never),
    askFor: (id: string) => readMyStyle.run({ message_id: id }, room, never),
  };
}

test.each([
  ["ana@helio.example", "same people", "Hey {name},", "Cheers,\nM", 2],
  ["zoe@helio.example", "same domain", "Hey {name},", "Cheers,\nM", 3],
  ["new@elsewhere.example", "any sent mail", "Hey {name},", "Cheers,\nM", 4],
  ["ben@helio.example", "same people", "Dear {name},", "Kind regards,\nMaya Field", 1],
])("for %s the samples are of %s", async (to, basis, greeting, signOff, count) => {
  const outcome = await (await desk()).ask(to);
  expect(outcome).toMatchObject({
    ok: true,
    untrusted: true,
    json: { basis, usual_greeting: greeting, usual_sign_off: signOff },
  });
  expect(outcome.json).toHaveProperty("samples.length", count);
  expect(JSON.stringify(outcome)).not.toContain("secret");
});

test("three rounds: token, lists with the settings, gets", async () => {
  const { google, ask } = await desk();
  await ask("ana@helio.example");
  const methods = google.calls.map((call) => call.method);
  const firstGet = methods.indexOf("gmail.users.messages.get");
  expect(methods.slice(0, firstGet).toSorted()).toEqual([
    "gmail.users.messages.list",
    "gmail.users.messages.list",
    "gmail.users.messages.list",
    "gmail.users.settings.sendas.list",
  ]);
  expect(new Set(methods.slice(firstGet))).toEqual(new Set(["gmail.users.messages.get"]));
});

test("for a message the samples are of those that its answer goes to, own mail included", async () => {
  const { google, askFor } = await desk();
  const row = google
    .mailbox(MAYA)
    .threads()
    .find((thread) => thread.subject === "S2");
  expect(await askFor(row?.messageIds[0] ?? "")).toMatchObject({
    json: { basis: "same people", usual_greeting: "Dear {name}," },
  });
  expect(google.calls.filter((call) => call.method.includes("sendas"))).toHaveLength(1);
});

test("turned off, Gmail is asked nothing", async () => {
  const { google, ask } = await desk(false);
  expect(await ask("ana@helio.example")).toMatchObject({
    ok: false,
    json: { error: "turned_off" },
  });
  expect(google.calls).toEqual([]);
});

const now = () => new Date();

describe.each(STORES)("settings on %s", (store) => {
  test("the voice is on until it is turned off, for that person alone, and sealed at rest", async () => {
    const { db } = await office({ store });
    const settings = createSettings(db, createKeyring(db, newKey(), now), now);
    expect(await settings.of("a")).toMatchObject({ voice: true });
    expect(await settings.change("a", { voice: false })).toMatchObject({ voice: false });
    expect(await settings.change("a", {})).toMatchObject({ voice: false });
    expect(await settings.of("b")).toMatchObject({ voice: true });
    const rows = await db.selectFrom("settings").selectAll().execute();
    expect(rows.map((row) => row.sub)).toEqual(["a"]);
    expect(Buffer.from(rows[0]?.body_sealed ?? []).toString("latin1")).not.toContain("voice");
  });
});
