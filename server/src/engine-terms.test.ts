/** Answers about mail, by the demo's model with the real tools over HTTP against the Google stand-in. */
import { GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import type { CurrentTerms } from "@vaultdesk/shared/term.ts";
import { rehearse } from "@vaultdesk/standins/bedrock/demo/rehearsal.ts";
import { startGoogle } from "@vaultdesk/standins/google/start.ts";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";

import { falconMailbox } from "../../demo/mailbox/build.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { readEmailThread } from "./agent/tools/read-email-thread.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { searchGmail } from "./agent/tools/search-gmail.ts";
import { showTerms } from "./agent/tools/show-terms.ts";
import type { ReadTool } from "./agent/tools/tool.ts";
import { createLog } from "./observe/log.ts";
import { createBroker } from "./vault/broker.ts";

const never = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function falcon() {
  const { owner, forOwner } = await falconMailbox();
  const google = await startGoogle({ users: [owner] });
  closing.push(() => google.close());
  await google.importMail(owner.email, forOwner);
  const broker = createBroker({
    exchange: () => Promise.resolve({ ok: true, token: google.issue(owner.email, [GMAIL_READ]) }),
    log: createLog(() => undefined),
    now: () => Date.now(),
  });
  const grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" } as const;
  const room = roomOf({ mail: createMailroom({ broker, gmailRootUrl: google.url, grant }) });
  let terms: CurrentTerms | undefined;
  const run = (tool: ReadTool) => async (input: object) => {
    const outcome = await tool.run(input, room, never);
    terms = outcome.terms ?? terms;
    return outcome.json;
  };
  const threads = google.mailbox(owner.email).threads();
  const ask = (text: string, openThread: string, spoilt?: (rows: object[]) => object[]) => {
    let calls = 0;
    return rehearse(text, {
      openThread,
      tools: {
        read_email_thread: run(readEmailThread),
        search_gmail: run(searchGmail),
        show_terms: ({ rows, ...rest }) => {
          calls += 1;
          const given = z.array(z.looseObject({})).parse(rows);
          const wanted = calls === 1 && spoilt !== undefined ? spoilt(given) : given;
          return run(showTerms)({ ...rest, rows: wanted });
        },
      },
    });
  };
  return { threads, ask, shown: () => terms };
}

test("the terms of the letter of intent are its newest words, from the tools' results alone", async () => {
  const { threads, ask, shown } = await falcon();
  const thread = threads.find(({ subject }) => subject.includes("letter of intent, Brandt"));
  const { answer, calls } = await ask("What are the current terms?", thread?.threadId ?? "");
  expect(calls.map(({ name }) => name)).toEqual(["read_email_thread", "show_terms"]);
  const rows = shown()?.terms.map(({ name, current, replaced }) => [
    name,
    current.value,
    ...replaced.map(({ value }) => value),
  ]);
  expect(rows).toEqual([
    ["Price", "EUR 118 million"],
    ["Paid at closing", "EUR 110 million", "EUR 112 million", "EUR 106 million"],
    ["Deferred", "EUR 8 million", "EUR 6 million", "EUR 12 million"],
    ["Offer open until", "27 November"],
    ["Answer due", "Tuesday 24 November"],
    ["Exclusivity", "30 days", "21 days", "45 days"],
    ["Escrow", "5% for 12 months"],
    ["Working capital peg", "EUR 3.1 million"],
    ["Point 1", "Can you tell us by Tuesday 24 November whether 30 days are acceptable?"],
  ]);
  expect(answer).toContain("rule-based model");
  expect(answer).toContain("“EUR 110 million” [msg:");
});

test("counsel and exclusivity of the NDA thread are found, and every thread's rows hold at once", async () => {
  const { threads, ask, shown } = await falcon();
  for (const { threadId, subject } of threads) {
    const { calls } = await ask("What are the current terms?", threadId);
    expect(calls.filter(({ name }) => name === "show_terms").length).toBeLessThan(2);
    if (!subject.includes("NDA markup")) continue;
    const settled = shown()?.terms.filter(({ topic }) => topic !== "open");
    const terms = new Map(settled?.map((term) => [term.name, term]));
    expect(terms.get("Counsel of Ana Ruiz")?.current.value).toBe("Marcus Reed of Pellham & Stowe");
    expect(terms.get("Counsel of the sellers")?.current.value).toBe("Grace Lambert of Carrow");
    expect(terms.get("Exclusivity")?.replaced.map(({ value }) => value)).toEqual(["30 days"]);
  }
});

test("rows that did not hold are left out of the second call, and the others are shown", async () => {
  const { threads, ask, shown } = await falcon();
  const thread = threads.find(({ subject }) => subject.includes("letter of intent, Brandt"));
  const { calls } = await ask("What are the current terms?", thread?.threadId ?? "", (rows) =>
    rows.map((row, at) => (at === 0 ? { ...row, quote: "EUR 130 million enterprise value" } : row)),
  );
  expect(calls.map(({ name }) => name)).toEqual(["read_email_thread", "show_terms", "show_terms"]);
  expect(shown()?.terms.map(({ name }) => name)).not.toContain("Price");
});
