/** Runs over the real graph, store and event log, on the Bedrock stand-in with a scripted model; only the mailbox is a port's stand-in. */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { Digest } from "@vaultdesk/shared/digest.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import {
  ApprovalId,
  type ConversationId,
  DraftId,
  MessageId,
  ThreadId,
} from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import {
  type ScriptStep,
  scriptedModel,
  toolUse,
} from "@vaultdesk/standins/bedrock/scripted-model.ts";
import type { Bedrock } from "@vaultdesk/standins/bedrock/start.ts";
import { startBedrock } from "@vaultdesk/standins/bedrock/start.ts";
import { DefaultQueryExecutor, TransactionBuilder } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Diary } from "../actions/diary.ts";
import type { Mailroom } from "../actions/mailroom.ts";
import type { Approval } from "../approvals/row.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createConversations } from "../conversations/record.ts";
import { createRunRecord } from "../conversations/runs-record.ts";
import { createLog } from "../observe/log.ts";
import { StoreCheckpointer } from "../store/checkpointer.ts";
import { newKey } from "../store/crypto.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore } from "../store/open.ts";
import { createModel } from "./model.ts";
import { type Caller, createRuns } from "./runs.ts";
import { NO_TRACKERS } from "./tools/room-for-tests.ts";

const SUB = "google-oauth2|1001";
const DIGEST = Digest.parse("d".repeat(64));
const content: DraftContent = {
  from: "maya@northgate.example",
  to: ["ana.ruiz@helio-capital.example"],
  cc: [],
  bcc: [],
  subject: "Re: NDA",
  text: "Hello Ana",
  attachments: [],
};
const draft = {
  draftId: DraftId.parse("r-1"),
  messageId: MessageId.parse("189af729deca2ec0"),
  content,
};

let bedrock: Bedrock;

const now = () => new Date();

beforeEach(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  bedrock = await startBedrock({ deltaMs: 0 });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await bedrock.close();
});

const dossier = { people: {}, own: [], notes: [] };

function mailbox(change: Partial<Mailroom> = {}): Mailroom {
  return {
    owner: () =>
      Promise.resolve({
        ok: true,
        value: { name: "Maya Field", address: "maya@northgate.example", aliases: [] },
      }),
    search: () => Promise.resolve({ ok: true, value: { found: 0, more: false, messages: [] } }),
    thread: () =>
      Promise.resolve({
        ok: true,
        value: { id: "189af729deca2ec0", subject: "NDA", messages: [] },
      }),
    threadCard: () => Promise.resolve({ ok: false, problem: problem("google_down") }),
    labelNames: () => Promise.resolve({ ok: false, problem: problem("google_down") }),
    threadsOf: () => Promise.resolve({ ok: false, problem: problem("google_down") }),
    sentLike: () => Promise.resolve({ ok: false, problem: problem("google_down") }),
    composeFacts: () => Promise.resolve({ ok: false, problem: problem("google_down") }),
    saveDraft: () => Promise.resolve({ ok: true, value: { view: draft, notes: [], dossier } }),
    draft: () => Promise.resolve({ ok: true, value: draft }),
    editDraft: () => Promise.resolve({ ok: false, problem: problem("draft_unknown") }),
    rewriteDraft: () => Promise.resolve({ ok: false, problem: problem("draft_unknown") }),
    ...change,
  };
}

const diary: Diary = {
  zone: () => Promise.resolve("Europe/Berlin"),
  events: () =>
    Promise.resolve({ ok: true, value: { timeZone: "Europe/Berlin", events: [], more: false } }),
  busy: () => Promise.resolve({ ok: true, value: [] }),
};

const none = () => Promise.reject(new Error("no files here"));

const LIMITS = { contextTokens: 300_000, runTokens: 600_000 };

