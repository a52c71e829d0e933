/**
 * Tokens, where nobody has counted them. A third of the bytes: about a third more than English takes, about what Chinese or Japanese takes,
 * where a character is three bytes and one token. A guess that is too high ends a run early; one that is too low would be refused. Pure.
 */
import { AIMessage, type BaseMessage } from "@langchain/core/messages";

const BYTES = 3;

export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES);
}

export function textOf({ content }: BaseMessage): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

export function tokensIn(messages: readonly BaseMessage[]): number {
  return messages.reduce((sum, message) => {
    const calls = message instanceof AIMessage ? (message.tool_calls ?? []) : [];
    return (
      sum + tokensOf(textOf(message)) + (calls.length === 0 ? 0 : tokensOf(JSON.stringify(calls)))
    );
  }, 0);
}

/** What the model's service counted for a turn, in and out; `undefined` where it counted nothing. */
export function tokensUsed(turn: object): number | undefined {
  const total = usageOf(turn, "total_tokens");
  return total > 0 ? total : undefined;
}

/** A number of the provider's own count, 0 where it gives none. */
export function usageOf(
  turn: object,
  which: "total_tokens" | "input_tokens" | "output_tokens",
): number {
  const usage: unknown = "usage_metadata" in turn ? turn.usage_metadata : undefined;
  const count: unknown =
    typeof usage === "object" && usage !== null ? Reflect.get(usage, which) : undefined;
  return typeof count === "number" ? count : 0;
}
