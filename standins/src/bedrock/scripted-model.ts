/** A model for tests: one step per call, each blocks, or text, or a function of the conversation so far. Out of steps is an error. */
import type { AnswerBlock, Model, ModelRequest } from "./converse.ts";

type Answer = string | AnswerBlock | readonly AnswerBlock[];
export type ScriptStep = Answer | ((request: ModelRequest) => Answer);

function isList(answer: AnswerBlock | readonly AnswerBlock[]): answer is readonly AnswerBlock[] {
  return Array.isArray(answer);
}

function blocks(answer: Answer): readonly AnswerBlock[] {
  if (typeof answer === "string") return [{ text: answer }];
  return isList(answer) ? answer : [answer];
}

export function toolUse(name: string, input: Record<string, unknown>): AnswerBlock {
  return { toolUse: { name, input } };
}

export function scriptedModel(steps: readonly ScriptStep[]): Model {
  let at = 0;
  return (request) => {
    const step = steps[at];
    if (step === undefined) throw new Error(`the script has ${steps.length} steps and no more`);
    at += 1;
    return blocks(typeof step === "function" ? step(request) : step);
  };
}
