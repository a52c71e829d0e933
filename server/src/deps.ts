/** The dependency tree, by hand, in order. */
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";

import { createDiary } from "./actions/diary.ts";
import { createExecutor } from "./actions/execute.ts";
import { createFiles } from "./actions/files.ts";
import { createLookInside } from "./actions/look-inside.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { createProposer } from "./actions/propose.ts";
import { rewriteDraft } from "./actions/redraft.ts";
import { modelView } from "./agent/model-view.ts";
import { createModel } from "./agent/model.ts";
import { type Caller, createRuns } from "./agent/runs.ts";
import { createActivity } from "./approvals/activity.ts";
import { createAsker } from "./approvals/ask.ts";
import { createCiba } from "./approvals/ciba.ts";
import { createQueue } from "./approvals/queue.ts";
import { createApprovals } from "./approvals/record.ts";
import { createWatcher, type Watcher } from "./approvals/watch.ts";
import { createFileReader } from "./attachments/read-file.ts";
import { createAccess } from "./audit/access.ts";
import { createSigner } from "./audit/export.ts";
import { createTrail } from "./audit/trail.ts";
import { createAuth0Clients } from "./auth0/clients.ts";
import { type Principal, tenantKeys } from "./auth0/principal.ts";
import { createSignOuts } from "./auth0/sign-outs.ts";
import { createTemplates } from "./compose/templates.ts";
import type { Config } from "./config.ts";
import { createConversationLog } from "./conversations/log.ts";
import { createConversations } from "./conversations/record.ts";
import { createRunRecord } from "./conversations/runs-record.ts";
import { createReady } from "./edge/health.ts";
import { createLimiter, createLimits } from "./edge/limits.ts";
import type { OpenMailbox } from "./google/call.ts";
import { walledCalendars } from "./google/walled-calendar.ts";
import { walledMailboxes } from "./google/walled.ts";
import { createExpiry } from "./keep/expire.ts";
import { createForget, watchForgotten } from "./keep/forget.ts";
import { createKeeper } from "./keep/keeper.ts";
import { createRetention } from "./keep/retain.ts";
import { factsOf, type Log } from "./observe/log.ts";
import { createPanels, grantOf } from "./panels.ts";
import { createAbsences } from "./rooms/absence.ts";
import { createBarriers } from "./rooms/barred.ts";
import { createMover } from "./rooms/change.ts";
import { createDocuments } from "./rooms/documents.ts";
import { createEndAccess } from "./rooms/end-access.ts";
import { createEndWalled } from "./rooms/end-walled.ts";
import { createGate } from "./rooms/gate.ts";
import { createLabelled } from "./rooms/labelled.ts";
import { createRoomLog } from "./rooms/log.ts";
import { createMembers } from "./rooms/members.ts";
import { addressOf } from "./rooms/people.ts";
import { createRooms } from "./rooms/record.ts";
import { createRunRooms } from "./rooms/run-rooms.ts";
import { createThreads } from "./rooms/threads.ts";
import { createTracker } from "./rooms/tracker.ts";
import { createSettings } from "./settings/record.ts";
import { createSignOut } from "./sign-out.ts";
import { createKeyring } from "./store/keys.ts";
import type { Store } from "./store/open.ts";
import { createBroker, type Grant } from "./vault/broker.ts";
import { exchange } from "./vault/exchange.ts";
import { createToolUses } from "./vault/uses.ts";

/** Longer than the stream's heartbeat, which renews it. */
const PANEL_MS = 45_000;
/** Shorter than the heartbeat: twenty streams of a person say no more often than one that they are still there. */
const STILL_HERE_MS = 12_000;

export type Deps = ReturnType<typeof createDeps>;

function now(): Date {
  return new Date();
}

function clock(): number {
  return Date.now();
}

