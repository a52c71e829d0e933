/** For tests: the engine of approvals in this process, on either store, a Google stand-in, and a phone that answers as told. */
import { randomBytes } from "node:crypto";

import type { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { BUILT_IN, type InForce } from "@vaultdesk/shared/org-policy.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { Settings } from "@vaultdesk/shared/settings.ts";
import { type Google, startGoogle } from "@vaultdesk/standins/google/start.ts";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, onTestFinished, vi } from "vitest";

import { createExecutor } from "./actions/execute.ts";
import { createLookInside } from "./actions/look-inside.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { createProposer } from "./actions/propose.ts";
import { createAsker } from "./approvals/ask.ts";
import type { Ciba, PushRequest, PushResult } from "./approvals/ciba.ts";
import { createQueue } from "./approvals/queue.ts";
import { type Approvals, createApprovals } from "./approvals/record.ts";
import type { Approval } from "./approvals/row.ts";
import type { PollAnswer } from "./approvals/transition.ts";
import { createWatcher } from "./approvals/watch.ts";
import { createFileReader } from "./attachments/read-file.ts";
import { createAccess } from "./audit/access.ts";
import { createSignOuts } from "./auth0/sign-outs.ts";
import { readConfig } from "./config.ts";
import { createConversationLog } from "./conversations/log.ts";
import { createConversations } from "./conversations/record.ts";
import { ENVIRONMENT } from "./environment-for-tests.ts";
import { calendarClient } from "./google/calendar.ts";
import { gmailClient } from "./google/call.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import { createLog } from "./observe/log.ts";
import { createGate } from "./rooms/gate.ts";
import { newKey } from "./store/crypto.ts";
import { createKeyring } from "./store/keys.ts";
import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { openStore, type Store } from "./store/open.ts";
import { createBroker, type Grant } from "./vault/broker.ts";

const SUB = "google-oauth2|1001";
export const MAYA = "maya@northgate.example";
export const ANA = "ana.ruiz@helio-capital.example";
export const panel: Grant = { kind: "panel", sub: SUB, subjectToken: "bearer" };

const signing = await generateKeyPair("RS256");
export const { publicKey } = signing;
export const stranger = await generateKeyPair("RS256");
const keys = createLocalJWKSet({
  keys: [{ ...(await exportJWK(signing.publicKey)), kid: "k", alg: "RS256", use: "sig" }],
});

const read = readConfig(ENVIRONMENT);
if (!read.ok) throw new Error(read.problems.join());
const { config } = read;

/** What a forger changes in the token that a phone's yes becomes. */
export interface Yes {
  sub?: string;
  azp?: string;
  key?: typeof stranger.privateKey;
  /** In place of the list that holds what was asked. */
  details?: unknown[] | ((request: PushRequest) => unknown);
  /** Claims left out, and claims added. */
  without?: readonly string[];
  claims?: Readonly<Record<string, unknown>>;
  jti?: string;
  audience?: string;
  issuer?: string;
  scope?: string;
  /** Seconds from now. */
  expiresIn?: number;
  header?: Readonly<Record<string, string>>;
  /** The last word: the whole token. */
  token?: (honest: string) => string | Promise<string>;
}

const now = () => new Date();

/** A phone that answers as told; `yes` signs what it was shown unless a forgery changes it. */
function phone(arrived: OfficeOptions["arrived"]) {
  const pushes: PushRequest[] = [];
  let refusal: (PushResult & { ok: false }) | undefined;
  let answer: PollAnswer | ((request: PushRequest) => Promise<PollAnswer>) = { kind: "pending" };
  const ciba: Ciba = {
    push: async (request) => {
      await arrived?.("push");
      if (refusal !== undefined) return refusal;
      pushes.push(request);
      return {
        ok: true,
        authReqId: `req-${pushes.length}`,
        intervalMs: 20,
        expiresInMs: 60_000,
      };
    },
    poll: (authReqId) => {
      const request = pushes[Number(authReqId.slice(4)) - 1];
      if (request === undefined) throw new Error("no such push");
      return typeof answer === "function" ? answer(request) : Promise.resolve(answer);
    },
  };
  const yes = (change: Yes = {}) => {
    answer = async (request) => {
      const token = await grantFor(request, change);
      return { kind: "token", accessToken: (await change.token?.(token)) ?? token };
    };
  };
  const says = (told: typeof answer) => {
    answer = told;
  };
  const no = () => {
    says({ kind: "access_denied" });
  };
  return { ciba, pushes, yes, no, says, refuse: (how: typeof refusal) => (refusal = how) };
}

