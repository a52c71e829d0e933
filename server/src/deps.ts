/** The dependency tree, by hand, in order. */
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { type ConversationId, DraftId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";

import { createExecutor } from "./actions/execute.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { createProposer } from "./actions/propose.ts";
import { createModel } from "./agent/model.ts";
import { type Caller, createRuns } from "./agent/runs.ts";
import { createCiba } from "./approvals/ciba.ts";
import { createApprovals } from "./approvals/record.ts";
import { createWatcher, type Watcher } from "./approvals/watch.ts";
import { createAuth0Clients } from "./auth0/clients.ts";
import { type Principal, tenantKeys } from "./auth0/principal.ts";
import type { Config } from "./config.ts";
import { createConversationLog } from "./conversations/log.ts";
import { createConversations } from "./conversations/record.ts";
import type { Log } from "./observe/log.ts";
import { StoreCheckpointer } from "./store/checkpointer.ts";
import { createKeyring } from "./store/keys.ts";
import type { Db } from "./store/schema.ts";
import { createBroker, type Grant } from "./vault/broker.ts";
import { exchange } from "./vault/exchange.ts";

export type Deps = ReturnType<typeof createDeps>;

function now(): Date {
  return new Date();
}

function clock(): number {
  return Date.now();
}

function grantOf(principal: Principal): Grant {
  return { kind: "panel", sub: principal.sub, subjectToken: principal.bearer };
}

export function createDeps(config: Config, db: Db, log: Log) {
  const { gmailRootUrl } = config;
  const keys = tenantKeys(config);
  const auth0 = createAuth0Clients(config);
  const keyring = createKeyring(db, config.masterKey, now);
  const conversationLog = createConversationLog(db, keyring, now);
  const conversations = createConversations(db, keyring, now);
  const broker = createBroker({
    exchange: (token, signal) => exchange(auth0.vault, token, signal),
    log,
    now: clock,
  });
  const approvals = createApprovals({
    db,
    keys: keyring,
    log: conversationLog,
    now,
    ended: (approval) => {
      runs.resume(approval.view);
    },
  });
  const tell = (id: ConversationId, sub: string, event: EventBody) =>
    conversationLog.append(id, sub, event);
  const ciba = createCiba(auth0.approvals, config.auth0.audience);
  const executor = createExecutor({ approvals, broker, gmailRootUrl, log, now: clock, tell });

  const watcher: Watcher = createWatcher({
    approvals,
    ciba,
    executor,
    keys,
    config,
    log,
    now: clock,
  });
  const proposer = createProposer({
    approvals,
    conversations,
    broker,
    ciba,
    gmailRootUrl,
    seconds: config.approvalSeconds,
    now,
    tell,
    scheduled: (at) => {
      watcher.wake(at);
    },
  });

  const caller = (sub: string, grant: Grant | undefined): Caller => ({
    sub,
    mail: createMailroom({ broker, gmailRootUrl, grant }),
    propose: async ({ conversationId, runId, draftId }) => {
      const id = DraftId.safeParse(draftId);
      if (!id.success) return { ok: false, problem: problem("draft_unknown") };
      if (grant === undefined) return { ok: false, problem: problem("signed_out") };
      return proposer.propose({ grant, conversationId, runId, draftId: id.data, shown: undefined });
    },
  });
  const runs = createRuns({
    model: createModel(config.bedrock),
    conversations,
    append: (id, sub, ...bodies) => conversationLog.append(id, sub, ...bodies),
    approvalsOf: (runId) => approvals.ofRun(runId),
    checkpointer: async (sub) => new StoreCheckpointer(db, await keyring.of(sub), sub),
    absent: (sub) => caller(sub, undefined),
    log,
    now,
  });

  return {
    config,
    log,
    keys,
    runs,
    watcher,
    session: { broker, executor, gmailRootUrl, grantOf, log },
    agent: { runs, callerOf: (principal: Principal) => caller(principal.sub, grantOf(principal)) },
    conversation: { conversations, log: conversationLog },
    approval: {
      approvals,
      conversations,
      log: conversationLog,
      proposer,
      grantOf,
      mailroomOf: (principal: Principal) => caller(principal.sub, grantOf(principal)).mail,
    },
  };
}
