/** Ollama's client of LangChain, which we did not write, against the stand-in. */
import {
  AIMessage,
  type AIMessageChunk,
  HumanMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { ChatOllama } from "@langchain/ollama";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";

import { scriptedModel, toolUse } from "../bedrock/scripted-model.ts";
import { type Ollama, startOllama } from "./start.ts";

let ollama: Ollama;

beforeAll(async () => {
  ollama = await startOllama({});
});
beforeEach(() => {
  ollama.faults.clear();
  ollama.setModel(() => [{ text: "The escrow is released twelve months after closing." }]);
});
afterAll(() => ollama.close());

const search = {
  name: "search_gmail",
  description: "Search the user's mail.",
  schema: z.object({ query: z.string() }),
};

function chat(model = "qwen3:8b", numCtx = 32_768): ChatOllama {
  return new ChatOllama({ baseUrl: ollama.url, model, numCtx, temperature: 0, maxRetries: 0 });
}

async function joined(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk | undefined> {
  let whole: AIMessageChunk | undefined;
  for await (const chunk of stream) whole = whole === undefined ? chunk : whole.concat(chunk);
  return whole;
}

test("text comes in pieces, with the tokens that it took", async () => {
  const whole = await joined(await chat().stream("When is the escrow released?"));
  expect(whole?.text).toBe("The escrow is released twelve months after closing.");
  expect(whole).toMatchObject({ usage_metadata: { output_tokens: 11 } });
});

test("two calls of one turn stay two, and their results answer them in order", async () => {
  ollama.setModel(
    scriptedModel([
      [toolUse("search_gmail", { query: "NDA" }), toolUse("search_gmail", { query: "LOI" })],
      ({ messages }) => JSON.stringify(messages.at(-1)?.content),
    ]),
  );
  const model = chat().bindTools([search]);
  const asked = await joined(await model.stream("Find both"));
  expect(asked?.tool_calls?.map(({ args }) => args)).toEqual([{ query: "NDA" }, { query: "LOI" }]);
  const [first, second] = asked?.tool_calls ?? [];
  const told = await model.invoke([
    new HumanMessage("Find both"),
    new AIMessage({ content: "", tool_calls: asked?.tool_calls ?? [] }),
    new ToolMessage({ tool_call_id: first?.id ?? "", content: "one" }),
    new ToolMessage({ tool_call_id: second?.id ?? "", content: "two" }),
  ]);
  expect(told.text).toMatch(/call-1.*one.*call-2.*two/);
});

test.each([
  ["a model that is not there", () => chat("llama9").invoke("Hi"), "not found"],
  [
    "a question longer than num_ctx",
    () => chat("qwen3:8b", 10).invoke("Hi ".repeat(40)),
    "num_ctx",
  ],
  [
    "a result that answers nothing",
    () => chat().invoke([new ToolMessage({ tool_call_id: "x", content: "one" })]),
    "answers no call",
  ],
  [
    "a call without a result",
    () =>
      chat().invoke([
        new HumanMessage("Hi"),
        new AIMessage({ content: "", tool_calls: [{ id: "1", name: "search_gmail", args: {} }] }),
        new HumanMessage("And?"),
      ]),
    "has no answer",
  ],
])("%s is refused", async (_, ask, why) => {
  await expect(ask()).rejects.toThrow(why);
});

test.each([
  ["down", "terminated"],
  ["throttle", "busy"],
  ["cut", "terminated"],
  ["error", "encountered"],
] as const)("%s fails one call", async (fault, why) => {
  ollama.faults.next(fault);
  await expect(chat().invoke("Hi")).rejects.toThrow(why);
  await expect(chat().invoke("Hi")).resolves.toMatchObject({});
});
