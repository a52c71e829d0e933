/** An answer about mail that cites none of it is asked for its sources once. The reply is not shown: only what it names and what bears the answer out. */
import { type AIMessageChunk, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Model } from "./model-port.ts";
import { tokensIn, tokensUsed } from "./tokens.ts";
import { ASK_FOR_CITATIONS, supported } from "./uncited.ts";

export interface Cited {
  /** To put behind the answer. */
  marks: string;
  /** In and out. */
  tokens: number;
}

const MOST_CHARACTERS = 2000;

/** `asked`: what the model is to see, its answer last; `known`: all of the run, where the texts are. */
export async function askCitations(
  model: Model,
  asked: readonly BaseMessage[],
  known: readonly BaseMessage[],
  tools: readonly ToolName[] | undefined,
  signal: AbortSignal,
): Promise<Cited> {
  const messages = [...asked, new HumanMessage(ASK_FOR_CITATIONS)];
  let reply: AIMessageChunk | undefined;
  for await (const chunk of await model.stream(messages, signal, tools)) {
    reply = reply === undefined ? chunk : reply.concat(chunk);
    if (reply.text.length > MOST_CHARACTERS) break;
  }
  signal.throwIfAborted();
  const ids = supported(reply?.text ?? "", known.at(-1)?.text ?? "", known);
  const used = reply === undefined ? undefined : tokensUsed(reply);
  return { marks: ids.map((id) => ` [msg:${id}]`).join(""), tokens: used ?? tokensIn(messages) };
}
