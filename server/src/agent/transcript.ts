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
import { z } from "zod";

const Style = z.object({ samples: z.unknown() }).loose();

function styleIn(json: string): z.infer<typeof Style> {
  try {
    return Style.parse(parseJson(json));
  } catch {
    return { samples: [] };
  }
}

/** The samples of a person's own mail serve one draft: later turns see what was counted from them. */
function withoutSamples(message: BaseMessage): BaseMessage {
  if (!(message instanceof ToolMessage) || message.name !== "read_my_style") return message;
  const { text } = message;
  const fenced = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  const { samples: _, ...facts } = styleIn(fenced);
  return new ToolMessage({
    tool_call_id: message.tool_call_id,
    name: message.name,
    content: JSON.stringify(facts),
  });
}

export function keep(messages: BaseMessage[]): string {
  return JSON.stringify(mapChatMessagesToStoredMessages(messages.map(withoutSamples)));
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
