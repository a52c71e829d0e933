/**
 * A question that the model answers with one search: the server as its own process, with nobody any distance away. Its own time is what a
 * turn takes more than the same calls of Google and the model by the bare clients. One at once, then fifty.
 */
import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";

import { bedrock } from "../../server/src/agent/bedrock.ts";
import { systemPrompt } from "../../server/src/agent/prompt.ts";
import { startMeasured, usage } from "../engine/usage.ts";
import { listening } from "../src/server.ts";
import { type Asked, createAsker } from "./asker.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { crowdOf, letters } from "./letters.ts";
import { startOutside } from "./outside.ts";
import { listOf, messageOf } from "./raw-reads.ts";
import { interleaved, p50, p95, type Sample, sorted } from "./timing.ts";

const AT_ONCE = 50;
/** Of these one asks at a time: often enough that each one's loan is held, seldom enough for the limits. */
const BY_TURNS = 8;
const WARM = 4;
const FOUND = 3;
const FIRST_MS = 15;
const OWN_MS = 25;
const QUESTION = { text: "What is open for the closing?", timeZone: "UTC" };

type Outside = Awaited<ReturnType<typeof startOutside>>;

/** The calls of one turn, as many at once as ours: whose mailbox, model, list, each mail, model. */
async function rawTurn(outside: Outside, bearers: readonly string[]) {
  const model = outside.config.model;
  if (model.provider !== "bedrock") throw new Error("the crowd's model is on Bedrock");
  const { stream } = bedrock(model);
  const mailboxes = await Promise.all(bearers.map((bearer) => outside.gmail(bearer)));
  const signal = new AbortController().signal;
  const system = systemPrompt({
    now: new Date(),
    timeZone: "UTC",
    owner: undefined,
    threadId: undefined,
    messageId: undefined,
    voice: true,
  });
  const asked = [new SystemMessage(system), new HumanMessage(QUESTION.text)];

  async function said(messages: BaseMessage[]): Promise<AIMessage> {
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await stream(messages, signal)) {
      whole = whole === undefined ? chunk : whole.concat(chunk);
    }
    return new AIMessage({ content: whole?.content ?? "", tool_calls: whole?.tool_calls ?? [] });
  }

  return async (index: number): Promise<void> => {
    const users = mailboxes[index]?.users;
    if (users === undefined) throw new Error("no such mailbox");
    await users.settings.sendAs.list({ userId: "me" });
    const call = await said(asked);
    const ids = await listOf(users, "closing", 10);
    if (ids.length !== FOUND) throw new Error(`${ids.length} found of ${FOUND}`);
    const mails = await Promise.all(ids.map((id) => messageOf(users, id)));
    const result = new ToolMessage({
      tool_call_id: call.tool_calls?.[0]?.id ?? "",
      content: JSON.stringify(
        mails.map(({ data }) => ({ message_id: data.id, snippet: data.snippet })),
      ),
    });
    await said([...asked, call, result]);
  };
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  const people = crowdOf(AT_ONCE);
  const outside = await startOutside(people, { deltaMs: 0, mail: letters().slice(0, FOUND) });
  const lines: string[] = [];
  const server = startMeasured(outside.env, "pipe");
  try {
    const bearers = await outside.crowd.bearers();
    const url = await listening(server.child, lines);
    const askers = await Promise.all(bearers.map((bearer) => createAsker(url, bearer, QUESTION)));
    const raw = await rawTurn(outside, bearers);

    const one: Asked[] = [];
    let turn = 0;
    const alone = await interleaved(
      {
        ours: async () => {
          const asker = askers[turn++ % BY_TURNS];
          if (asker !== undefined) one.push(await asker.ask());
        },
        raw: () => raw(turn % BY_TURNS),
      },
      { warm: WARM, turns: quick ? 12 : 32 },
    );
    const many: Asked[] = [];
    const before = await usage(server.pid);
    const rounds = quick ? 2 : 5;
    const together = await interleaved(
      {
        ours: async () => {
          many.push(...(await Promise.all(askers.map((asker) => asker.ask()))));
        },
        raw: () => Promise.all(askers.map((_, index) => raw(index))),
      },
      { warm: 1, turns: rounds },
    );
    const { cpu } = await usage(server.pid);
    for (const asker of askers) asker.close();
    return [
      ...figures("1 at once", one.slice(WARM), alone("ours"), alone("raw"), 1),
      ...figures("50 at once", many.slice(AT_ONCE), together("ours"), together("raw"), AT_ONCE),
      {
        says: "the server's processor time, a turn",
        value: ((cpu - before.cpu) / many.length) * 1000,
        unit: "ms",
      },
    ];
  } finally {
    server.child.kill("SIGKILL");
    await outside.close();
  }
}

function figures(
  says: string,
  asked: readonly Asked[],
  ours: Sample,
  raw: Sample,
  count: number,
): Figure[] {
  const first = sorted(asked.map((one) => one.first));
  const last = sorted(asked.map((one) => one.last));
  return [
    {
      says: `${says}: from the request to the first event, p50`,
      value: p50(first),
      unit: "ms",
      goal: FIRST_MS,
      from: `p95 ${ms(p95(first))}; to the last ${ms(p50(last))}, p95 ${ms(p95(last))}`,
    },
    {
      says: `${says}: a turn's own time above the raw calls, p50`,
      value: (p50(ours) - p50(raw)) / count,
      unit: "ms",
      goal: OWN_MS,
      from: `${ms(p50(ours))}, raw ${ms(p50(raw))}`,
    },
  ];
}