async function office(steps: ScriptStep[], mail: Mailroom = mailbox(), limits = LIMITS) {
  bedrock.setModel(scriptedModel(steps));
  const { db, bus } = await openStore({ file: ":memory:" });
  const keys = createKeyring(db, newKey(), now);
  const log = createConversationLog(db, bus, keys, now);
  const conversations = createConversations(db, keys, now);
  const approvals = new Map<string, ApprovalView>();
  const caller: Caller = {
    sub: SUB,
    mail,
    diary,
    files: { list: none, read: none },
    hearing: () => ({ mail, files: { list: none, read: none } }),
    redraft: none,
    propose: ({ conversationId, runId }) => {
      const view: ApprovalView = {
        id: ApprovalId.parse(`apr_${String(approvals.size + 1).padStart(32, "0")}`),
        conversationId,
        runId,
        state: "waiting",
        code: "7F3K-9Q2M",
        digest: DIGEST,
        items: [{ kind: "email.send", draftId: draft.draftId, content }],
        requestedAt: now().toISOString(),
        expiresAt: now().toISOString(),
      };
      approvals.set(view.id, view);
      const approval: Approval = {
        view,
        warnings: [],
        sub: SUB,
        approver: SUB,
        action: { kind: "email.send", draftId: draft.draftId, content, rawSha256: "0".repeat(64) },
        raws: [Buffer.from("")],
        outcomes: [],
        details: undefined,
        pushes: 1,
        attempts: 0,
        leaseUntil: 0,
        secondOf: undefined,
        agreed: true,
      };
      return Promise.resolve({ ok: true, approval });
    },
  };
  const runs = createRuns({
    model: createModel({
      provider: "bedrock",
      region: "eu-central-1",
      model: "amazon.nova-lite-v1:0",
      endpoint: bedrock.url,
      ...limits,
      retryMs: 1,
    }),
    conversations,
    append: (id, sub, ...told) => log.append(id, sub, ...told),
    approvalsIn: () => Promise.resolve([...approvals.values()]),
    approvalsOf: (runId) =>
      Promise.resolve([...approvals.values()].filter((a) => a.runId === runId)),
    checkpointer: async (sub) => new StoreCheckpointer(db, await keys.of(sub), sub),
    callerOf: () => caller,
    rooms: {
      enter: () => Promise.resolve(undefined),
      toolsIn: () => Promise.resolve(undefined),
      lacked: () => Promise.resolve(),
      trackers: () => NO_TRACKERS,
    },
    record: createRunRecord({ db, bus, keys, log, leaseMs: 30_000, now }),
    onCancel: (runId, heard, signal) => {
      bus.on("cancel", runId, heard, signal);
    },
    leaseMs: 30_000,
    log: createLog(() => {}),
    now,
  });

  async function bodies(id: ConversationId): Promise<EventBody[]> {
    return (await log.after(id, SUB, 0)).map((event) => event.body);
  }
  async function ask(text: string, conversationId?: ConversationId): Promise<ConversationId> {
    const started = await runs.start(caller, {
      text,
      timeZone: "UTC",
      threadId: ThreadId.parse("189af729deca2ec0"),
      ...(conversationId === undefined ? {} : { conversationId }),
    });
    if (started === undefined) throw new Error("not started");
    return started.conversationId;
  }
  async function until(
    id: ConversationId,
    type: EventBody["type"],
    count = 1,
  ): Promise<EventBody[]> {
    await vi.waitFor(async () => {
      expect((await bodies(id)).filter((body) => body.type === type)).toHaveLength(count);
    }, 5000);
    return bodies(id);
  }
  function decide(state: ApprovalView["state"]): ApprovalView {
    const [view] = approvals.values();
    if (view === undefined) throw new Error("nothing was proposed");
    const ended: ApprovalView = { ...view, state, endedAt: now().toISOString(), ending: "Words." };
    approvals.set(view.id, ended);
    return ended;
  }
  const checkpoints = async () =>
    (await db.selectFrom("checkpoints").select("id").execute()).length;
  return { runs, ask, until, bodies, decide, checkpoints };
}

const said = (events: EventBody[]) =>
  events.flatMap((event) => (event.type === "text.delta" ? [event.text] : [])).join("");

