/**
 * A model that is wrong in every way we can think of, on the real graph, engine, store and mailbox. The judge is Google: nothing leaves the
 * outbox, the calendar and the labels are as they were. And each run ends, within its budget, in words.
 */
import { UNCITED, withheldWords } from "@vaultdesk/shared/claim.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { type ConversationId, ThreadId } from "@vaultdesk/shared/id.ts";
import { sentence } from "@vaultdesk/shared/problem.ts";
import { scriptedModel, type ScriptStep } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { type Bedrock, startBedrock } from "@vaultdesk/standins/bedrock/start.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { createDiary } from "./actions/diary.ts";
import { createFiles } from "./actions/files.ts";
import { rewriteDraft } from "./actions/redraft.ts";
import { MODEL_CALLS, TOOL_CALLS } from "./agent/budget.ts";
import { createModel } from "./agent/model.ts";
import { type Caller, createRuns, type Runs } from "./agent/runs.ts";
import { NO_TRACKER } from "./agent/tools/room-for-tests.ts";
import { createRunRecord } from "./conversations/runs-record.ts";
import { ANA, MAYA, office, panel } from "./engine-office.ts";
import { calendarClient } from "./google/calendar.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import type { Mutant, Scene } from "./mutants/mutant.ts";
import { WRONG_CALLS } from "./mutants/wrong-calls.ts";
import { WRONG_SOURCES } from "./mutants/wrong-sources.ts";
import { WRONG_TURNS } from "./mutants/wrong-turns.ts";
import { createLog } from "./observe/log.ts";
import { createRunRooms } from "./rooms/run-rooms.ts";
import { StoreCheckpointer } from "./store/checkpointer.ts";

const TABLE: readonly Mutant[] = [...WRONG_CALLS, ...WRONG_TURNS, ...WRONG_SOURCES];
const FAULTY_TRIES = 40;
const EVENT = "vd0closingcall";

let here: Awaited<ReturnType<typeof office>>;
let bedrock: Bedrock;
let runs: Runs;
let caller: Caller;
let scene: Scene;
let before: string;

const now = () => new Date();

/** What another person could see, and where mail lies. */
function world(): string {
  const box = here.google.mailbox(MAYA);
  const labels = ["INBOX", "TRASH", "SENT", "STARRED"].map((label) =>
    box.threads(label).map((row) => row.messageIds.length),
  );
  return JSON.stringify([here.google.outbox, here.google.events(MAYA), labels]);
}

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  bedrock = await startBedrock({ deltaMs: 0 });
  here = await office({
    kept: true,
    ended: ({ view }) => {
      runs.resume(view);
    },
  });
  const { google, db, bus, keyring, log, conversations, approvals, broker } = here;
  const raw = `Message-ID: <1@helio>\r\nFrom: Ana Ruiz <${ANA}>\r\nTo: ${MAYA}\r\nSubject: NDA\r\n\r\nCan you send the CIM?\r\n`;
  await google.importMail(MAYA, [{ raw: Buffer.from(raw) }]);
  const [row] = google.mailbox(MAYA).threads();
  const token = google.issue(MAYA, ["https://www.googleapis.com/auth/calendar"]).accessToken;
  const start = new Date(Date.now() + 86_400_000);
  await calendarClient(google.url, token).events.insert({
    calendarId: "primary",
    requestBody: {
      id: EVENT,
      summary: "Closing call",
      start: { dateTime: start.toISOString() },
      end: { dateTime: new Date(start.getTime() + 3_600_000).toISOString() },
    },
  });
  const strange = await here.draft();
  const own = { broker, openMailbox: mailboxesAt(google.url), grant: panel };
  const files = createFiles({
    ...own,
    reader: { read: () => Promise.resolve({ ok: false, why: "not here" }) },
  });
  caller = {
    sub: panel.sub,
    mail: here.mail,
    hearing: () => ({ mail: here.mail, files }),
    diary: createDiary({
      broker,
      openCalendar: (_sub, lent) => calendarClient(google.url, lent),
      grant: panel,
    }),
    files,
    propose: (proposal) => here.proposer.propose({ grant: panel, ...proposal }),
    redraft: (wanted, signal) =>
      rewriteDraft({ approvals, conversations }, panel.sub, here.mail, wanted, signal),
  };
  runs = createRuns({
    model: createModel({
      provider: "bedrock",
      region: "eu-central-1",
      model: "amazon.nova-lite-v1:0",
      endpoint: bedrock.url,
      contextTokens: 300_000,
      runTokens: 600_000,
      retryMs: 1,
    }),
    conversations,
    append: (id, sub, ...facts) => log.append(id, sub, ...facts),
    approvalsIn: (id) => approvals.ofConversation(id),
    approvalsOf: (id) => approvals.ofRun(id),
    checkpointer: async (sub) => new StoreCheckpointer(db, await keyring.of(sub), sub),
    callerOf: () => caller,
    rooms: createRunRooms({
      gate: here.gate,
      tracker: NO_TRACKER,
      refused: () => Promise.resolve(),
    }),
    record: createRunRecord({ db, bus, keys: keyring, log, leaseMs: 30_000, now }),
    onCancel: (runId, heard, signal) => {
      bus.on("cancel", runId, heard, signal);
    },
    leaseMs: 30_000,
    log: createLog(() => undefined),
    now,
  });
  scene = {
    threadId: row?.threadId ?? "",
    messageId: row?.messageIds[0] ?? "",
    ana: ANA,
    eventId: EVENT,
    strangeDraft: strange.draftId,
  };
  before = world();
});

