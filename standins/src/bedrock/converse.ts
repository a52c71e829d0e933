/**
 * The Converse request as it stands on the wire, and the model behind it as a port.
 * Fields: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. Pure.
 */
import { z } from "zod";

import { AwsError } from "./aws-error.ts";

const ToolUseId = z.string().regex(/^[a-zA-Z0-9_.:-]{1,64}$/);
const ToolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const CachePoint = z.strictObject({ cachePoint: z.object({ type: z.literal("default") }) });
const Text = z.strictObject({ text: z.string() });

const ToolUse = z.strictObject({
  toolUse: z.object({
    toolUseId: ToolUseId,
    name: ToolName,
    input: z.record(z.string(), z.unknown()),
  }),
});

const ToolResult = z.strictObject({
  toolResult: z.object({
    toolUseId: ToolUseId,
    content: z.array(z.union([Text, z.strictObject({ json: z.unknown() })])),
    status: z.enum(["success", "error"]).optional(),
  }),
});

const Block = z.union([Text, ToolUse, ToolResult, CachePoint]);
export type Block = z.infer<typeof Block>;

const Message = z.object({ role: z.enum(["user", "assistant"]), content: z.array(Block) });
export type Message = z.infer<typeof Message>;

const ToolSpec = z.strictObject({
  toolSpec: z.object({
    name: ToolName,
    description: z.string().min(1).optional(),
    inputSchema: z.strictObject({ json: z.looseObject({ type: z.literal("object") }) }),
  }),
});

const ToolConfig = z.object({
  tools: z.array(z.union([ToolSpec, CachePoint])).min(1),
  toolChoice: z
    .union([
      z.strictObject({ auto: z.object({}) }),
      z.strictObject({ any: z.object({}) }),
      z.strictObject({ tool: z.object({ name: ToolName }) }),
    ])
    .optional(),
});

export const ConverseRequest = z.object({
  messages: z.array(Message).min(1),
  system: z.array(z.union([Text, CachePoint])).optional(),
  inferenceConfig: z
    .object({
      maxTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  toolConfig: ToolConfig.optional(),
});
export type ConverseRequest = z.infer<typeof ConverseRequest>;

/** What a model answers. The stand-in gives a tool use its id unless the model named one. */
export type AnswerBlock =
  | { text: string }
  | { toolUse: { name: string; input: Record<string, unknown>; toolUseId?: string } };

export interface ModelRequest {
  modelId: string;
  system: string;
  messages: readonly Message[];
  /** Names of the tools that were offered. */
  tools: readonly string[];
}

export type Model = (
  request: ModelRequest,
) => readonly AnswerBlock[] | Promise<readonly AnswerBlock[]>;

export function parseRequest(body: unknown): ConverseRequest {
  const parsed = ConverseRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    (issue) => `Value at '${issue.path.join(".")}' failed to satisfy constraint: ${issue.message}`,
  );
  const count = `${issues.length} validation error${issues.length === 1 ? "" : "s"} detected`;
  throw new AwsError("ValidationException", `${count}: ${issues.join("; ")}`);
}

export function toModelRequest(modelId: string, request: ConverseRequest): ModelRequest {
  return {
    modelId,
    system: (request.system ?? [])
      .flatMap((block) => ("text" in block ? [block.text] : []))
      .join("\n"),
    messages: request.messages,
    tools: (request.toolConfig?.tools ?? []).flatMap((tool) =>
      "toolSpec" in tool ? [tool.toolSpec.name] : [],
    ),
  };
}
