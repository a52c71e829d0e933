import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Action, Deed, EmailSend } from "@vaultdesk/shared/action.ts";
import { AuditEntryView } from "@vaultdesk/shared/audit.ts";
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { DraftId } from "@vaultdesk/shared/id.ts";
import { inForce, OrgPolicy } from "@vaultdesk/shared/org-policy.ts";
import { beyond, CEILING, DEFAULT_ROLES, Reach, RoleName, within } from "@vaultdesk/shared/role.ts";
import { ToolName } from "@vaultdesk/shared/scope.ts";
import { assert, constantFrom, property, record, subarray } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readConfig } from "../config.ts";
import { ENVIRONMENT } from "../environment-for-tests.ts";
import { openStore } from "../store/open.ts";
import { policyCommand, policySchema } from "./policy-command.ts";
import { readPolicy } from "./policy-file.ts";
import { recordPolicy } from "./policy-record.ts";
import { addressKept, keptFrom, makesRooms } from "./recipients.ts";

const ADMIN = resolve(import.meta.dirname, "../../../docs/admin");
const OURS = "maya@northgate.example";
const RIVAL = "lee@deals.rival.example";

let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "vaultdesk-policy-"));
});
afterAll(() => rm(room, { recursive: true }));

async function file(says: unknown): Promise<string> {
  const path = join(room, "policy.json");
  await writeFile(path, typeof says === "string" ? says : JSON.stringify(says));
  return path;
}

test.each([
  ["{", /^it is not JSON: /],
  [{ blocked: [] }, /^Unrecognized key: "blocked"$/],
  [{ recipients: { blocked: ["nonsense"] } }, /^recipients\.blocked\.0: /],
  [{ models: ["gpt"] }, /^models\.0: must be bedrock\/MODEL or ollama\/MODEL$/],
  [{ roles: { analyst: { reach: "anyone" } } }, /^roles\.analyst\.reach: .* name less$/],
  [{ roles: { counsel: { rights: ["members"] } } }, /^roles\.counsel\.rights: .* leave it out$/],
  [{ roles: { lead: { rights: [] } } }, /^roles\.lead\.rights: a lead keeps all rights/],
  [
    { recipients: { blocked: ["x.example"], only: ["x.example"] } },
    /^recipients: x\.example is in/,
  ],
])("%j is refused by its key, with the mend", async (says, wrong) => {
  const path = await file(says);
  const read = readPolicy(path);
  expect(read).toEqual({ ok: false, problems: [expect.stringMatching(wrong)] });
  expect(policyCommand(["check", path])).toMatchObject({ exit: 1 });
  // The server does not start with it, and the doctor says so.
  const config = readConfig({ ...ENVIRONMENT, POLICY_FILE: path });
  expect(config.ok ? [] : config.problems).toEqual([expect.stringMatching(/^POLICY_FILE: /)]);
});

async function started(models: string[]): Promise<boolean> {
  return readConfig({ ...ENVIRONMENT, POLICY_FILE: await file({ models }) }).ok;
}

test("a model that is not among those allowed keeps the server from starting", async () => {
  expect(await started(["bedrock/amazon.nova-lite-v1:0"])).toBe(true);
  expect(await started(["bedrock/amazon.*"])).toBe(true);
  expect(await started(["ollama/*", "bedrock/amazon.nova"])).toBe(false);
  expect(readConfig({ ...ENVIRONMENT, POLICY_FILE: join(room, "none") }).ok).toBe(false);
});

test("the example and the schema are those of the code, else: pnpm vaultdesk policy schema", async () => {
  expect(policyCommand(["check", join(ADMIN, "policy.example.json")])).toMatchObject({ exit: 0 });
  const schema: unknown = JSON.parse(await readFile(join(ADMIN, "policy.schema.json"), "utf8"));
  expect(schema).toEqual(JSON.parse(policySchema()));
});

const content = (guests: string[]) => ({
  title: "Closing",
  start: "2026-11-25T13:00:00Z",
  end: "2026-11-25T13:30:00Z",
  allDay: false,
  timeZone: "UTC",
  location: "",
  description: "",
  guests,
  meet: false,
});
const eventId = EventId.parse("vd0000000000000000000000000000000000");
const mail = (where: "to" | "cc" | "bcc", who: string): EmailSend => ({
  kind: "email.send",
  draftId: DraftId.parse("r-1"),
  content: {
    from: OURS,
    to: [OURS],
    cc: [],
    bcc: [],
    [where]: [`X <${who}>`],
    subject: "",
    text: "",
    attachments: [],
  },
  rawSha256: "0".repeat(64),
});
const update = (before: string[], after: string[], guestsMailed: boolean): Deed => ({
  kind: "event.update",
  eventId,
  before: content(before),
  content: content(after),
  guestsMailed,
});