test("an answer streams, a tool's step is told, and the result reaches the model fenced", async () => {
  const { ask, until } = await office([
    toolUse("read_email_thread", { thread_id: "189af729deca2ec0" }),
    "Nothing is open.",
  ]);
  const events = await until(await ask("What is open?"), "run.ended");
  expect(events.map((event) => event.type)).toEqual([
    "run.started",
    "step.started",
    "step.ended",
    "text.delta",
    "run.ended",
  ]);
  expect(said(events)).toBe("Nothing is open.");
  expect(JSON.stringify(bedrock.calls[1]?.request.messages)).toContain(
    '<untrusted source=\\"gmail\\"',
  );
});

test("a turn with one tool asks the store no more often than before", async () => {
  const step = toolUse("read_email_thread", { thread_id: "189af729deca2ec0" });
  const { runs, ask, until } = await office([step, "Nothing is open.", step, "Nothing."]);
  const id = await ask("What is open?");
  await until(id, "run.ended");
  await runs.rest();
  const statements = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
  const transactions = vi.spyOn(TransactionBuilder.prototype, "execute");
  await ask("And now?", id);
  await runs.rest();
  const asked = statements.mock.calls.map(([query]) => query.sql);
  const commits = transactions.mock.calls.length;
  statements.mockRestore();
  transactions.mockRestore();
  expect((await until(id, "run.ended", 2)).at(-1)).toMatchObject({ outcome: "answered" });
  const writes = asked.filter((sql) => !sql.startsWith("select"));
  expect(writes.length).toBeLessThanOrEqual(17);
  expect(asked.length - writes.length).toBeLessThanOrEqual(6);
  expect(commits).toBeLessThanOrEqual(7);
});

test("a send waits for the phone; its result is the record's, and the run goes on by itself", async () => {
  const { runs, ask, until, decide } = await office([
    toolUse("draft_email_reply", { mode: "reply", message_id: "189af729deca2ec0", body: "Hello" }),
    toolUse("send_email_with_approval", { draft_id: "r-1" }),
    (request) => JSON.stringify(request.messages.at(-1)),
  ]);
  const id = await ask("Reply and send");
  await until(id, "run.waiting");
  runs.resume(decide("denied"));
  const events = await until(id, "run.ended");
  expect(said(events)).toContain("denied");
  expect(events.map((event) => event.type)).toContain("run.resumed");
});

test("a question asked while a run waits is answered, and sees that the phone has not", async () => {
  const { runs, ask, until, decide } = await office([
    toolUse("send_email_with_approval", { draft_id: "r-1" }),
    (request) => `It waits: ${JSON.stringify(request.messages).includes("has not answered yet")}`,
    "Denied, so nothing was sent.",
  ]);
  const id = await ask("Send it");
  await until(id, "run.waiting");
  await ask("What happens?", id);
  expect(said(await until(id, "run.ended"))).toBe("It waits: true");
  runs.resume(decide("denied"));
  expect(said(await until(id, "run.ended", 2))).toContain("Denied, so nothing was sent.");
});

test("a stream that is cut ends the run with what arrived and says so", async () => {
  const { ask, until } = await office([
    "One sentence that is long enough to be cut in the middle of it, surely.",
  ]);
  bedrock.faults.next("cut");
  const events = await until(await ask("Hello"), "run.ended");
  expect(events.at(-1)).toMatchObject({ outcome: "failed", problem: { code: "model_cut" } });
  expect(said(events).length).toBeGreaterThan(5);
});

test.each([
  ["down", "model_down"],
  ["throttle", "model_throttled"],
] as const)("a model that is %s is told as %s", async (fault, code) => {
  const { ask, until } = await office(["never"]);
  bedrock.faults.next(fault, 3);
  const events = await until(await ask("Hello"), "run.ended");
  expect(events.at(-1)).toMatchObject({ outcome: "failed", problem: { code } });
});

test("a model that only calls tools reaches its budget and stops", async () => {
  const loop = Array.from({ length: 20 }, () => toolUse("get_latest_emails", {}));
  const { ask, until } = await office(loop);
  const events = await until(await ask("Loop"), "run.ended");
  expect(events.at(-1)).toMatchObject({ outcome: "budget", problem: { code: "budget" } });
  expect(bedrock.calls).toHaveLength(12);
});

