/**
 * The calls of a turn, in a form that can be answered and given back to any model: one id each, unlike all others of the run, and names and
 * arguments that the wire takes. A model that breaks off, or names one id twice, is told; it does not end the run. Pure.
 */
import { AIMessage, type AIMessageChunk, type BaseMessage } from "@langchain/core/messages";

export interface WireCall {
  id: string;
  name: string;
  args: Record<string, unknown>;
}

/** Of Converse's `toolUseId` and `name`. */
const ID = /^[a-zA-Z0-9_.:-]{1,64}$/;
const NOT_OF_A_NAME = /[^a-zA-Z0-9_-]/g;
const MOST = 64;

export function callIdsIn(messages: readonly BaseMessage[]): Set<string> {
  const calls = messages.flatMap((m) => (m instanceof AIMessage ? (m.tool_calls ?? []) : []));
  return new Set(calls.flatMap(({ id }) => id ?? []));
}

function nameOf(name: string | undefined): string {
  const wire = (name ?? "").replaceAll(NOT_OF_A_NAME, "_").slice(0, MOST);
  return wire === "" ? "unknown" : wire;
}

/** `taken` are the ids of the run so far. */
export function callsOf(turn: AIMessageChunk, taken: ReadonlySet<string>): WireCall[] {
  const used = new Set(taken);
  const free = (wanted: string | undefined): string => {
    const fits = wanted !== undefined && ID.test(wanted) && !used.has(wanted);
    let id = fits ? wanted : `call-${used.size + 1}`;
    while (used.has(id)) id += "x";
    used.add(id);
    return id;
  };
  const whole = (turn.tool_calls ?? []).map(({ id, name, args }) => ({
    id: free(id),
    name: nameOf(name),
    args,
  }));
  // Arguments that are no JSON stay a call, so that the model is told; a turn that is dropped in silence would look like an answer.
  const broken = (turn.invalid_tool_calls ?? []).map(({ id, name }) => ({
    id: free(id),
    name: nameOf(name),
    args: { arguments_were_not_json: true },
  }));
  return [...whole, ...broken];
}

export function countOf(turn: AIMessageChunk): number {
  return (turn.tool_calls ?? []).length + (turn.invalid_tool_calls ?? []).length;
}
