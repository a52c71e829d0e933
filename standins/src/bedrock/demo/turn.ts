/**
 * The conversation as the demo model sees it: the last request, and the tool calls with their results before and after it.
 * A result's mail stands in a fence: what is inside is only ever parsed as data. Pure.
 */
import { z } from "zod";

import type { Message } from "../converse.ts";

export interface Step {
  name: string;
  input: Record<string, unknown>;
  reply: Reply;
}

export type Reply =
  | { ok: true; json: unknown }
  | { ok: false; code: string; message: string; json?: unknown };

export interface Turn {
  /** The last thing that the user said. */
  request: string;
  /** Tool calls since then, in order. */
  steps: readonly Step[];
  /** Tool calls of earlier turns. */
  earlier: readonly Step[];
  /** The assistant's last words before the request. */
  lastAnswer: string;
}

const Failure = z.object({ error: z.string(), message: z.string() });
const FENCE = /^\s*<untrusted [^>\n]*>\n([\s\S]*)\n<\/untrusted[^>\n]*>\s*$/;

function parse(text: string): unknown {
  try {
    return JSON.parse(FENCE.exec(text)?.[1] ?? text);
  } catch {
    return undefined;
  }
}

type ToolResult = Extract<Message["content"][number], { toolResult: unknown }>["toolResult"];

/** langchain aws 1.4.5 drops the `status` of a tool message, so a failure is known by its JSON too. */
function replyOf(result: ToolResult): Reply {
  const text = result.content.map((part) => ("text" in part ? part.text : "")).join("\n");
  const held = result.content.find((part) => "json" in part);
  const json = held !== undefined && "json" in held ? held.json : parse(text);
  const failure = Failure.safeParse(json);
  if (failure.success)
    return { ok: false, code: failure.data.error, message: failure.data.message, json };
  if (result.status === "error" || json === undefined) {
    return { ok: false, code: "unreadable", message: "The tool's result could not be read." };
  }
  return { ok: true, json };
}

function textOf(message: Message): string {
  return message.content
    .flatMap((block) => ("text" in block ? [block.text] : []))
    .join("\n")
    .trim();
}

function stepsOf(messages: readonly Message[]): Step[] {
  const results = new Map(
    messages.flatMap(({ content }) =>
      content.flatMap((block) =>
        "toolResult" in block ? [[block.toolResult.toolUseId, block.toolResult] as const] : [],
      ),
    ),
  );
  return messages.flatMap(({ content }) =>
    content.flatMap((block) => {
      if (!("toolUse" in block)) return [];
      const result = results.get(block.toolUse.toolUseId);
      const { name, input } = block.toolUse;
      return result === undefined ? [] : [{ name, input, reply: replyOf(result) }];
    }),
  );
}

export function readTurn(messages: readonly Message[]): Turn {
  const at = messages.findLastIndex((m) => m.role === "user" && textOf(m) !== "");
  const asked = messages[at];
  return {
    request: asked === undefined ? "" : textOf(asked),
    steps: stepsOf(messages.slice(Math.max(at, 0))),
    earlier: stepsOf(messages.slice(0, Math.max(at, 0))),
    lastAnswer:
      messages
        .slice(0, Math.max(at, 0))
        .filter((m) => m.role === "assistant")
        .map(textOf)
        .findLast((text) => text !== "") ?? "",
  };
}
