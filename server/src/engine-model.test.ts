/** The same run on each model that configuration can choose: the panel's events are alike, and so is what goes wrong. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { type Ollama, startOllama } from "@vaultdesk/standins/ollama/start.ts";
import { Tiktoken } from "js-tiktoken/lite";
import o200k from "js-tiktoken/ranks/o200k_base";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { systemPrompt } from "./agent/prompt.ts";
import { tokensOf } from "./agent/tokens.ts";
import { TOOL_DEFINITIONS } from "./agent/tools/all.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

type Office = Awaited<ReturnType<typeof startOffice>>;

const CHAIN = { AWS_ACCESS_KEY_ID: "AKIASTANDIN000000000", AWS_SECRET_ACCESS_KEY: "stand-in" };

const ROWS = [
  ["Bedrock with AWS's chain", CHAIN, {}, /Amazon Bedrock, model amazon\.nova-lite-v1:0, region/],
  [
    "another model of Converse, with an API key",
    {},
    {
      AWS_BEARER_TOKEN_BEDROCK: "api-key",
      BEDROCK_MODEL_ID: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    },
    /model eu\.anthropic\..* or another of eu/,
  ],
  [
    "a local model of Ollama",
    {},
    { MODEL_PROVIDER: "ollama", OLLAMA_MODEL: "qwen3:8b" },
    /^On this/,
  ],
] as const;

describe.each(ROWS)("%s", (_, env, config, where) => {
  let office: Office;
  let ollama: Ollama;
  let api: string;

  beforeAll(async () => {
    for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(key, undefined);
    for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
    ollama = await startOllama();
    office = await startOffice({ model: { ...config, OLLAMA_URL: ollama.url } });
    const maya = await office.visit(MAYA);
    await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
    ({ api } = maya);
    const raw = `From: Ana Ruiz <${ANA_MAIL}>\r\nTo: ${MAYA_MAIL}\r\nSubject: NDA\r\n\r\nCan you send the CIM?\r\n`;
    await office.google.importMail(MAYA_MAIL, [{ raw: Buffer.from(raw) }]);
  });
  afterEach(() => {
    ollama.faults.clear();
    office.bedrock.faults.clear();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all([office.close(), ollama.close()]);
  });

  const standIn = () => ("MODEL_PROVIDER" in config ? ollama : office.bedrock);

  async function ask(text: string, until: EventBody["type"]) {
    const [row] = office.google.mailbox(MAYA_MAIL).threads();
    const body = { text, timeZone: "UTC", threadId: row?.threadId };
    const started = await office.call(api, routes.startRun, {}, body);
    const { conversationId } = routes.startRun.reply.parse(started.body);
    const seen = (wanted: EventBody["type"]) =>
      office.events(api, conversationId, (all) => all.some((e) => e.body.type === wanted));
    return { events: await seen(until), seen };
  }

  test("drafts, asks the phone, sends after the yes, and says so", async () => {
    const { seen } = await ask(
      "Draft a reply saying that it comes on Friday and send it",
      "run.waiting",
    );
    office.auth0.phone.approve(office.auth0.phone.pushes(MAYA).at(-1)?.id ?? "");
    const types = (await seen("run.ended")).map(({ body }) => body.type);
    expect(types).toContain("draft.saved");
    expect(office.google.outbox).toHaveLength(1);
    expect(standIn().calls.length).toBeGreaterThan(3);
  });

  test("the session says which model answers and where mail goes", async () => {
    const { model } = routes.session.reply.parse((await office.call(api, routes.session)).body);
    expect(model.words).toMatch(where);
  });

  test.each([
    ["down", 2, "answered", undefined],
    ["down", 3, "failed", "model_down"],
    ["cut", 1, "failed", "model_cut"],
    ["error", 1, "failed", "model_cut"],
  ] as const)("%s, %d times: %s", async (fault, times, outcome, code) => {
    standIn().setModel(() => [{ text: "One sentence that is long enough to be cut half-way." }]);
    standIn().faults.next(fault, times);
    const { events } = await ask("Hello", "run.ended");
    const ended = events.at(-1)?.body;
    expect(ended).toMatchObject({ outcome, ...(code === undefined ? {} : { problem: { code } }) });
    expect(events.some(({ body }) => body.type === "run.started" && body.text === "Hello")).toBe(
      true,
    );
  });
});

test("a line that is no JSON ends an answer, and nothing of it is printed", async () => {
  const ollama = await startOllama({
    model: () => [{ text: "A long enough answer to be broken." }],
  });
  const printed = [vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
  const model = { MODEL_PROVIDER: "ollama", OLLAMA_MODEL: "qwen3:8b", OLLAMA_URL: ollama.url };
  const office = await startOffice({ model });
  const { api } = await office.visit(MAYA);
  ollama.faults.next("junk");
  const started = await office.call(api, routes.startRun, {}, { text: "Hello", timeZone: "UTC" });
  const { conversationId } = routes.startRun.reply.parse(started.body);
  const events = await office.events(api, conversationId, (all) =>
    all.some(({ body }) => body.type === "run.ended"),
  );
  expect(events.at(-1)?.body).toMatchObject({ outcome: "failed", problem: { code: "model_cut" } });
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  await Promise.all([office.close(), ollama.close()]);
});

test("the guess of tokens is not below what a tokenizer counts, for prose, JSON and ids", () => {
  const prompt = systemPrompt({
    now: new Date(),
    timeZone: "UTC",
    owner: { name: "Maya Field", address: MAYA_MAIL },
    threadId: "189af729deca2ec0",
    messageId: undefined,
  });
  const tokenizer = new Tiktoken(o200k);
  const ids = JSON.stringify(
    Array.from({ length: 50 }, (_, at) => ({
      id: (0x18aa000000000000n + BigInt(at)).toString(16),
      from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
    })),
  );
  for (const text of [
    prompt,
    JSON.stringify(TOOL_DEFINITIONS),
    ids,
    "第三者預託は十二か月後に解除される。",
  ]) {
    expect(tokensOf(text)).toBeGreaterThanOrEqual(tokenizer.encode(text).length);
  }
});
