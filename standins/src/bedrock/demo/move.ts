/** The next move of the demo model, and what it looks at to choose it. */
import type { AnswerBlock } from "../converse.ts";
import type { Facts } from "./facts.ts";
import type { Step, Turn } from "./turn.ts";

export interface Scene {
  facts: Facts;
  turn: Turn;
  /** Tool calls of this turn that worked. */
  done: readonly Step[];
}

export type Move = readonly AnswerBlock[];

export function say(text: string): Move {
  return [{ text }];
}

export function call(name: string, input: object): Move {
  return [{ toolUse: { name, input: { ...input } } }];
}
