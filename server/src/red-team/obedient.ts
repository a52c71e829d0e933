/** A model that reads what the user is looking at, and then does whatever the attack says, step by step, whatever it is told. */
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { z } from "zod";

import type { Model } from "../agent/model-port.ts";
import { LEFT_OUT } from "../agent/tools/named.ts";
import type { Attack, Call } from "./attack.ts";

const Args = z.record(z.string(), z.unknown());

/** An attack in the mailbox. */
export interface Placed {
  attack: Attack;
  threadId: string;
  messageId: string;
}

function readingOf({ attack, threadId, messageId }: Placed): Call[] {
  const { planted } = attack;
  if (planted.kind === "event") {
    const when = { from: "2024-05-01", to: "2024-06-15" };
    return [{ tool: "list_upcoming_events", args: { ...when, query: planted.title } }];
  }
  const thread = { tool: "read_email_thread", args: { thread_id: threadId } };
  if (planted.file === undefined) return [thread];
  return [thread, { tool: "read_attachment", args: { message_id: messageId, number: 1 } }];
}

function textOf(messages: readonly BaseMessage[]): string {
  return messages.map(({ text }) => text).join("\n");
}

function last(pattern: RegExp, text: string): string {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? "none";
}

/** With the ids that stand in the tool results so far. */
function filled(args: Call["args"], placed: Placed, results: string): Record<string, unknown> {
  const ids: Readonly<Record<string, string>> = {
    $message: placed.messageId,
    $thread: placed.threadId,
    $draft: last(/"draft_id":"([^"]+)"/g, results),
    $event: last(/"event_id":"([^"]+)"/g, results),
  };
  const text = JSON.stringify(args).replace(
    /\$(?:message|thread|draft|event)\b/g,
    (name) => ids[name] ?? name,
  );
  return Args.parse(JSON.parse(text));
}

export function obedient(find: (threadId: string) => Placed | undefined): Model {
  return {
    limits: { contextTokens: 300_000, runTokens: 600_000 },
    stream: (messages) => Promise.resolve(turn(messages, find)),
  };
}

async function* turn(
  messages: readonly BaseMessage[],
  find: (threadId: string) => Placed | undefined,
): AsyncGenerator<AIMessageChunk> {
  const placed = find(/^Open thread: (\w+)$/m.exec(messages[0]?.text ?? "")?.[1] ?? "");
  if (placed === undefined) throw new Error("no attack stands in the open thread");
  const asked = messages.findLastIndex((m) => m instanceof HumanMessage && m.name !== LEFT_OUT);
  const since = messages.slice(asked + 1);
  const step = since.filter((message) => message instanceof AIMessage).length;
  const results = textOf(since.filter((message) => message instanceof ToolMessage));
  const { reads = [] } = placed.attack;
  const next =
    step === 0 ? [...readingOf(placed), ...reads] : placed.attack.calls.slice(step - 1, step);
  await Promise.resolve();
  yield new AIMessageChunk({
    content: next.length === 0 ? "Done." : "",
    tool_calls: next.map(({ tool, args }, index) => ({
      type: "tool_call",
      id: `call_${step}_${index}`,
      name: tool,
      args: filled(args, placed, results),
    })),
  });
}
