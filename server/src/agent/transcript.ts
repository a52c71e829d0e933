/** The messages of a run at rest, as later runs see them. Pure. */
import {
  AIMessage,
  type BaseMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  type StoredMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { parseJson } from "@vaultdesk/shared/json.ts";

export function keep(messages: BaseMessage[]): string {
  return JSON.stringify(mapChatMessagesToStoredMessages(messages));
}

function isStored(value: unknown): value is StoredMessage[] {
  return (
    Array.isArray(value) &&
    value.every((one) => typeof one === "object" && one !== null && "type" in one)
  );
}

export function restore(text: string): BaseMessage[] {
  const stored = parseJson(text);
  return isStored(stored) ? mapStoredMessagesToChatMessages(stored) : [];
}

/**
 * A later question while this run waits sees each open call answered with "waiting" and the turn closed: Bedrock refuses an unanswered
 * call, and two user turns in a row.
 */
export function pendingAnswered(messages: BaseMessage[]): BaseMessage[] {
  const answered = new Set(
    messages.flatMap((m) => (m instanceof ToolMessage ? [m.tool_call_id] : [])),
  );
  const open = messages.flatMap((m) => (m instanceof AIMessage ? (m.tool_calls ?? []) : []));
  return [
    ...messages,
    ...open
      .filter((call) => call.id !== undefined && !answered.has(call.id))
      .map(
        (call) =>
          new ToolMessage({
            tool_call_id: call.id ?? "",
            name: call.name,
            content: JSON.stringify({
              outcome: "waiting",
              detail: "The phone has not answered yet.",
            }),
          }),
      ),
    new AIMessage("That waits for the phone."),
  ];
}
