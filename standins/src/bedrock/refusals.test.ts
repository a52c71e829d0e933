import { request } from "node:http";

import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Bedrock, startBedrock } from "./start.ts";

const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-central-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=" +
  "0".repeat(64);

let bedrock: Bedrock;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  bedrock = await startBedrock({ deltaMs: 0, model: () => [{ text: "Yes." }] });
  client = new BedrockRuntimeClient({
    region: "eu-central-1",
    endpoint: bedrock.url,
    credentials: { accessKeyId: "AKIASTANDIN000000000", secretAccessKey: "not-a-secret" },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await bedrock.close();
});

const text = (role: "user" | "assistant", words: string) => ({ role, content: [{ text: words }] });
const use = (toolUseId: string) => ({
  role: "assistant",
  content: [{ toolUse: { toolUseId, name: "search_gmail", input: {} } }],
});
const result = (...ids: string[]) => ({
  role: "user",
  content: ids.map((toolUseId) => ({ toolResult: { toolUseId, content: [{ text: "{}" }] } })),
});
const tool = (name: string, type = "object") => ({
  toolSpec: { name, inputSchema: { json: { type } } },
});
const toolConfig = { tools: [tool("search_gmail")] };
const hi = text("user", "Hi");

async function post(
  body: string,
  headers: Record<string, string> = { authorization: SIGNED, "x-amz-date": "20261123T120000Z" },
  path = `/model/${encodeURIComponent(MODEL)}/converse`,
): Promise<{ status: number; type: unknown; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${bedrock.url}${path}`, { method: "POST", headers }, (reply) => {
      let held = "";
      reply.setEncoding("utf8");
      reply.on("data", (chunk: string) => (held += chunk));
      reply.on("end", () => {
        resolve({
          status: reply.statusCode ?? 0,
          type: reply.headers["x-amzn-errortype"],
          body: held,
        });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

test("the baseline of this table is accepted", async () => {
  const messages = [hi, use("t1"), result("t1")];
  expect(await post(JSON.stringify({ messages, toolConfig }))).toMatchObject({ status: 200 });
});

test.each([
  ["no messages", { messages: [] }, "1 validation error detected: Value at 'messages'"],
  ["no body members", {}, "Value at 'messages' failed"],
  [
    "an assistant first",
    { messages: [text("assistant", "Hi"), hi] },
    "must start with a user message",
  ],
  ["two users in a row", { messages: [hi, hi] }, "must alternate between user and assistant roles"],
  [
    "two assistants in a row",
    { messages: [hi, text("assistant", "a"), text("assistant", "b"), hi] },
    "must alternate",
  ],
  ["an assistant last", { messages: [hi, text("assistant", "I")] }, "must end with a user message"],
  ["blank text", { messages: [text("user", "  ")] }, "messages.0.content.0 is blank"],
  [
    "an empty message",
    { messages: [hi, { role: "assistant", content: [] }, hi] },
    "messages.1 is empty",
  ],
  [
    "a tool use without result",
    { messages: [hi, use("t1"), hi], toolConfig },
    "Expected toolResult blocks at messages.2.content for the following Ids: t1",
  ],
  [
    "the result of another use",
    { messages: [hi, use("t1"), result("t2")], toolConfig },
    "Expected toolResult blocks",
  ],
  [
    "more results than uses",
    { messages: [hi, use("t1"), result("t1", "t2")], toolConfig },
    "exceeds the number of toolUse blocks",
  ],
  [
    "a result without use",
    { messages: [result("t1")], toolConfig },
    "exceeds the number of toolUse blocks",
  ],
  [
    "tool blocks without toolConfig",
    { messages: [hi, use("t1"), result("t1")] },
    "toolConfig field must be defined",
  ],
  ["no tools in toolConfig", { messages: [hi], toolConfig: { tools: [] } }, "toolConfig.tools"],
  [
    "the same tool twice",
    { messages: [hi], toolConfig: { tools: [tool("a"), tool("a")] } },
    "already defined",
  ],
  [
    "a tool name with a blank",
    { messages: [hi], toolConfig: { tools: [tool("a b")] } },
    "toolConfig.tools.0",
  ],
  [
    "a tool schema that is no object",
    { messages: [hi], toolConfig: { tools: [tool("a", "string")] } },
    "toolConfig.tools.0",
  ],
  [
    "a choice that is not offered",
    { messages: [hi], toolConfig: { ...toolConfig, toolChoice: { tool: { name: "b" } } } },
    "not defined at toolConfig.tools",
  ],
  [
    "a temperature above 1",
    { messages: [hi], inferenceConfig: { temperature: 2 } },
    "inferenceConfig.temperature",
  ],
  [
    "a block of no known kind",
    { messages: [{ role: "user", content: [{ words: "Hi" }] }] },
    "messages.0.content.0",
  ],
])("refuses %s", async (_, body, says) => {
  const reply = await post(JSON.stringify(body));
  expect(reply).toMatchObject({ status: 400, type: "ValidationException" });
  expect(reply.body).toContain(says);
});

test("refuses a body that is not JSON", async () => {
  expect(await post("{")).toMatchObject({ status: 400, type: "ValidationException" });
});

test.each([
  ["no signature", {}, "MissingAuthenticationTokenException"],
  ["an API key without its key", { authorization: "Bearer " }, "IncompleteSignatureException"],
  [
    "another service's scope",
    { authorization: SIGNED.replace("/bedrock/", "/s3/"), "x-amz-date": "20261123T120000Z" },
    "UnrecognizedClientException",
  ],
  [
    "a date of another day",
    { authorization: SIGNED, "x-amz-date": "20261122T120000Z" },
    "IncompleteSignatureException",
  ],
  [
    "a host that is not signed",
    { authorization: SIGNED.replace("host;", ""), "x-amz-date": "20261123T120000Z" },
    "IncompleteSignatureException",
  ],
])("refuses %s with 403", async (_, headers, name) => {
  const reply = await post(JSON.stringify({ messages: [hi] }), headers);
  expect(reply).toMatchObject({ status: 403, type: name });
});

test("an unknown model is a ResourceNotFoundException", async () => {
  const asking = client.send(
    new ConverseCommand({
      modelId: "acme.best-model-v1:0",
      messages: [{ role: "user", content: [{ text: "Hi" }] }],
    }),
  );
  await expect(asking).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("another operation is unknown", async () => {
  expect(await post("{}", {}, `/model/${MODEL}/invoke`)).toMatchObject({
    status: 404,
    type: "UnknownOperationException",
  });
});

test("a model that throws is an InternalServerException", async () => {
  bedrock.setModel(() => {
    throw new Error("the script has 0 steps and no more");
  });
  const reply = await post(JSON.stringify({ messages: [hi] }));
  expect(reply).toMatchObject({ status: 500, type: "InternalServerException" });
  expect(reply.body).toContain("no more");
});