afterAll(async () => {
  await runs.stop();
  await Promise.all([here.close(), bedrock.close()]);
  vi.unstubAllEnvs();
});

function forEver(steps: readonly ScriptStep[]): ScriptStep[] {
  const last = steps.at(-1) ?? "";
  return [...steps, ...Array.from({ length: FAULTY_TRIES }, () => last)];
}

/** As the panel shows it. */
function lineOf(body: EventBody): string {
  switch (body.type) {
    case "text.delta":
      return body.text;
    case "claim.withheld":
      return withheldWords(body.claimed, body.found);
    case "citation.missing":
      return `\n${UNCITED}\n`;
    case "step.ended":
      return `\n${body.summary}\n`;
    case "run.ended":
      return body.problem === undefined ? "" : `\n${sentence(body.problem)}`;
    case "run.started":
    case "step.started":
    case "links.known":
    case "terms.shown":
    case "draft.saved":
    case "approval.changed":
    case "run.waiting":
    case "run.resumed":
      return "";
  }
}

async function bodiesOf(id: ConversationId): Promise<EventBody[]> {
  return (await here.log.after(id, panel.sub, 0)).map(({ body }) => body);
}

async function told({ turns, fault, phone }: Mutant): Promise<EventBody[]> {
  bedrock.setModel(scriptedModel(forEver(turns(scene))));
  bedrock.faults.clear();
  if (fault !== undefined) bedrock.faults.next(fault, FAULTY_TRIES);
  if (phone === "denies") here.no();
  else here.says({ kind: "pending" });
  await here.freePhone();
  const started = await runs.start(caller, {
    text: "What is still open here?",
    timeZone: "UTC",
    threadId: ThreadId.parse(scene.threadId),
  });
  if (started === undefined) throw new Error("not started");
  const { conversationId } = started;
  await vi.waitFor(
    async () => {
      const bodies = await bodiesOf(conversationId);
      if (phone === undefined && bodies.at(-1)?.type === "run.waiting") await here.withdrawAll();
      expect(bodies.at(-1)?.type).toBe("run.ended");
    },
    { timeout: 15_000, interval: 20 },
  );
  return bodiesOf(conversationId);
}

test.each(TABLE.map((row) => [row.name, row] as const))("a model that %s", async (_, row) => {
  const calls = bedrock.calls.length;
  const bodies = await told(row);
  expect(world()).toBe(before);
  expect(bodies.at(-1)).toMatchObject({ type: "run.ended", outcome: row.ends });
  expect(bodies.map(lineOf).join("")).toMatch(row.tells);
  // A fault is met up to three times in a turn, and the last turn of a budget is not answered.
  expect(bedrock.calls.length - calls).toBeLessThanOrEqual(MODEL_CALLS);
  const steps = bodies.filter(({ type }) => type === "step.started");
  expect(steps.length).toBeLessThanOrEqual(TOOL_CALLS);
});

test("the table is long enough to mean something, and each row is another", () => {
  expect(new Set(TABLE.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60);
});
