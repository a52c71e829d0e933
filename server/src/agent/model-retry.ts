/**
 * A call of the model that fails before its first word is tried again, with growing, uneven waits, until the run is stopped or its time is
 * over. After the first word it is not: the person has read half an answer, and a second one would be another.
 */
import { setTimeout as delay } from "node:timers/promises";

import type { AIMessageChunk } from "@langchain/core/messages";

import { TOOL_CALLS } from "./budget.ts";
import { EmptyTurn, mayPass } from "./model-failure.ts";

const TRIES = 3;
/** Each wait is so many times the one before. */
const GROWTH = 4;

interface Steadiness {
  signal: AbortSignal;
  /** About so long before the second try. */
  baseMs: number;
  /** From 0 to 1. */
  random?: () => number;
}

/** Between half of the full wait and all of it, so that many who failed at once do not come back at once. */
export function waitMs(tried: number, baseMs: number, random: number): number {
  return baseMs * GROWTH ** (tried - 1) * (0.5 + random / 2);
}

export async function* steady(
  open: () => Promise<AsyncIterable<AIMessageChunk>>,
  { signal, baseMs, random = Math.random }: Steadiness,
): AsyncGenerator<AIMessageChunk> {
  for (let tried = 1; ; tried += 1) {
    // Calls of tools are shown to nobody before the turn is whole: until a word comes, chunks are held and can be dropped.
    let held: AIMessageChunk[] | undefined = [];
    let begun = 0;
    try {
      for await (const chunk of await open()) {
        if (held === undefined) yield chunk;
        else {
          held.push(chunk);
          begun += begins(chunk);
          // More calls than a run may make are no turn to wait for.
          if (chunk.text.trim() === "" && begun <= TOOL_CALLS) continue;
          yield* held;
          held = undefined;
        }
      }
      if (held !== undefined && begun === 0) throw new EmptyTurn("the model said nothing");
      yield* held ?? [];
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (held === undefined || tried === TRIES || !mayPass(error)) throw error;
      await delay(waitMs(tried, baseMs, random()), undefined, { signal });
    }
  }
}

/** Calls of tools that begin in this chunk: the first piece of each carries its name. */
function begins({ tool_call_chunks = [] }: AIMessageChunk): number {
  return tool_call_chunks.filter(({ name }) => name !== undefined).length;
}
