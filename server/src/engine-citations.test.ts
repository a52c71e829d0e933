/**
 * What would be marked or noted in answers of the demo's model, whose answers are quotes with citations: nothing, over the demo's mailbox
 * and real mail; and the same answers without their citations, or with a word changed in a quote, are. `ANSWERS=all` reads every thread.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { newId, RunId } from "@vaultdesk/shared/id.ts";
import type { Played } from "@vaultdesk/standins/bedrock/demo/rehearsal.ts";
import { readMailbox } from "@vaultdesk/standins/mailbox/import.ts";
import { afterAll, expect, test } from "vitest";

import { seenIn } from "./agent/tools/provenance.ts";
import { createTruth } from "./agent/truth.ts";
import { lacksCitation } from "./agent/uncited.ts";
import { falconDesk, type ReadingDesk, readingDesk } from "./engine-reading.ts";

const ENRON = resolve(import.meta.dirname, "../../../shared/data/enron");
const THERE = existsSync(ENRON);
if (!THERE) process.stdout.write("skipped: no real mail at ../shared/data/enron\n");
// oxlint-disable-next-line no-restricted-properties -- a test's own knob
const ALL = process.env["ANSWERS"] === "all";
const FOLDERS = [
  "dasovich-j__pg_e_hydro_sale",
  "tva_settlement_contradiction",
  ...(ALL
    ? [
        "germany-c__new_power",
        "dasovich-j__interconnection",
        "kean-s__federal_legislation",
        "dickson-s",
      ]
    : []),
];
const QUESTIONS = [
  "Summarise this thread",
  "What is still open here?",
  "Who wrote last?",
  ...(ALL
    ? [
        "What are the current terms?",
        "What did they say about the price?",
        "What files are attached?",
        "Who is on this thread?",
        "What came in lately?",
        "Find mails about the agreement",
      ]
    : []),
];
const RUN = RunId.parse(newId("run"));

function kept({ messages }: Played): BaseMessage[] {
  const names = new Map<string, string>();
  return messages.flatMap(({ role, content }): BaseMessage[] => {
    const text = content.flatMap((block) => ("text" in block ? [block.text] : [])).join("");
    if (role === "assistant") {
      const calls = content.flatMap((block) => ("toolUse" in block ? [block.toolUse] : []));
      for (const { toolUseId, name } of calls) names.set(toolUseId, name);
      return [new AIMessage(text)];
    }
    const results = content.flatMap((block) => ("toolResult" in block ? [block.toolResult] : []));
    if (results.length === 0) return [new HumanMessage(text)];
    return results.map(
      ({ toolUseId, content: parts }) =>
        new ToolMessage({
          tool_call_id: toolUseId,
          name: names.get(toolUseId) ?? "",
          content: parts.map((part) => ("text" in part ? part.text : "")).join(""),
        }),
    );
  });
}

const NONE = { ofRun: () => Promise.resolve([]), ofConversation: () => Promise.resolve([]) };

/** Marks, notes and sentences left out, were the answer of this turn this text. */
async function objections(played: Played, answer = played.answer): Promise<string[]> {
  const turn = kept(played).slice(0, -1);
  const told: string[] = [];
  let text = "";
  const voice = {
    text: (delta: string) => {
      text += delta;
    },
    tell: ({ type }: EventBody) => {
      if (type === "claim.withheld") told.push(type);
    },
    flush: () => Promise.resolve(),
  };
  const truth = createTruth(RUN, voice, NONE, turn);
  await truth.say(answer);
  await truth.end();
  const marks = text.match(/.{0,80}\[(?:not word for word|source not read)[^\]]*\]/g) ?? [];
  const lacks = lacksCitation([...turn, new AIMessage(answer)], seenIn(turn));
  return [...told, ...marks, ...(lacks ? [`no citation: ${answer.slice(0, 200)}`] : [])];
}

const uncited = (answer: string) => answer.replaceAll(/ ?\[msg:[^\]]+\]/g, "");
const QUOTE = /(“[^\s“”]+ [^\s“”]+ [^\s“”]+) ([^“”\n]{12,}” \[msg:)/;
const QUOTES = new RegExp(QUOTE, "g");

interface Count {
  answers: number;
  found: string[];
  /** Answers that state facts and were noted without their citations, of how many. */
  bare: [noted: number, of: number];
  /** Quotes with a word put in that were marked, or left out as claims, of how many. */
  changed: [marked: number, of: number];
}

async function count(desk: ReadingDesk): Promise<Count> {
  const all: Count = { answers: 0, found: [], bare: [0, 0], changed: [0, 0] };
  for (const { threadId } of desk.threads) {
    for (const question of QUESTIONS) {
      const played = await desk.ask(question, threadId);
      const { answer } = played;
      all.answers += 1;
      all.found.push(...(await objections(played)).map((one) => `${question} ${one}`));
      if (question === "Summarise this thread") {
        all.bare[1] += 1;
        const noted = (await objections(played, uncited(answer))).some((one) =>
          one.startsWith("no citation"),
        );
        if (noted) all.bare[0] += 1;
      }
      if (QUOTE.test(answer)) {
        all.changed[1] += answer.match(QUOTES)?.length ?? 0;
        const changed = await objections(played, answer.replaceAll(QUOTES, "$1 purple $2"));
        all.changed[0] += changed.filter((one) => /not word for word|claim/.test(one)).length;
      }
    }
  }
  return all;
}

const total: Count = { answers: 0, found: [], bare: [0, 0], changed: [0, 0] };

/** Shares of what was noted and marked, and what was wrongly. */
async function judged(desk: ReadingDesk) {
  const { answers, found, bare, changed } = await count(desk);
  await desk.close();
  total.answers += answers;
  total.found.push(...found);
  for (const at of [0, 1] as const) {
    total.bare[at] += bare[at];
    total.changed[at] += changed[at];
  }
  return { found, noted: bare[0] / bare[1], marked: changed[0] / changed[1] };
}

afterAll(() => {
  const { answers, found, bare, changed } = total;
  process.stdout.write(
    `citations: ${answers} true answers, ${found.length} marked; ${bare.join(" of ")} without citations noted; ${changed.join(" of ")} changed quotes marked\n`,
  );
});

test("of the demo's mailbox, true answers stay as they are and changed ones do not", async () => {
  expect(await judged(await falconDesk())).toEqual({ found: [], noted: 1, marked: 1 });
}, 300_000);

test.skipIf(!THERE).each(FOLDERS)(
  "of real mail, too: %s",
  async (folder) => {
    const { messages } = await readMailbox(join(ENRON, folder));
    const owner = { email: "owner@mailbox.example", name: "Owner" };
    const { found, noted, marked } = await judged(await readingDesk(owner, messages));
    expect(found).toEqual([]);
    expect(Math.min(noted, marked)).toBeGreaterThan(0.99);
  },
  300_000,
);
