/**
 * A local model of Ollama's HTTP API, one attempt. The client is made for each call: its `abort` stops all streams that it has. It prints
 * what it can't read to the console, so what it gets is read here first.
 * Source: github.com/ollama/ollama/blob/main/docs/api.md.
 */
import { ChatOllama } from "@langchain/ollama";

import type { OllamaConfig } from "../model-config.ts";
import { ModelRefused, StreamCut } from "./model-failure.ts";
import { ANSWER_TOKENS, type Attempt } from "./model-port.ts";
import { definitionsOf } from "./tools/all.ts";

/** A model that is not loaded yet is read from the disk before its first word. */
const IDLE_MS = 120_000;

export function ollama({ url, model, contextTokens }: OllamaConfig): Attempt {
  return {
    stream: async (messages, signal, tools) => {
      const chat = new ChatOllama({
        baseUrl: url,
        model,
        temperature: 0,
        numCtx: contextTokens,
        numPredict: ANSWER_TOKENS,
        maxRetries: 0,
        fetch: (input, init) => judged(input, { ...init }, signal),
      }).bindTools(definitionsOf(tools));
      return chat.stream(messages, { signal });
    },
  };
}

async function judged(
  input: string | URL | Request,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  const idle = new AbortController();
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(new StreamCut("the model fell silent")), IDLE_MS).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  rest();
  const response = await fetch(input, { ...init, signal: AbortSignal.any([signal, idle.signal]) });
  if (!response.ok || response.body === null) {
    clearTimeout(timer);
    await response.body?.cancel();
    throw new ModelRefused(response.status);
  }
  const lines = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(
    wholeLines(rest, () => {
      clearTimeout(timer);
    }),
  );
  return new Response(lines.pipeThrough(new TextEncoderStream()), { status: 200 });
}

/** Lines of JSON, each whole; a line that is none, or a last one that is cut, ends the stream. */
function wholeLines(heard: () => void, ended: () => void): TransformStream<string, string> {
  let held = "";
  return new TransformStream({
    transform(chunk, out) {
      heard();
      const lines = (held + chunk).split("\n");
      held = lines.pop() ?? "";
      for (const line of lines.filter((one) => one.trim() !== "")) {
        if (!isJson(line)) throw new StreamCut("the model's stream holds a line that is no JSON");
        out.enqueue(`${line}\n`);
      }
    },
    flush() {
      ended();
      if (held.trim() !== "") throw new StreamCut("the model's stream ended inside a line");
    },
  });
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