/** A mailbox whose one thread takes about 6,000 tokens. */
const long = () =>
  mailbox({
    thread: (id) => {
      const text = "The price is 92m and the escrow is 10 percent. ".repeat(380);
      const message = {
        id,
        threadId: id,
        from: "ana@helio.example",
        to: "",
        cc: "",
        subject: "NDA",
      };
      const more = {
        date: now().toISOString(),
        snippet: "",
        rfc: { own: [], before: [] },
        text,
        attachments: [],
      };
      return Promise.resolve({
        ok: true,
        value: { id, subject: "NDA", messages: [{ ...message, ...more }] },
      });
    },
  });
const READ = toolUse("read_email_thread", { thread_id: "189af729deca2ec0" });

test("a run that costs too many tokens ends in words, before the call that would pass its budget", async () => {
  const reads = Array.from({ length: 20 }, () => READ);
  const { ask, until } = await office(reads, long(), { ...LIMITS, runTokens: 40_000 });
  const events = await until(await ask("Read on"), "run.ended");
  expect(events.at(-1)).toMatchObject({
    outcome: "budget",
    problem: { code: "budget", detail: "It read more text than one answer may cost." },
  });
  expect(bedrock.calls.length).toBeLessThan(8);
});

test("a run in a small window goes on: of its oldest results the model keeps the ids alone", async () => {
  const { ask, until } = await office([READ, READ, READ, READ, "Done."], long(), {
    ...LIMITS,
    contextTokens: 32_768,
  });
  expect(said(await until(await ask("Read on"), "run.ended"))).toBe("Done.");
  const last = JSON.stringify(bedrock.calls.at(-1)?.request.messages);
  expect(last).toContain("read again if needed");
  expect(last).toContain("The price is 92m");
  expect(Buffer.byteLength(last) / 3).toBeLessThan(32_768);
});

test("an unknown tool and arguments of the wrong form come back as results that say what to do", async () => {
  const { ask, until } = await office([
    [toolUse("delete_everything", {}), toolUse("read_email_thread", { thread_id: "../../etc" })],
    "I could not.",
  ]);
  await until(await ask("Hello"), "run.ended");
  const results = JSON.stringify(bedrock.calls[1]?.request.messages);
  expect(results).toContain("There is no tool named delete_everything");
  expect(results).toContain("use an id from a tool result or the open thread");
});

function notConnected() {
  return Promise.resolve({ ok: false as const, problem: problem("google_not_connected") });
}

test("what the mailbox refused is the problem the run ends with", async () => {
  const { ask, until } = await office(
    [toolUse("get_latest_emails", {}), "Connect first."],
    mailbox({ search: notConnected }),
  );
  const events = await until(await ask("Latest?"), "run.ended");
  expect(events.at(-1)).toMatchObject({
    outcome: "answered",
    problem: { code: "google_not_connected" },
  });
});

test("tool arguments that are no JSON are told to the model, and nothing is run", async () => {
  const { ask, until } = await office([
    toolUse("get_latest_emails", {}),
    (request) => `Told: ${JSON.stringify(request.messages).includes("arguments_were_not_json")}`,
  ]);
  bedrock.faults.next("junk");
  const events = await until(await ask("Latest?"), "run.ended");
  expect(said(events)).toBe("Told: true");
  expect(events).toContainEqual(expect.objectContaining({ type: "step.ended", ok: false }));
});

test("a claim to have sent that no effect bears out is not shown, and not kept as said", async () => {
  const { ask, until } = await office([
    "Good news. I've sent the mail to Ana. Anything else?",
    (request) => JSON.stringify(request.messages.slice(0, -1)),
  ]);
  const id = await ask("Send it");
  const events = await until(id, "run.ended");
  expect(said(events)).toBe("Good news. Anything else?");
  expect(events).toContainEqual(
    expect.objectContaining({ type: "claim.withheld", claimed: "sent", found: "nothing" }),
  );
  await ask("And?", id);
  const later = said(await until(id, "run.ended", 2));
  expect(later).not.toContain("sent the mail to Ana");
  expect(later).toContain("VaultDesk left a sentence out here");
});

