import { AIMessageChunk } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { mayPass, ModelRefused, modelProblem, StreamCut } from "./model-failure.ts";
import { steady, waitMs } from "./model-retry.ts";

const text = (content: string) => new AIMessageChunk({ content });
const call = (name: string) =>
  new AIMessageChunk({
    content: "",
    tool_call_chunks: [{ type: "tool_call_chunk", name, args: "{}", id: "1", index: 0 }],
  });

type Attempt = (AIMessageChunk | Error)[];

/** Attempts one after the other; an error ends the stream where it stands. */
function model(attempts: Attempt[]) {
  let tried = 0;
  const open = () => {
    const attempt = attempts[tried] ?? [new Error("one try too many")];
    tried += 1;
    async function* stream(): AsyncGenerator<AIMessageChunk> {
      for (const one of attempt) {
        await Promise.resolve();
        if (one instanceof Error) throw one;
        yield one;
      }
    }
    return attempt[0] instanceof Error ? Promise.reject(attempt[0]) : Promise.resolve(stream());
  };
  return { open, tries: () => tried };
}

async function said(attempts: Attempt[], signal = new AbortController().signal) {
  const { open, tries } = model(attempts);
  const chunks: AIMessageChunk[] = [];
  let error: unknown;
  try {
    for await (const chunk of steady(open, { signal, baseMs: 0 })) chunks.push(chunk);
  } catch (caught) {
    error = caught;
  }
  const calls = chunks.flatMap((chunk) => chunk.tool_call_chunks?.map(({ name }) => name) ?? []);
  return { text: chunks.map((chunk) => chunk.text).join(""), calls, tries: tries(), error };
}

const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
const down = new ModelRefused(503);
const cut = new StreamCut("cut");

test.each<[string, Attempt[], Partial<Awaited<ReturnType<typeof said>>>]>([
  ["throttled once", [[throttled], [text("Yes.")]], { text: "Yes.", tries: 2 }],
  ["down twice", [[down], [down], [text("Yes.")]], { text: "Yes.", tries: 3 }],
  ["down for good", [[down], [down], [down], [text("late")]], { tries: 3, error: down }],
  ["cut before a word", [[text(""), cut], [text("Yes.")]], { text: "Yes.", tries: 2 }],
  ["cut in a call", [[call("search_gmail"), cut], [text("Yes.")]], { calls: [], text: "Yes." }],
  ["cut after a word", [[text("Ye"), cut], [text("Yes.")]], { text: "Ye", tries: 1, error: cut }],
  ["nothing said", [[], [text(" ")], [text("Yes.")]], { text: "Yes.", tries: 3 }],
  ["a call without a word", [[call("search_gmail")]], { calls: ["search_gmail"], tries: 1 }],
  ["refused", [[new ModelRefused(403)], [text("Yes.")]], { text: "", tries: 1 }],
])("%s", async (_, attempts, wanted) => {
  expect(await said(attempts)).toMatchObject(wanted);
});

test("a run that was stopped does not try again", async () => {
  const stop = new AbortController();
  stop.abort(new Error("stopped"));
  expect(await said([[down], [text("Yes.")]], stop.signal)).toMatchObject({
    tries: 1,
    error: { message: "stopped" },
  });
});

test("waits grow, and are never the same for all", () => {
  expect([1, 2].map((tried) => waitMs(tried, 500, 0))).toEqual([250, 1000]);
  expect([1, 2].map((tried) => waitMs(tried, 500, 1))).toEqual([500, 2000]);
});

const aws = (name: string, status: number) =>
  Object.assign(new Error("x"), { name, $metadata: { httpStatusCode: status } });

test.each([
  [aws("ThrottlingException", 429), "model_throttled", true],
  [aws("ServiceQuotaExceededException", 400), "model_throttled", true],
  [aws("ModelTimeoutException", 408), "model_down", true],
  [aws("ModelNotReadyException", 429), "model_throttled", true],
  [aws("ModelStreamErrorException", 424), "model_down", true],
  [aws("InternalServerException", 500), "model_down", true],
  [aws("AccessDeniedException", 403), "model_refused", false],
  [aws("ValidationException", 400), "model_refused", false],
  [new ModelRefused(404), "model_refused", false],
  [new Error("fetch failed", { cause: new Error("ECONNREFUSED") }), "model_down", true],
  [new Error("wrapped", { cause: cut }), "model_cut", true],
])("%s is told apart", (error, code, again) => {
  expect(modelProblem(error, false).code).toBe(code);
  expect(mayPass(error)).toBe(again);
});
