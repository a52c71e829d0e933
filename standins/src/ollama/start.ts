/**
 * Ollama's `/api/chat` and `/api/tags` on loopback, in front of a `Model`. Stricter than Ollama in two things: results of tools must answer calls, and a
 * question that is longer than `num_ctx` is refused, where Ollama would cut its beginning in silence.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import { deltasOf, identify, type IdentifiedBlock, usageOf } from "../bedrock/answer.ts";
import type { Model } from "../bedrock/converse.ts";
import { demoModel } from "../bedrock/demo-model.ts";
import { createFaults, type Fault, type Faults } from "../bedrock/faults.ts";
import { type Exchange, listen } from "../bedrock/listen.ts";
import { ChatRequest, linesOf, toModelRequest, unpaired } from "./chat.ts";

export interface OllamaOptions {
  model?: Model;
  /** Pulled onto this machine. */
  names?: readonly string[];
  port?: number;
  /** Before the first line of a `slow` answer. */
  slowMs?: number;
}

interface OllamaCall {
  request: ChatRequest;
  fault?: Fault;
  answer: readonly IdentifiedBlock[];
}

export interface Ollama {
  url: string;
  faults: Faults;
  calls: readonly OllamaCall[];
  setModel(model: Model): void;
  close(): Promise<void>;
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function parse(text: string): ChatRequest {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refused(400, "invalid character in the body");
  }
  const parsed = ChatRequest.safeParse(body);
  if (!parsed.success)
    throw new Refused(
      400,
      `json: cannot unmarshal ${parsed.error.issues[0]?.path.join(".") ?? ""}`,
    );
  return parsed.data;
}

export async function startOllama(options: OllamaOptions = {}): Promise<Ollama> {
  let model = options.model ?? demoModel;
  const names = options.names ?? ["qwen3:8b"];
  const calls: OllamaCall[] = [];
  const { faults, take } = createFaults();

  async function accept(exchange: Exchange): Promise<OllamaCall> {
    if (exchange.method !== "POST" || exchange.path !== "/api/chat") {
      throw new Refused(404, "404 page not found");
    }
    const request = parse(await exchange.body());
    if (!names.includes(request.model)) {
      throw new Refused(404, `model '${request.model}' not found`);
    }
    const wrong = unpaired(request.messages);
    if (wrong !== undefined) throw new Refused(400, wrong);
    const fault = take();
    if (fault === "down") throw new Refused(500, "llama runner process has terminated");
    if (fault === "throttle") throw new Refused(503, "server busy, please try again");
    const asked = toModelRequest(request);
    if (usageOf(asked, []).inputTokens > (request.options.num_ctx ?? 4096)) {
      throw new Refused(400, "the input is longer than num_ctx");
    }
    const answer = identify(await model(asked), randomUUID);
    const call = { request, answer, ...(fault === undefined ? {} : { fault }) };
    calls.push(call);
    return call;
  }

  async function stream(exchange: Exchange, { request, answer, fault }: OllamaCall): Promise<void> {
    exchange.head(200, { "content-type": "application/x-ndjson" });
    if (fault === "slow") await delay(options.slowMs ?? 3000);
    const write = (line: object) =>
      exchange.write(
        `${JSON.stringify({ model: request.model, created_at: new Date().toISOString(), ...line })}\n`,
      );
    const lines = linesOf(answer, deltasOf);
    const breaks = fault === "cut" || fault === "error" || fault === "junk";
    for (const line of breaks ? lines.slice(0, Math.floor(lines.length / 2)) : lines) {
      if (exchange.signal.aborted) return;
      await write({ ...line, done: false });
    }
    if (fault === "cut") {
      await delay(30);
      exchange.cut();
      return;
    }
    if (fault === "error") await exchange.write('{"error":"an error was encountered"}\n');
    if (fault === "junk") await exchange.write("<html>proxy</html>\n");
    if (!breaks) {
      const { inputTokens, outputTokens } = usageOf(toModelRequest(request), answer);
      await write({
        message: { role: "assistant", content: "" },
        done: true,
        done_reason: "stop",
        total_duration: 1_000_000,
        prompt_eval_count: inputTokens,
        eval_count: outputTokens,
      });
    }
    exchange.end();
  }

  const listener = await listen(async (exchange) => {
    try {
      if (exchange.method === "GET" && exchange.path === "/api/tags") {
        exchange.head(200, { "content-type": "application/json; charset=utf-8" });
        const models = names.map((name) => ({ name, model: name }));
        await exchange.write(JSON.stringify({ models }));
        exchange.end();
        return;
      }
      await stream(exchange, await accept(exchange));
    } catch (error) {
      const status = error instanceof Refused ? error.status : 500;
      exchange.head(status, { "content-type": "application/json; charset=utf-8" });
      await exchange.write(
        JSON.stringify({ error: error instanceof Error ? error.message : "unknown" }),
      );
      exchange.end();
    }
  }, options.port);

  return {
    url: `http://127.0.0.1:${listener.port}`,
    faults,
    calls,
    setModel(next) {
      model = next;
    },
    close: () => listener.close(),
  };
}
