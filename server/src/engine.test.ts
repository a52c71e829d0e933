/**
 * The engine whole: draft, proposal, push, grant, execution, over the real store and the Google stand-in, whose outbox is the judge.
 * The phone's side is played here with keys of our own, so that every forgery can be made.
 */
import { randomBytes } from "node:crypto";

import type { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { ConversationId } from "@vaultdesk/shared/id.ts";
import { GMAIL_COMPOSE, GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import { type Google, startGoogle } from "@vaultdesk/standins/google/start.ts";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";

import { createExecutor } from "./actions/execute.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { createProposer } from "./actions/propose.ts";
import type { Ciba, PushRequest } from "./approvals/ciba.ts";
import { createApprovals } from "./approvals/record.ts";
import type { PollAnswer } from "./approvals/transition.ts";
import { createWatcher } from "./approvals/watch.ts";
import { readConfig } from "./config.ts";
import { createConversationLog } from "./conversations/log.ts";
import { createConversations } from "./conversations/record.ts";
import { createLog } from "./observe/log.ts";
import { newKey } from "./store/crypto.ts";
import { createKeyring } from "./store/keys.ts";
import { openStore } from "./store/open.ts";
import { createBroker, type Grant } from "./vault/broker.ts";

const SUB = "google-oauth2|1001";
const MAYA = "maya@northgate.example";
const ANA = "ana.ruiz@helio-capital.example";
const panel: Grant = { kind: "panel", sub: SUB, subjectToken: "bearer" };

const signing = await generateKeyPair("RS256");
const stranger = await generateKeyPair("RS256");
const keys = createLocalJWKSet({
  keys: [{ ...(await exportJWK(signing.publicKey)), kid: "k", alg: "RS256", use: "sig" }],
});

const read = readConfig({
  EXTENSION_ID: "abcdefghijklmnopabcdefghijklmnop",
  AUTH0_DOMAIN: "tenant.example",
  AUTH0_AUDIENCE: "https://api.vaultdesk.app",
  AUTH0_EXTENSION_CLIENT_ID: "extension",
  AUTH0_VAULT_CLIENT_ID: "vault",
  AUTH0_VAULT_CLIENT_SECRET: "vault-secret-vault-secret",
  AUTH0_APPROVALS_CLIENT_ID: "approvals",
  AUTH0_APPROVALS_CLIENT_SECRET: "approvals-secret-approvals",
  BEDROCK_REGION: "eu-central-1",
  BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
  DATABASE_FILE: ":memory:",
  MASTER_KEY: randomBytes(32).toString("base64"),
});
if (!read.ok) throw new Error(read.problems.join());
const { config } = read;

interface Yes {
  sub?: string;
  azp?: string;
  key?: typeof signing.privateKey;
  details?: unknown;
  jti?: string;
  audience?: string;
  issuer?: string;
}

const now = () => new Date();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A phone that answers as told; `yes` signs what it was shown unless a forgery changes it. */
function phone() {
  const pushes: PushRequest[] = [];
  let answer: PollAnswer | ((request: PushRequest) => Promise<PollAnswer>) = { kind: "pending" };
  const ciba: Ciba = {
    push: (request) => {
      pushes.push(request);
      return Promise.resolve({
        ok: true,
        authReqId: `req-${pushes.length}`,
        intervalMs: 20,
        expiresInMs: 60_000,
      });
    },
    poll: (authReqId) => {
      const request = pushes[Number(authReqId.slice(4)) - 1];
      if (request === undefined) throw new Error("no such push");
      return typeof answer === "function" ? answer(request) : Promise.resolve(answer);
    },
  };
  const yes = (change: Yes = {}) => {
    answer = async (request) => {
      const jwt = new SignJWT({
        azp: change.azp ?? "approvals",
        scope: "openid write:approve",
        authorization_details: change.details ?? [request.details],
      })
        .setProtectedHeader({ alg: "RS256", kid: "k", typ: "JWT" })
        .setSubject(change.sub ?? request.approver)
        .setIssuer(change.issuer ?? config.auth0.issuer)
        .setAudience(change.audience ?? config.auth0.audience)
        .setJti(change.jti ?? randomBytes(8).toString("hex"))
        .setIssuedAt()
        .setExpirationTime("5m");
      return { kind: "token", accessToken: await jwt.sign(change.key ?? signing.privateKey) };
    };
  };
  return { ciba, pushes, yes, no: () => (answer = { kind: "access_denied" }) };
}

async function office(options: { lend?: (subjectToken: string) => boolean } = {}) {
  const google: Google = await startGoogle({
    users: [
      { email: MAYA, name: "Maya Field" },
      { email: ANA, name: "Ana Ruiz" },
    ],
  });
  closing.push(() => google.close());
  const db = await openStore(":memory:");
  const keyring = createKeyring(db, newKey(), now);
  const log = createConversationLog(db, keyring, now);
  const conversations = createConversations(db, keyring, now);
  const lines: string[] = [];
  const lent: string[] = [];
  const broker = createBroker({
    exchange: (subjectToken) => {
      lent.push(subjectToken === "bearer" ? "panel" : "approval");
      if (options.lend?.(subjectToken) === false) {
        return Promise.resolve({ ok: false, reason: "reconnect", error: "refused" });
      }
      const issued = google.issue(MAYA, [GMAIL_READ, GMAIL_COMPOSE]);
      return Promise.resolve({ ok: true, token: issued });
    },
    log: createLog((line) => lines.push(line)),
    now: () => Date.now(),
  });
  const ended: string[] = [];
  const approvals = createApprovals({
    db,
    keys: keyring,
    log,
    now,
    ended: (a) => ended.push(a.view.id),
  });
  const executor = createExecutor({
    approvals,
    broker,
    gmailRootUrl: google.url,
    log: createLog((line) => lines.push(line)),
    now: () => Date.now(),
    tell: (id, sub, event) => log.append(id, sub, event),
  });
  const { ciba, pushes, yes, no } = phone();
  const watcher = createWatcher({
    approvals,
    ciba,
    executor,
    keys,
    config,
    log: createLog((line) => lines.push(line)),
    now: () => Date.now(),
  });
  watcher.start();
  closing.push(() => watcher.stop());
  const proposer = createProposer({
    approvals,
    conversations,
    broker,
    ciba,
    gmailRootUrl: google.url,
    seconds: 300,
    now,
    tell: (id, sub, event) => log.append(id, sub, event),
    scheduled: (at) => {
      watcher.wake(at);
    },
  });
  const mail = createMailroom({ broker, gmailRootUrl: google.url, grant: panel });
  const conversationId = await conversations.create(SUB, "Falcon", undefined);

  async function draft(body = "Hello Ana"): Promise<DraftView> {
    const saved = await mail.saveDraft(
      { mode: "new", to: [`Ana Ruiz <${ANA}>`], subject: "NDA", body },
      new AbortController().signal,
    );
    if (!saved.ok) throw new Error(saved.problem.code);
    await conversations.addDraft(SUB, conversationId, saved.value.draftId);
    return saved.value;
  }
  async function propose(view: DraftView, id: ConversationId = conversationId) {
    return proposer.propose({
      grant: panel,
      conversationId: id,
      runId: undefined,
      draftId: view.draftId,
      shown: await digestOf(view.content),
    });
  }
  async function asked(view: DraftView): Promise<string> {
    const proposed = await propose(view);
    if (!proposed.ok) throw new Error(proposed.problem.code);
    return proposed.approval.view.id;
  }
  async function state(id: string): Promise<ApprovalState | undefined> {
    return (await approvals.find(id))?.view.state;
  }
  async function becomes(id: string, wanted: ApprovalState): Promise<void> {
    await vi.waitFor(async () => {
      expect(await state(id)).toBe(wanted);
    }, 5000);
  }
  const delivered = () => google.outbox.filter((entry) => entry.kind === "mail");
  const events = async () => (await log.after(conversationId, SUB, 0)).map((event) => event.body);
  return {
    events,
    google,
    db,
    approvals,
    executor,
    watcher,
    mail,
    lent,
    lines,
    ended,
    pushes,
    yes,
    no,
    draft,
    propose,
    asked,
    state,
    becomes,
    delivered,
  };
}

test("an approved draft is sent once, to exactly its people, with the phone's token", async () => {
  const desk = await office();
  const id = await desk.asked(await desk.draft());
  expect(desk.delivered()).toEqual([]);
  desk.yes();
  await desk.becomes(id, "executed");
  expect(desk.delivered()).toMatchObject([{ from: MAYA, recipients: [ANA] }]);
  expect(desk.lent.at(-1)).toBe("approval");
  expect(desk.ended).toEqual([id]);
  expect(desk.pushes).toHaveLength(1);
});

test("denied, nothing is sent, and the same mail is not asked for again in this conversation", async () => {
  const desk = await office();
  const draft = await desk.draft();
  const id = await desk.asked(draft);
  desk.no();
  await desk.becomes(id, "denied");
  expect(desk.delivered()).toEqual([]);
  expect(await desk.propose(draft)).toMatchObject({
    ok: false,
    problem: { code: "denied_before" },
  });
  expect(desk.pushes).toHaveLength(1);
});

test("a draft edited in Gmail between push and yes is not sent, and what changed is named", async () => {
  const desk = await office();
  const draft = await desk.draft();
  const id = await desk.asked(draft);
  const edited = await desk.mail.editDraft(draft.draftId, draft.messageId, {
    ...draft.content,
    to: [...draft.content.to, "thief@helio-capita1.example"],
    text: "Hello Ana, price is 90m",
  });
  expect(edited.ok).toBe(true);
  desk.yes();
  await desk.becomes(id, "drifted");
  expect((await desk.approvals.find(id))?.view.changed).toEqual(["To", "text"]);
  const texts = (await desk.events()).flatMap((event) =>
    event.type === "draft.saved" ? [event.draft.content.text] : [],
  );
  expect(texts).toEqual(["Hello Ana, price is 90m"]);
  expect(desk.delivered()).toEqual([]);
});

test("a draft that is not the one on the card is not asked for", async () => {
  const desk = await office();
  const draft = await desk.draft();
  await desk.mail.editDraft(draft.draftId, draft.messageId, {
    ...draft.content,
    text: "Other words",
  });
  expect(await desk.propose(draft)).toMatchObject({
    ok: false,
    problem: { code: "draft_changed" },
  });
  expect(desk.pushes).toEqual([]);
});

test("a draft of another conversation is unknown", async () => {
  const desk = await office();
  const draft = await desk.draft();
  const other = ConversationId.parse(`con_${"0".repeat(32)}`);
  expect(await desk.propose(draft, other)).toMatchObject({
    ok: false,
    problem: { code: "draft_unknown" },
  });
});

describe("a yes that does not fit is no yes", () => {
  const rows: [string, Yes, string][] = [
    ["another user's", { sub: "google-oauth2|1002" }, "wrong_user"],
    ["another client's", { azp: "extension" }, "wrong_client"],
    ["changed details", { details: [{ type: "x", properties: {} }] }, "wrong_details"],
    ["no details", { details: [] }, "wrong_details"],
    ["another audience", { audience: "https://other.example" }, "bad_token"],
    ["another issuer", { issuer: "https://evil.example/" }, "bad_token"],
    ["an unknown key", { key: stranger.privateKey }, "bad_token"],
  ];

  test.each(rows)("%s", async (_, forgery, reason) => {
    const desk = await office();
    const id = await desk.asked(await desk.draft());
    desk.yes(forgery);
    await desk.becomes(id, "failed");
    expect(desk.delivered()).toEqual([]);
    expect(desk.lines.join("\n")).toContain(reason);
  });

  test("a grant used before does not move a second approval", async () => {
    const desk = await office();
    desk.yes({ jti: "the-same-jti" });
    const first = await desk.asked(await desk.draft("One"));
    await desk.becomes(first, "executed");
    const second = await desk.asked(await desk.draft("Two"));
    await vi.waitFor(() => {
      expect(desk.lines.join("\n")).toContain("a poll failed");
    }, 5000);
    expect(await desk.state(second)).toBe("waiting");
    expect(desk.delivered()).toHaveLength(1);
  });
});

test("fifty executions at once send one mail", async () => {
  const desk = await office();
  const id = await desk.asked(await desk.draft());
  await desk.watcher.stop();
  await desk.approvals.move(id, "waiting", "approved");
  await Promise.all(Array.from({ length: 50 }, () => desk.executor.execute(id, panel)));
  expect(await desk.state(id)).toBe("executed");
  expect(desk.delivered()).toHaveLength(1);
});

test("a request that was withdrawn is worth nothing when its yes arrives", async () => {
  const desk = await office();
  const id = await desk.asked(await desk.draft());
  await desk.approvals.move(id, "waiting", "cancelled");
  desk.yes();
  await new Promise((later) => {
    setTimeout(later, 200);
  });
  expect(await desk.state(id)).toBe("cancelled");
  expect(desk.delivered()).toEqual([]);
});

describe("a send whose end nobody saw", () => {
  test("is not repeated, and is read as not sent when the draft is still there", async () => {
    const desk = await office();
    const id = await desk.asked(await desk.draft());
    desk.google.faults.next("gmail.users.drafts.send", 503);
    desk.yes();
    await desk.becomes(id, "failed");
    expect((await desk.approvals.find(id))?.view.ending).toContain("Gmail still has the draft");
    expect(
      desk.google.calls.filter((call) => call.method.endsWith("drafts.send")).length,
    ).toBeLessThanOrEqual(1);
    expect(desk.delivered()).toEqual([]);
  });

  test("after a crash is found in the sent mail when the panel is next there", async () => {
    const desk = await office();
    const id = await desk.asked(await desk.draft());
    await desk.watcher.stop();
    await desk.approvals.move(id, "waiting", "approved");
    await desk.executor.execute(id, panel);
    // As a crash between Gmail's answer and our record of it.
    await desk.db
      .updateTable("approvals")
      .set({ state: "executing", effect: null, lease_until: 0, ended_at: null })
      .execute();
    await desk.executor.settle(panel);
    expect(await desk.state(id)).toBe("executed");
    expect(desk.delivered()).toHaveLength(1);
  });
});

test("a tenant that will not exchange the phone's token leaves it to the panel's next one", async () => {
  const desk = await office({ lend: (token) => token === "bearer" });
  const id = await desk.asked(await desk.draft());
  desk.yes();
  await desk.becomes(id, "approved");
  expect(desk.delivered()).toEqual([]);
  await desk.executor.settle(panel);
  expect(await desk.state(id)).toBe("executed");
  expect(desk.delivered()).toHaveLength(1);
});

test("each move has its audit row, chained, and no mail text", async () => {
  const desk = await office();
  const id = await desk.asked(await desk.draft("Escrow at ten percent"));
  desk.yes();
  await desk.becomes(id, "executed");
  const rows = await desk.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  expect(rows.map((row) => /"to":"(\w+)"/.exec(row.entry)?.[1])).toEqual([
    "proposed",
    "waiting",
    "approved",
    "executing",
    "executed",
  ]);
  expect(rows.slice(1).map((row) => row.prev)).toEqual(rows.slice(0, -1).map((row) => row.hash));
  expect(rows.map((row) => row.entry).join(" ")).not.toContain("Escrow");
});
