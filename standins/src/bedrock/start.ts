/**
 * Bedrock's Converse and ConverseStream on loopback, in front of a `Model`. Judges requests as Bedrock does, then asks the model;
 * it has no words of its own. Records every accepted request in `calls`.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import { converseBody, eventsOf, identify, type IdentifiedBlock, usageOf } from "./answer.ts";
import { AwsError } from "./aws-error.ts";
import { type ConverseRequest, type Model, parseRequest, toModelRequest } from "./converse.ts";
import { demoModel } from "./demo-model.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { eventFrame, exceptionFrame } from "./frames.ts";
import { type Exchange, listen } from "./listen.ts";
import { checkConversation } from "./pairing.ts";
import { checkSignature } from "./signature.ts";

export interface BedrockOptions {
  model?: Model;
  port?: number;
  /** Between two deltas of a stream. */
  deltaMs?: number;
  /** Before the first event of a `slow` answer. */
  slowMs?: number;
  /** Ids that exist; the default is any id of a known vendor. */
  modelIds?: RegExp;
}

export interface BedrockCall {
  at: number;
  protocol: "h1" | "h2";
  modelId: string;
  stream: boolean;
  request: ConverseRequest;
  fault?: Fault;
  answer: readonly IdentifiedBlock[];
}

export interface Bedrock {
  url: string;
  faults: Faults;
  calls: readonly BedrockCall[];
  setModel(model: Model): void;
  close(): Promise<void>;
}

const KNOWN_MODELS =
  /^(?:(?:us|eu|apac|jp|au|us-gov|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|vaultdesk)\.[a-z0-9][a-z0-9.-]*(?::\d+)?$/;
const ROUTE = /^\/model\/([^/]+)\/(converse|converse-stream)$/;
/** No repair of cut JSON can read this. */
const NOT_JSON = '{"thread_id": <the open thread>, ';
const DEFAULT_DELTA_MS = 8;
const DEFAULT_SLOW_MS = 3000;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError("ValidationException", "The request body is not valid JSON.");
  }
}

export async function startBedrock(options: BedrockOptions = {}): Promise<Bedrock> {
  let model = options.model ?? demoModel;
  const deltaMs = options.deltaMs ?? DEFAULT_DELTA_MS;
  const known = options.modelIds ?? KNOWN_MODELS;
  const calls: BedrockCall[] = [];
  const { faults, take } = createFaults();

  async function accept(exchange: Exchange): Promise<BedrockCall> {
    const route = ROUTE.exec(exchange.path);
    if (route === null || exchange.method !== "POST") {
      throw new AwsError("UnknownOperationException", "Unknown operation.");
    }
    const body = await exchange.body();
    checkSignature(exchange.header("authorization"), exchange.header("x-amz-date"));
    const modelId = decodeURIComponent(route[1] ?? "");
    if (!known.test(modelId)) {
      throw new AwsError(
        "ResourceNotFoundException",
        "Could not resolve the foundation model from the provided model identifier.",
      );
    }
    const request = parseRequest(parseJson(body));
    checkConversation(request);
    const fault = take();
    if (fault === "down") {
      throw new AwsError(
        "ServiceUnavailableException",
        "Bedrock is unable to process your request.",
      );
    }
    if (fault === "throttle") {
      throw new AwsError(
        "ThrottlingException",
        "Too many requests, please wait before trying again.",
      );
    }
    const asked = toModelRequest(modelId, request);
    const answer = identify(
      await model(asked),
      () => `tooluse_${randomBytes(16).toString("base64url")}`,
    );
    const stream = route[2] === "converse-stream";
    const call: BedrockCall = {
      at: Date.now(),
      protocol: exchange.protocol,
      modelId,
      stream,
      request,
      answer: fault === "junk" ? withTool(answer, asked.tools[0]) : answer,
      ...(fault === undefined ? {} : { fault }),
    };
    calls.push(call);
    return call;
  }

  async function streamAnswer(exchange: Exchange, call: BedrockCall): Promise<void> {
    exchange.head(200, headers("application/vnd.amazon.eventstream"));
    if (call.fault === "slow") await pause(options.slowMs ?? DEFAULT_SLOW_MS, exchange);
    const usage = usageOf(toModelRequest(call.modelId, call.request), call.answer);
    const events = [...eventsOf(call.answer, usage, call.fault === "junk" ? NOT_JSON : undefined)];
    const deltas = events.filter((event) => event.type === "contentBlockDelta").length;
    let left = call.fault === "cut" || call.fault === "error" ? Math.ceil(deltas / 2) : Infinity;
    for (const event of events) {
      if (exchange.signal.aborted) return;
      if (event.type === "contentBlockDelta") left -= 1;
      else if (event.type === "contentBlockStop" && left <= 0) left = -1;
      await exchange.write(eventFrame(event));
      if (left <= 0) break;
      if (event.type === "contentBlockDelta") await pause(deltaMs, exchange);
    }
    if (call.fault === "cut") {
      await pause(30, exchange);
      exchange.cut();
      return;
    }
    if (call.fault === "error") {
      await exchange.write(
        exceptionFrame(
          "modelStreamErrorException",
          "The model stopped in the middle of its answer.",
        ),
      );
    }
    exchange.end();
  }

  async function answerWhole(exchange: Exchange, call: BedrockCall): Promise<void> {
    if (call.fault === "slow") await pause(options.slowMs ?? DEFAULT_SLOW_MS, exchange);
    if (call.fault === "cut" || call.fault === "error") {
      exchange.cut();
      return;
    }
    const usage = usageOf(toModelRequest(call.modelId, call.request), call.answer);
    exchange.head(200, headers("application/json"));
    await exchange.write(JSON.stringify(converseBody(call.answer, usage)));
    exchange.end();
  }

  const listener = await listen(async (exchange) => {
    try {
      const call = await accept(exchange);
      await (call.stream ? streamAnswer(exchange, call) : answerWhole(exchange, call));
    } catch (error) {
      const known500 = error instanceof Error ? error.message : "unknown";
      const failure =
        error instanceof AwsError ? error : new AwsError("InternalServerException", known500);
      exchange.head(failure.status, {
        ...headers("application/json"),
        "x-amzn-errortype": failure.name,
      });
      await exchange.write(JSON.stringify({ message: failure.message }));
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

function headers(contentType: string): Record<string, string> {
  return { "content-type": contentType, "x-amzn-requestid": randomUUID() };
}

async function pause(ms: number, exchange: Exchange): Promise<void> {
  if (ms === 0 || exchange.signal.aborted) return;
  await delay(ms, undefined, { signal: exchange.signal }).catch(() => undefined);
}

function withTool(blocks: readonly IdentifiedBlock[], name = "search_gmail"): IdentifiedBlock[] {
  if (blocks.some((block) => "toolUse" in block)) return [...blocks];
  return [...blocks, { toolUse: { name, input: {}, toolUseId: "tooluse_junk" } }];
}
