/**
 * Questions with known answers about 576 real mails: a model that asks well gets the facts in at most four tool calls and less than
 * 12,000 tokens of what the tools answer. The mail is beside the checkout or not at all; then this says so and is skipped.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import { startGoogle } from "@vaultdesk/standins/google/start.ts";
import { readMailbox } from "@vaultdesk/standins/mailbox/import.ts";
import { Tiktoken } from "js-tiktoken/lite";
import o200k from "js-tiktoken/ranks/o200k_base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createMailroom } from "./actions/mailroom.ts";
import { toolOf } from "./agent/tools/all.ts";
import { seenIn } from "./agent/tools/provenance.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { LAW } from "./answers/law.ts";
import { POLICY } from "./answers/policy.ts";
import type { Question } from "./answers/question.ts";
import { TRADES } from "./answers/trades.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import { createLog } from "./observe/log.ts";
import { createBroker } from "./vault/broker.ts";

const MAIL = resolve(import.meta.dirname, "../../../shared/data/enron");
const HERE = existsSync(MAIL);
const OWNER = "stacy.dickson@enron.com";
const MOST_CALLS = 4;
const MOST_TOKENS = 12_000;
const TABLE: readonly Question[] = [...LAW, ...TRADES, ...POLICY];
const never = new AbortController().signal;

/** What the table came to, for the proofs. */
const most = { calls: 0, tokens: 0 };

/** Amazon publishes no tokenizer for Nova; OpenAI's o200k stands for it. */
const tokenizer = new Tiktoken(o200k);

let mailbox: Awaited<ReturnType<typeof openMailbox>>;

async function openMailbox() {
  const google = await startGoogle({ users: [{ email: OWNER, name: "Stacy Dickson" }] });
  const { messages } = await readMailbox(MAIL);
  const report = await google.importMail(OWNER, messages);
  const broker = createBroker({
    exchange: () => Promise.resolve({ ok: true, token: google.issue(OWNER, [GMAIL_READ]) }),
    log: createLog(() => undefined),
    now: () => Date.now(),
  });
  const grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" } as const;
  const mail = createMailroom({ broker, openMailbox: mailboxesAt(google.url), grant });
  return { google, mail, imported: report.imported };
}

function say(line: string): void {
  process.stdout.write(`answers: ${line}\n`);
}

if (!HERE) say(`skipped, there is no mail at ${MAIL}`);

/** As the graph runs a call: arguments parsed, ids only of this conversation. */
async function answered({ ask, calls }: Question): Promise<string[]> {
  const said: (HumanMessage | ToolMessage)[] = [new HumanMessage(ask)];
  const past: unknown[] = [];
  const texts: string[] = [];
  for (const { tool: name, args } of calls) {
    const tool = toolOf(name);
    if (tool?.kind !== "read") throw new Error(`${name} reads nothing`);
    const room = roomOf({ mail: mailbox.mail, seen: seenIn(said) });
    const { json, ok } = await tool.run(args(past), room, never);
    const text = JSON.stringify(json);
    if (!ok) throw new Error(`${name}: ${text}`);
    past.push(json);
    texts.push(text);
    said.push(new ToolMessage({ tool_call_id: `call-${texts.length}`, content: text }));
  }
  return texts;
}

describe.skipIf(!HERE)(`on the mail of ${MAIL}`, () => {
  beforeAll(async () => {
    mailbox = await openMailbox();
  });
  afterAll(async () => {
    const { calls, tokens } = most;
    say(`${TABLE.length} questions: at most ${calls} calls and ${tokens} tokens each`);
    await mailbox.google.close();
  });

  test("all 576 mails are there, and at least 40 questions", () => {
    expect(mailbox.imported).toBe(576);
    expect(TABLE.length).toBeGreaterThanOrEqual(40);
    expect(new Set(TABLE.map(({ ask }) => ask)).size).toBe(TABLE.length);
  });

  test.each(TABLE)("$ask", async (question) => {
    const texts = await answered(question);
    expect(texts.length).toBeLessThanOrEqual(MOST_CALLS);
    const plain = texts
      .join("\n")
      .replaceAll("\\n", " ")
      .replaceAll('\\"', '"')
      .replace(/\s+/g, " ");
    for (const fact of question.facts) {
      expect(question.ask).not.toMatch(fact);
      expect(plain).toMatch(fact);
    }
    const tokens = tokenizer.encode(texts.join("\n")).length;
    most.calls = Math.max(most.calls, texts.length);
    most.tokens = Math.max(most.tokens, tokens);
    expect(tokens).toBeLessThan(MOST_TOKENS);
  });
});