/** The access token that Auth0 would mint for a yes to this request, but for what the forger changes. */
export function grantFor(request: PushRequest, change: Yes = {}): Promise<string> {
  const { details = [request.details], without = [] } = change;
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: change.issuer ?? config.auth0.issuer,
    sub: change.sub ?? request.approver,
    aud: change.audience ?? config.auth0.audience,
    azp: change.azp ?? "approvals",
    iat: seconds,
    exp: seconds + (change.expiresIn ?? 300),
    jti: change.jti ?? randomBytes(8).toString("hex"),
    scope: change.scope ?? "openid write:approve",
    authorization_details: typeof details === "function" ? details(request) : details,
    ...change.claims,
  };
  const kept = Object.entries(claims).filter(([name]) => !without.includes(name));
  return new SignJWT(Object.fromEntries(kept))
    .setProtectedHeader({ alg: "RS256", kid: "k", typ: "JWT", ...change.header })
    .sign(change.key ?? signing.privateKey);
}

export type StoreKind = "sqlite" | "postgres";
export const STORES: readonly StoreKind[] = ["sqlite", "postgres"];

const quiet = createLog(() => undefined);

/** A new, empty store of this kind. */
async function storeOf(kind: StoreKind, own: (() => Promise<void>)[]): Promise<Store> {
  const place = kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() };
  const store = await openStore(place, quiet);
  own.push(() => store.close());
  return store;
}

interface OfficeOptions {
  store?: StoreKind;
  lend?: (subjectToken: string) => boolean;
  /** What the vault says that the user has granted, and what the token can do; all unless said. */
  scopes?: () => { told: readonly string[]; real: readonly string[] };
  leaseMs?: number;
  /** Requests a second that the tenant allows. */
  rate?: number;
  /** How long an approved action is held. */
  holdSeconds?: number;
  /** The grant of a panel that is open. */
  panelGrant?: () => Grant | undefined;
  /** Told of each call to Google, to the vault or to the phone, which goes on when this has ended. */
  arrived?: (what: string) => Promise<void>;
  /** Told of each approval that ended. */
  ended?: (approval: Approval) => void;
  /** What the organisation sets. */
  policy?: InForce;
  /** Closed by `close`, not at the end of the test: for several tests on one. */
  kept?: boolean;
}

