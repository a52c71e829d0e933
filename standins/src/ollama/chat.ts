/**
 * The request of Ollama's `/api/chat` as it stands on the wire, and as the `Model` of the stand-ins reads it.
 * Fields: github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion. Pure.
 */
import { z } from "zod";

import type { IdentifiedBlock } from "../bedrock/answer.ts";
import type { Block, Message, ModelRequest } from "../bedrock/converse.ts";

const Call = z.object({
  function: z.object({ name: z.string().min(1), arguments: z.record(z.string(), z.unknown()) }),
});

const ChatMessage = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), content: z.string() }),
  z.object({ role: z.literal("user"), content: z.string() }),
  z.object({
    role: z.literal("assistant"),
    content: z.string(),
    tool_calls: z.array(Call).optional(),
  }),
  z.object({ role: z.literal("tool"), content: z.string() }),
]);
type ChatMessage = z.infer<typeof ChatMessage>;

const Tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal("object") }),
  }),
});

export const ChatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(ChatMessage).min(1),
  stream: z.boolean().default(true),
  tools: z.array(Tool).optional(),
  options: z
    .looseObject({
      num_ctx: z.int().positive().optional(),
      num_predict: z.int().optional(),
      temperature: z.number().min(0).optional(),
    })
    .default({}),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** Results have no ids here: they answer the calls of the turn before in order. Says what is wrong. */
export function unpaired(messages: readonly ChatMessage[]): string | undefined {
  let open = 0;
  for (const message of messages) {
    if (message.role === "tool") {
      if (open === 0) return "a message of role tool answers no call";
      open -= 1;
      continue;
    }
    if (open > 0) return "a call of a tool has no answer";
    if (message.role === "assistant") open = message.tool_calls?.length ?? 0;
  }
  return open > 0 ? "a call of a tool has no answer" : undefined;
}

function blocksOf(message: ChatMessage, newId: () => string, ids: string[]): Block[] {
  if (message.role === "tool") {
    const toolUseId = ids.shift() ?? "";
    return [{ toolResult: { toolUseId, content: [{ text: message.content }] } }];
  }
  const text = message.content === "" ? [] : [{ text: message.content }];
  if (message.role !== "assistant") return text;
  const uses = (message.tool_calls ?? []).map(({ function: { name, arguments: input } }) => {
    const toolUseId = newId();
    ids.push(toolUseId);
    return { toolUse: { toolUseId, name, input } };
  });
  return [...text, ...uses];
}

/** As Converse has it: results are the user's, and neighbours of one role are one message. */
export function toModelRequest({ model, messages, tools = [] }: ChatRequest): ModelRequest {
  const ids: string[] = [];
  let count = 0;
  const turns: Message[] = [];
  for (const message of messages) {
    if (message.role === "system") continue;
    const role = message.role === "assistant" ? "assistant" : "user";
    const content = blocksOf(message, () => `call-${(count += 1)}`, ids);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  return {
    modelId: model,
    system: messages.flatMap((m) => (m.role === "system" ? [m.content] : [])).join("\n"),
    messages: turns,
    tools: tools.map((tool) => tool.function.name),
  };
}

export interface Line {
  message: { role: "assistant"; content: string; tool_calls?: unknown[] };
}

export function linesOf(blocks: readonly IdentifiedBlock[], pieces: (text: string) => string[]) {
  return blocks.flatMap((block): Line[] =>
    "text" in block
      ? pieces(block.text).map((content) => ({ message: { role: "assistant", content } }))
      : [
          {
            message: {
              role: "assistant",
              content: "",
              tool_calls: [
                { function: { name: block.toolUse.name, arguments: block.toolUse.input } },
              ],
            },
          },
        ],
  );
}
