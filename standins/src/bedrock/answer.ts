/** A model's answer in Converse's two forms: one JSON body, or the events of a stream. Pure. */
import type { AnswerBlock, ModelRequest } from "./converse.ts";

export type IdentifiedBlock =
  | { text: string }
  | { toolUse: { name: string; input: Record<string, unknown>; toolUseId: string } };

export interface StreamEvent {
  type: string;
  body: Record<string, unknown>;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
}

/** Four tokens for three words: an estimate that grows with the text, as a bill does. */
function tokens(text: string): number {
  return Math.ceil((text.split(/\s+/).filter(Boolean).length * 4) / 3);
}

export function usageOf(request: ModelRequest, blocks: readonly IdentifiedBlock[]): Usage {
  const inputTokens = tokens(request.system) + tokens(JSON.stringify(request.messages));
  const outputTokens = Math.max(1, tokens(blocks.map((block) => JSON.stringify(block)).join(" ")));
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

export function identify(blocks: readonly AnswerBlock[], newId: () => string): IdentifiedBlock[] {
  return blocks.map((block) =>
    "text" in block
      ? block
      : { toolUse: { ...block.toolUse, toolUseId: block.toolUse.toolUseId ?? newId() } },
  );
}

export function stopReasonOf(blocks: readonly IdentifiedBlock[]): "tool_use" | "end_turn" {
  return blocks.some((block) => "toolUse" in block) ? "tool_use" : "end_turn";
}

const GULP = 24;

/** A few words each, so that a reader sees text grow; joined they are the text. */
export function deltasOf(text: string): string[] {
  const out: string[] = [];
  let held = "";
  for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? [text]) {
    held += word;
    if (held.length < GULP) continue;
    out.push(held);
    held = "";
  }
  return held === "" ? out : [...out, held];
}

/** `broken` replaces the JSON text of every tool input. */
export function* eventsOf(
  blocks: readonly IdentifiedBlock[],
  usage: Usage,
  broken?: string,
): Generator<StreamEvent> {
  yield { type: "messageStart", body: { role: "assistant" } };
  for (const [contentBlockIndex, block] of blocks.entries()) {
    if ("text" in block) {
      for (const text of deltasOf(block.text)) {
        yield { type: "contentBlockDelta", body: { contentBlockIndex, delta: { text } } };
      }
    } else {
      const { toolUseId, name, input } = block.toolUse;
      yield {
        type: "contentBlockStart",
        body: { contentBlockIndex, start: { toolUse: { toolUseId, name } } },
      };
      for (const part of deltasOf(broken ?? JSON.stringify(input))) {
        yield {
          type: "contentBlockDelta",
          body: { contentBlockIndex, delta: { toolUse: { input: part } } },
        };
      }
    }
    yield { type: "contentBlockStop", body: { contentBlockIndex } };
  }
  yield { type: "messageStop", body: { stopReason: stopReasonOf(blocks) } };
  yield { type: "metadata", body: { usage, metrics: { latencyMs: 1 } } };
}

export function converseBody(
  blocks: readonly IdentifiedBlock[],
  usage: Usage,
): Record<string, unknown> {
  return {
    output: { message: { role: "assistant", content: blocks } },
    stopReason: stopReasonOf(blocks),
    usage,
    metrics: { latencyMs: 1 },
  };
}