export async function office(options: OfficeOptions = {}) {
  const own: (() => Promise<void>)[] = [];
  async function close(): Promise<void> {
    for (const each of own.splice(0).toReversed()) await each();
  }
  // Not by `afterEach` here: this module is read once for all files of a worker, and the hook would be the first file's alone.
  if (options.kept !== true) onTestFinished(close);
  const google: Google = await startGoogle({
    users: [
      { email: MAYA, name: "Maya Field" },
      { email: ANA, name: "Ana Ruiz" },
    ],
    ...(options.arrived === undefined ? {} : { arrived: options.arrived }),
  });
  own.push(() => google.close());
  const { leaseMs = 30_000 } = options;
  const { kind, db, bus } = await storeOf(options.store ?? "sqlite", own);
  const keyring = createKeyring(db, newKey(), now);
  const log = createConversationLog(db, bus, keyring, now);
  const conversations = createConversations(db, keyring, now);
  const lines: string[] = [];
  const lent: string[] = [];
  const broker = createBroker({
    exchange: async (subjectToken) => {
      await options.arrived?.("vault");
      lent.push(subjectToken === "bearer" ? "panel" : "approval");
      if (options.lend?.(subjectToken) === false) {
        return { ok: false, reason: "reconnect", error: "refused" };
      }
      const { told, real } = options.scopes?.() ?? { told: CONNECT_SCOPES, real: CONNECT_SCOPES };
      return { ok: true, token: { ...google.issue(MAYA, real), scopes: [...told] } };
    },
    log: createLog((line) => lines.push(line)),
    now: () => Date.now(),
  });
  const ended: string[] = [];
  const gate = createGate(db, keyring, options.policy ?? BUILT_IN);
  const queue = createQueue({ db, kind, keys: keyring, leaseMs, rate: options.rate ?? 1000 });
  const recordThat = (told: (approval: Approval) => void) =>
    createApprovals({
      db,
      keys: keyring,
      log,
      leaseMs,
      answerMs: 60_000,
      now,
      ended: told,
    });
  const approvals = recordThat((approval) => {
    ended.push(approval.view.id);
    options.ended?.(approval);
  });
  const signOuts = createSignOuts(db, bus, now);
  const executorOn = (record: Approvals) =>
    createExecutor({
      approvals: record,
      broker,
      signOuts,
      gmailRootUrl: google.url,
      calendarRootUrl: google.url,
      leaseMs,
      log: createLog((line) => lines.push(line)),
      now: () => Date.now(),
      tell: (id, sub, event) => log.append(id, sub, event),
      gate,
    });
  const executor = executorOn(approvals);
  /** Another process on the same store: nothing in memory is shared. */
  const rival = executorOn(recordThat(() => undefined));
  const { ciba, ...told } = phone(options.arrived);
  const asker = createAsker({ approvals, ciba, seconds: 300, now: () => Date.now() });
  const watching = () => {
    const one = createWatcher({
      approvals,
      queue,
      asker,
      ciba,
      executor,
      keys,
      config,
      settingsOf: () => Promise.resolve(Settings.parse({ holdSeconds: options.holdSeconds ?? 0 })),
      panelGrant: options.panelGrant ?? (() => undefined),
      onConversation: (id, heard, signal) => {
        log.watch(id, heard, signal);
      },
      log: createLog((line) => lines.push(line)),
      now: () => Date.now(),
    });
    one.start();
    own.push(() => one.stop());
    return one;
  };
  const watcher = watching();
  const proposer = createProposer({
    approvals,
    asker,
    conversations,
    broker,
    openMailbox: mailboxesAt(google.url),
    openCalendar: (_sub, token) => calendarClient(google.url, token),
    tell: (id, sub, event) => log.append(id, sub, event),
    gate,
    lookInside: createLookInside({ gate, reader: createFileReader() }),
    refused: createAccess(db, now).wishRefused,
    queued: () => {
      watcher.wake();
    },
  });
  const mail = createMailroom({ broker, openMailbox: mailboxesAt(google.url), grant: panel });
  const conversationId = await conversations.create(SUB, "Falcon", undefined);

  async function draft(body = "Hello Ana", subject = "NDA"): Promise<DraftView> {
    const saved = await mail.saveDraft(
      { mode: "new", to: [`Ana Ruiz <${ANA}>`], subject, body },
      new AbortController().signal,
    );
    if (!saved.ok) throw new Error(saved.problem.code);
    const { view, dossier } = saved.value;
    await conversations.addDraft(SUB, conversationId, view.draftId, dossier);
    return view;
  }
  /** As the panel asks: several drafts are one bundle. */
  async function propose(
    views: DraftView | readonly DraftView[],
    id: ConversationId = conversationId,
  ) {
    const list = "draftId" in views ? [views] : views;
    return proposer.propose({
      grant: panel,
      conversationId: id,
      runId: undefined,
      callId: undefined,
      wish: {
        kind: "email.send",
        drafts: await Promise.all(
          list.map(async (view) => ({
            draftId: view.draftId,
            shown: await digestOf(view.content),
          })),
        ),
      },
    });
  }
  async function asked(views: DraftView | readonly DraftView[]): Promise<string> {
    const proposed = await propose(views);
    if (!proposed.ok) throw new Error(proposed.problem.code);
    return proposed.approval.view.id;
  }
  async function state(id: string): Promise<ApprovalState | undefined> {
    return (await approvals.find(id))?.view.state;
  }
  async function becomes(id: string, wanted: ApprovalState): Promise<void> {
    await vi.waitFor(
      async () => {
        expect(await state(id)).toBe(wanted);
      },
      { timeout: 5000, interval: 10 },
    );
  }
  async function withdrawAll(): Promise<void> {
    for (const approval of await approvals.open(SUB, ["proposed", "waiting"])) {
      const { id, state: from } = approval.view;
      await approvals.move(id, from, "cancelled");
    }
  }
  /** A thief with every key puts another mail in the place of the approved one. */
  async function swap(id: string, what: "action" | "raw"): Promise<void> {
    const sealer = await keyring.of(SUB);
    const found = await approvals.find(id);
    const text =
      what === "raw"
        ? found?.raws[0]?.toString().replace(ANA, "eve@evil.example")
        : JSON.stringify(found?.action).replaceAll(ANA, "eve@evil.example");
    const sealed = sealer.seal(text ?? "", `approvals/${id}/${what}`);
    await db
      .updateTable("approvals")
      .set(what === "raw" ? { raw_sealed: sealed } : { action_sealed: sealed })
      .where("id", "=", id)
      .execute();
  }
  /** As the person does in Gmail. */
  async function deleteDraft(id: string): Promise<void> {
    const { accessToken } = google.issue(MAYA, ["https://www.googleapis.com/auth/gmail.modify"]);
    await gmailClient(google.url, accessToken).users.drafts.delete({ userId: "me", id });
  }
  const open = async () =>
    (await approvals.list(SUB)).filter((one) => one.endedAt === undefined).map((one) => one.state);
  const statesOf = async (draftId: string) =>
    (
      await db.selectFrom("approvals").select("state").where("draft_id", "=", draftId).execute()
    ).map((row) => row.state);
  const subjects = () =>
    google.outbox.flatMap((entry) =>
      entry.kind === "mail" ? [/^Subject: (.*)$/m.exec(entry.raw.toString())?.[1]?.trim()] : [],
    );
  const delivered = () => google.outbox.filter((entry) => entry.kind === "mail");
  const events = async () => (await log.after(conversationId, SUB, 0)).map((event) => event.body);

  /** As after a minute without a push. */
  async function freePhone(): Promise<void> {
    await db.updateTable("approvals").set({ pushed_at: 0 }).execute();
  }

  return {
    close,
    freePhone,
    signOut: () => signOuts.mark(SUB),
    withdrawAll,
    deleteDraft,
    swap,
    open,
    statesOf,
    subjects,
    rival,
    events,
    google,
    db,
    bus,
    keyring,
    log,
    approvals,
    executor,
    watcher,
    watching,
    mail,
    lent,
    lines,
    ended,
    ...told,
    queue,
    asker,
    proposer,
    conversations,
    conversationId,
    broker,
    gate,
    draft,
    propose,
    asked,
    state,
    becomes,
    delivered,
  };
}