export function createDeps(
  config: Config,
  { kind, db, bus }: Pick<Store, "kind" | "db" | "bus">,
  log: Log,
  /** Aborted when this process is to leave: what has begun ends, nothing new begins. */
  leaving: AbortSignal = new AbortController().signal,
) {
  const { gmailRootUrl, calendarRootUrl, leaseMs, policy } = config;
  const signOuts = createSignOuts(db, bus, now);
  const access = createAccess(db, now);
  const limits = createLimits(clock);
  const keys = tenantKeys(config);
  const signer = createSigner(config.masterKey);
  const auth0 = createAuth0Clients(config);
  const keyring = createKeyring(db, config.masterKey, now);
  const conversationLog = createConversationLog(db, bus, keyring, now);
  const conversations = createConversations(db, keyring, now);
  const settings = createSettings(db, keyring, now);
  const templates = createTemplates(db, keyring, now);
  const uses = createToolUses(db, log, clock);
  const move = createMover({ db, bus, keys: keyring, ceiling: policy.ceiling, now });
  const threads = createThreads({ db, keys: keyring, move, ceiling: policy.ceiling });
  const gate = createGate(db, keyring, policy);
  const tracker = createTracker({ db, keys: keyring, move, ceiling: policy.ceiling, now });
  const barrierOf = createBarriers(db, keyring);
  const openMailbox = walledMailboxes(gmailRootUrl, barrierOf);
  const openCalendar = walledCalendars(calendarRootUrl, barrierOf);
  const rooms = createRooms({ db, keys: keyring, move, policy, now });
  const members = createMembers({
    db,
    bus,
    keys: keyring,
    move,
    policy,
    now,
    joined: (roomId) => endWalled(roomId),
  });
  const broker = createBroker({
    used: (sub, tool) => {
      uses.note(sub, tool);
    },
    exchange: (token, signal) => exchange(auth0.vault, token, signal),
    log,
    now: clock,
  });
  const panels = createPanels(clock, (sub, heard, signal) => {
    const leave = () => {
      broker.forget(sub);
      heard();
    };
    signOuts.watch(sub, leave, signal);
  });
  const queue = createQueue({
    db,
    kind,
    keys: keyring,
    leaseMs,
    rate: config.auth0RequestsPerSecond,
  });
  const approvals = createApprovals({
    db,
    keys: keyring,
    log: conversationLog,
    leaseMs,
    answerMs: config.approvalSeconds * 1000,
    now,
    ended: (approval) => {
      runs.resume(approval.view);
      labelled(approval).catch((error: unknown) => {
        log.error("rooms: a label's threads did not join", factsOf(error));
      });
    },
  });
  const tell = (id: ConversationId, sub: string, event: EventBody) =>
    conversationLog.append(id, sub, event);
  const ciba = createCiba(auth0.approvals, config.auth0);
  const asker = createAsker({ approvals, ciba, seconds: config.approvalSeconds, now: clock });
  const executor = createExecutor({
    approvals,
    broker,
    signOuts,
    gmailRootUrl,
    calendarRootUrl,
    leaseMs,
    log,
    now: clock,
    tell,
    gate,
  });

  const watcher: Watcher = createWatcher({
    approvals,
    queue,
    asker,
    ciba,
    executor,
    keys,
    config,
    settingsOf: (sub) => settings.of(sub),
    panelGrant: (sub) => panels.grantOf(sub),
    onConversation: (id, heard, signal) => {
      conversationLog.watch(id, heard, signal);
    },
    log,
    now: clock,
  });
  const reader = createFileReader();
  const proposer = createProposer({
    approvals,
    asker,
    conversations,
    broker,
    openMailbox,
    openCalendar,
    tell,
    gate,
    lookInside: createLookInside({ gate, reader }),
    refused: access.wishRefused,
    queued: () => {
      watcher.wake();
    },
  });

  const caller = (sub: string, grant: Grant | undefined): Caller => {
    const inMailbox = (open: OpenMailbox) => ({
      mail: createMailroom({ broker, openMailbox: open, grant }),
      files: createFiles({ broker, openMailbox: open, grant, reader }),
    });
    const { mail, files } = inMailbox(openMailbox);
    return {
      sub,
      mail,
      files,
      hearing: (heard) => inMailbox(walledMailboxes(gmailRootUrl, barrierOf, heard)),
      diary: createDiary({ broker, openCalendar, grant }),
      settings: () => settings.of(sub),
      propose: (proposal) => proposer.propose({ grant, ...proposal }),
      redraft: (wanted, signal) =>
        rewriteDraft({ approvals, conversations }, sub, mail, wanted, signal),
    };
  };
  const runs = createRuns({
    model: createModel(config.model),
    conversations,
    record: createRunRecord({ db, bus, keys: keyring, log: conversationLog, leaseMs, now }),
    onCancel: (runId, heard, signal) => {
      bus.on("cancel", runId, heard, signal);
    },
    leaseMs,
    append: (id, sub, ...bodies) => conversationLog.append(id, sub, ...bodies),
    approvalsOf: (runId) => approvals.ofRun(runId),
    approvalsIn: (id) => approvals.ofConversation(id),
    async checkpointer(sub) {
      const { StoreCheckpointer } = await import("./store/checkpointer.ts");
      return new StoreCheckpointer(db, await keyring.of(sub), sub);
    },
    rooms: createRunRooms({ gate, tracker, refused: access.wishRefused }),
    callerOf: (sub) => caller(sub, panels.grantOf(sub)),
    log,
    now,
  });

  /** A panel is here with a valid bearer: what waited for one goes on. */
  const present = (principal: Principal) => {
    const grant = grantOf(principal);
    const until = clock() + PANEL_MS;
    Promise.all([executor.settle(grant), queue.panelOpen(grant.sub, until)]).catch(
      (error: unknown) => {
        log.error("execute: could not settle", factsOf(error));
      },
    );
  };

  const due = createLimiter({ perSecond: 1000 / STILL_HERE_MS, burst: 1 }, clock);
  const stillHere = (principal: Principal) => {
    if (due(`${principal.expiresAt} ${principal.sub}`) === 0) present(principal);
  };

  const cancelRun = (sub: string, runId: string) => runs.cancel(sub, runId);
  const endWalled = createEndWalled({
    db,
    bus,
    approvals,
    gate,
    owns: (sub, id) => conversations.owns(sub, id),
    cancelRun,
  });
  const labelled = createLabelled({
    db,
    keys: keyring,
    ceiling: policy.ceiling,
    threads,
    mailOf: (sub) => caller(sub, panels.grantOf(sub)).mail,
    endWalled,
    joined: (sub) => {
      conversationLog.announceAsked(sub);
    },
  });
  const mailroomOf = (principal: Principal, heard?: (messageId: string) => void) => {
    const one = caller(principal.sub, grantOf(principal));
    return heard === undefined ? one.mail : one.hearing(heard).mail;
  };

  const trail = createTrail({ db, kind }, signer, now);

  return {
    config,
    log,
    keys,
    keyring,
    panels,
    signOuts,
    access,
    limits,
    leaving,
    ready: createReady(db, leaving, clock),
    runs,
    queue,
    watcher,
    watchForgotten: () => {
      watchForgotten({ keys: keyring, bus, log, leaving });
    },
    keeper: createKeeper({
      turns: {
        "conversations: erased by age": createExpiry({
          db,
          days: policy.keep.conversations,
          leaving,
          now,
        }),
        "audit: rows removed by age": createRetention({
          db,
          signer,
          days: policy.keep.audit,
          log,
          now,
        }),
      },
      log,
      leaving,
    }),
    settings,
    activity: createActivity(db, keyring),
    trail,
    calendar: {
      diaryOf: (principal: Principal) => caller(principal.sub, grantOf(principal)).diary,
      now,
    },
    compose: { templates, conversations, log: conversationLog, mailroomOf, gate },
    organisation: { policy, addressOf: (sub: string) => addressOf(db, keyring, sub) },
    room: {
      rooms,
      members,
      absences: createAbsences({ move, now }),
      threads,
      gate,
      mailroomOf,
      endWalled,
      documents: createDocuments({ db, keys: keyring, move }),
      filesOf: (principal: Principal) =>
        createFiles({ broker, openMailbox, grant: grantOf(principal), reader }),
      reader,
      endAccess: createEndAccess({
        db,
        approvals,
        openRuns: (sub, id) => conversations.openRuns(sub, id),
        cancelRun,
      }),
    },
    roomLog: createRoomLog({ db, keys: keyring, trail }),
    tracker: { tracker, mailroomOf, now },
    session: {
      access,
      broker,
      gmailRootUrl,
      googleRevokeUrl: config.googleRevokeUrl,
      uses,
      grantOf,
      present,
      model: modelView(config.model),
      arrive: (sub: string, address: string) => members.arrive(sub, address),
      disconnected: (sub: string) => members.disconnected(sub),
      forget: createForget({
        kind,
        db,
        bus,
        keys: keyring,
        signOuts,
        approvals,
        stopRun: cancelRun,
        rooms,
        members,
        now,
      }),
      signOut: createSignOut({
        signOuts,
        broker,
        conversations,
        approvals,
        cancelRun,
        now: clock,
      }),
    },
    agent: {
      leaving,
      runs,
      callerOf: (principal: Principal) => caller(principal.sub, grantOf(principal)),
    },
    conversation: {
      conversations,
      log: conversationLog,
      approvals,
      cancelRun,
      signOuts,
      limits,
      onRoom: (sub: string, heard: () => void, signal: AbortSignal) => {
        bus.on("room", sub, heard, signal);
      },
      told: log,
      now: clock,
      present,
      stillHere,
      leaving,
    },
    approval: {
      approvals,
      conversations,
      log: conversationLog,
      gate,
      proposer,
      grantOf,
      mailroomOf,
    },
  };
}