test("the same claim is shown once the phone approved and Gmail sent", async () => {
  const { runs, ask, until, decide } = await office([
    toolUse("draft_email_reply", { mode: "reply", message_id: "189af729deca2ec0", body: "Hello" }),
    toolUse("send_email_with_approval", { draft_id: "r-1" }),
    "I've sent the mail to Ana.",
  ]);
  const id = await ask("Reply and send");
  await until(id, "run.waiting");
  runs.resume(decide("executed"));
  expect(said(await until(id, "run.ended"))).toContain("I've sent the mail to Ana.");
});

test("a stop that comes before the model is asked is heard", async () => {
  const reading = Promise.withResolvers<Awaited<ReturnType<Mailroom["owner"]>>>();
  const { runs, ask, until, bodies } = await office(
    ["Never said."],
    mailbox({ owner: () => reading.promise }),
  );
  const id = await ask("What is open?");
  const [started] = await bodies(id);
  const runId = started?.type === "run.started" ? started.runId : "";
  expect(await runs.cancel(SUB, runId)).toBe(true);
  reading.resolve({
    ok: true,
    value: { name: "Maya Field", address: "maya@northgate.example", aliases: [] },
  });
  const events = await until(id, "run.ended");
  expect(events.at(-1)).toMatchObject({ outcome: "cancelled" });
  expect(said(events)).toBe("");
});

test("an ended run leaves no checkpoints", async () => {
  const { ask, until, checkpoints, runs } = await office(["Tuesday."]);
  await until(await ask("When?"), "run.ended");
  await runs.stop();
  expect(await checkpoints()).toBe(0);
});

const ONE_MAIL: Partial<Mailroom> = {
  thread: () =>
    Promise.resolve({
      ok: true,
      value: {
        id: "189af729deca2ec0",
        subject: "NDA",
        messages: [
          {
            id: "189af729deca2ec1",
            threadId: "189af729deca2ec0",
            from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
            to: "maya@northgate.example",
            cc: "",
            subject: "NDA",
            date: "2026-11-20T14:04:00.000Z",
            snippet: "",
            rfc: { own: [], before: [] },
            attachments: [],
            text: "Our committee accepts 21 days of exclusivity.",
          },
        ],
      },
    }),
};
const FACT = "The committee accepts 21 days.";

test("an answer without a citation is asked for one once, and what it rests on is put behind it", async () => {
  const { ask, until } = await office(
    [
      READ,
      FACT,
      "It rests on [msg:189af729deca2ec1] and [msg:189af729deca2ec9].",
      (request) => JSON.stringify(request.messages),
    ],
    mailbox(ONE_MAIL),
  );
  const id = await ask("How many days?");
  const events = await until(id, "run.ended");
  expect(said(events)).toBe(`${FACT} [msg:189af729deca2ec1]`);
  expect(JSON.stringify(bedrock.calls[2]?.request.messages.at(-1))).toContain("cites no message");
  await ask("And?", id);
  const kept = said(await until(id, "run.ended", 2));
  expect(kept).toContain(`${FACT} [msg:189af729deca2ec1]`);
  expect(kept).not.toContain("cites no message");
});

test.each<[string, ScriptStep]>([
  ["names none", "NONE"],
  ["names what says nothing of it", "[msg:189af729deca2ec9]"],
  ["calls a tool instead", READ],
])("where the model %s, the panel is told that nothing is cited", async (_, reply) => {
  const { ask, until } = await office([READ, FACT, reply], mailbox(ONE_MAIL));
  const events = await until(await ask("How many days?"), "run.ended");
  expect(said(events)).toBe(FACT);
  expect(events.slice(-2).map(({ type }) => type)).toEqual(["citation.missing", "run.ended"]);
  expect(bedrock.calls).toHaveLength(3);
});

test("a model that is down when it is asked for citations leaves the answer as it is", async () => {
  const { ask, until } = await office([READ, FACT], mailbox(ONE_MAIL));
  const events = await until(await ask("How many days?"), "run.ended");
  expect(said(events)).toBe(FACT);
  expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
  expect(events.at(-2)).toMatchObject({ type: "citation.missing" });
});