/** What goes to a blocked domain, however it goes there, and what tells it nothing. */
const CELLS: readonly (readonly [string, Action, "kept" | "goes"])[] = [
  ["to", mail("to", RIVAL), "kept"],
  ["cc", mail("cc", RIVAL), "kept"],
  ["bcc", mail("bcc", RIVAL), "kept"],
  ["in a bundle", { kind: "bundle", actions: [mail("to", OURS), mail("bcc", RIVAL)] }, "kept"],
  ["in capitals", mail("to", "LEE@RIVAL.EXAMPLE"), "kept"],
  ["with a final dot", mail("to", "lee@rival.example."), "kept"],
  ["in letters", mail("to", "lee@bücher.example"), "kept"],
  ["in punycode", mail("to", "lee@xn--bcher-kva.example"), "kept"],
  ["a person of a domain", mail("to", "press@news.example"), "kept"],
  ["another of it", mail("to", "desk@news.example"), "goes"],
  ["a name that ends alike", mail("to", "lee@notrival.example"), "goes"],
  [
    "a guest",
    { kind: "event.create", eventId, content: content([RIVAL]), guestsMailed: false },
    "kept",
  ],
  ["a guest who is added", update([OURS], [OURS, RIVAL], false), "kept"],
  ["a guest who is taken off and told", update([RIVAL], [OURS], true), "kept"],
  ["a guest who is taken off in silence", update([RIVAL], [OURS], false), "goes"],
  [
    "a cancellation",
    { kind: "event.cancel", eventId, content: content([RIVAL]), guestsMailed: true },
    "kept",
  ],
  [
    "a silent one",
    { kind: "event.cancel", eventId, content: content([RIVAL]), guestsMailed: false },
    "goes",
  ],
  ["filing", { kind: "mail.trash", messages: [] }, "goes"],
];

test.each(CELLS)("%s: blocked, or not among those who are allowed", (_, action, want) => {
  const blocked = ["rival.example", "xn--bcher-kva.example", "press@news.example"];
  const kept = keptFrom(action, { blocked, only: undefined });
  expect(kept === undefined ? "goes" : "kept").toBe(want);
  expect(kept ?? "It blocks a@b.").toMatch(/^It blocks \S+@\S+\.$/);
  const only = ["northgate.example", "news.example", "notrival.example"];
  const among = keptFrom(action, { blocked: ["press@news.example"], only });
  expect(among === undefined ? "goes" : "kept").toBe(want);
});

test("who may make rooms, and what a list that is empty means", () => {
  expect(makesRooms({ roomMakers: undefined }, RIVAL)).toBe(true);
  expect(makesRooms({ roomMakers: [] }, OURS)).toBe(false);
  expect(makesRooms({ roomMakers: ["northgate.example"] }, OURS)).toBe(true);
  expect(makesRooms({ roomMakers: ["bo@northgate.example"] }, OURS)).toBe(false);
  expect(addressKept(OURS, { blocked: [], only: undefined })).toBeUndefined();
});

test("no file makes anything looser: its ceiling is under the built-in one, and no built-in rule is gone", () => {
  const less = record(
    { without: subarray([...ToolName.options]), reach: constantFrom(...Reach.options) },
    { requiredKeys: [] },
  );
  const roles = record(Object.fromEntries(RoleName.options.map((name) => [name, less])), {
    requiredKeys: [],
  });
  assert(
    property(roles, (says) => {
      const parsed = OrgPolicy.parse({ roles: says });
      const { ceiling, pinned } = inForce(parsed);
      expect(pinned.slice(0, 1)).toEqual(inForce(undefined).pinned);
      const held = within(DEFAULT_ROLES, ceiling);
      expect(beyond(held, ceiling)).toEqual([]);
      expect(beyond(held, CEILING)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const now = () => new Date("2026-11-27T05:00:00.000Z");

test("a policy has one audit row when it is first in force, however many start with it", async () => {
  const { db, close } = await openStore({ file: ":memory:" });
  const start = async (says: unknown) => {
    const read = readPolicy(await file(says));
    if (!read.ok) throw new Error(read.problems.join());
    await recordPolicy(db, read.policy.digest, now);
    return read.policy.digest;
  };
  await recordPolicy(db, "none", now);
  const digest = await start({ roomMakers: [] });
  // Spaces and the order of keys are not what it says.
  expect(await start('{ "$schema": "x", "roomMakers" : [] }')).toBe(digest);
  await recordPolicy(db, "none", now);
  const rows = await db.selectFrom("audit").select(["kind", "entry"]).orderBy("seq").execute();
  expect(rows.map(({ entry }) => AuditEntryView.parse(JSON.parse(entry)).facts)).toEqual([
    { digest, from: "none" },
    { digest: "none", from: digest },
  ]);
  await close();
});
