import { DraftId } from "@vaultdesk/shared/id.ts";
/** Waiting approvals by the product's own code: a draft in Gmail, a proposal, a push to the phone, for each person. */
import { BUILT_IN } from "@vaultdesk/shared/org-policy.ts";

import { createProposer } from "../../server/src/actions/propose.ts";
import { createAsker } from "../../server/src/approvals/ask.ts";
import { createCiba } from "../../server/src/approvals/ciba.ts";
import { createApprovals } from "../../server/src/approvals/record.ts";
import { createAccess } from "../../server/src/audit/access.ts";
import { createAuth0Clients } from "../../server/src/auth0/clients.ts";
import { readConfig } from "../../server/src/config.ts";
import { createConversationLog } from "../../server/src/conversations/log.ts";
import { createConversations } from "../../server/src/conversations/record.ts";
import { calendarClient } from "../../server/src/google/calendar.ts";
import { gmailClient } from "../../server/src/google/call.ts";
import { createDraft } from "../../server/src/google/drafts.ts";
import { buildMime } from "../../server/src/google/mime.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { createGate } from "../../server/src/rooms/gate.ts";
import { createKeyring } from "../../server/src/store/keys.ts";
import { openStore } from "../../server/src/store/open.ts";
import { createBroker, type Grant } from "../../server/src/vault/broker.ts";
import { exchange } from "../../server/src/vault/exchange.ts";

const AT_ONCE = 8;

interface Person {
  sub: string;
  email: string;
}

/** The crowd's vault reads the name of the person and nothing else. */
function bearer(sub: string): string {
  return ["e30", Buffer.from(JSON.stringify({ sub })).toString("base64url"), "e30"].join(".");
}

function now(): Date {
  return new Date();
}

export async function seed(
  env: Readonly<Record<string, string>>,
  people: readonly Person[],
): Promise<void> {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.problems.join());
  const { config } = read;
  const { gmailRootUrl, calendarRootUrl, leaseMs } = config;
  const logged = createLog();
  const { db, bus, close } = await openStore(config.store, logged);
  const keys = createKeyring(db, config.masterKey, now);
  await keys.verify();
  const log = createConversationLog(db, bus, keys, now);
  const conversations = createConversations(db, keys, now);
  const auth0 = createAuth0Clients(config);
  const broker = createBroker({
    exchange: (token, signal) => exchange(auth0.vault, token, signal),
    log: logged,
    now: () => Date.now(),
  });
  const approvals = createApprovals({
    db,
    keys,
    log,
    leaseMs,
    answerMs: config.approvalSeconds * 1000,
    now,
    ended: () => undefined,
  });
  const proposer = createProposer({
    approvals,
    asker: createAsker({
      approvals,
      ciba: createCiba(auth0.approvals, config.auth0),
      seconds: config.approvalSeconds,
      now: () => Date.now(),
    }),
    conversations,
    broker,
    openMailbox: (_sub, token) => gmailClient(gmailRootUrl, token),
    openCalendar: (_sub, token) => calendarClient(calendarRootUrl, token),
    tell: (id, sub, event) => log.append(id, sub, event),
    gate: createGate(db, keys, BUILT_IN),
    lookInside: () => Promise.resolve([]),
    refused: createAccess(db, now).wishRefused,
    queued: () => undefined,
  });

  async function one({ sub, email }: Person): Promise<void> {
    const grant: Grant = { kind: "panel", sub, subjectToken: bearer(sub) };
    const raw = await buildMime({
      from: email,
      to: ["ana.ruiz@helio-capital.example"],
      cc: [],
      bcc: [],
      subject: `Papers from ${sub}`,
      text: "Hello Ana,\n\nhere is what we spoke about.\n",
      attachments: [],
    });
    const made = await broker.withToken(grant, "draft_email_reply", (token) =>
      createDraft(gmailClient(gmailRootUrl, token), raw, undefined),
    );
    if (!made.ok) throw new Error(made.problem.code);
    const conversationId = await conversations.create(sub, "Papers", undefined);
    await conversations.addDraft(sub, conversationId, made.value);
    const proposed = await proposer.propose({
      grant,
      conversationId,
      runId: undefined,
      callId: undefined,
      wish: {
        kind: "email.send",
        drafts: [{ draftId: DraftId.parse(made.value), shown: undefined }],
      },
    });
    if (!proposed.ok) throw new Error(proposed.problem.code);
  }

  const left = [...people];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let person = left.pop(); person !== undefined; person = left.pop()) await one(person);
    }),
  );
  await close();
}
