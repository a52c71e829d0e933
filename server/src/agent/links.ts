/**
 * Web addresses of an answer that stood in what was read or said here, letter by letter: only these become links. A hijacked model can
 * put what it read into an address of its own, and a click would carry it out. Pure.
 */
import { type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

/** The known ones among the addresses in this text. */
export type Links = (text: string) => string[];

const WEB = /https?:\/\/[^\s<>"'`\\()[\]{}]+/gi;

function addressesIn(text: string): string[] {
  // A full stop that ends a sentence belongs to no address.
  return (text.match(WEB) ?? []).map((found) => found.replace(/(?<![.,;:!?])[.,;:!?]+$/, ""));
}

/** Other results repeat what the model wrote, such as the subject of its draft, and a search finds its drafts. */
const READING: ReadonlySet<string> = new Set<ToolName>(["read_email_thread", "read_attachment"]);

function proves(message: BaseMessage): boolean {
  if (message instanceof ToolMessage) {
    return message.status !== "error" && READING.has(message.name ?? "");
  }
  // One with a name is our own note of what was left out.
  return message.type === "human" && message.name === undefined;
}

export function linksIn(messages: readonly BaseMessage[]): Links {
  let known: Set<string> | undefined;
  return (text) => {
    const found = addressesIn(text);
    if (found.length === 0) return [];
    known ??= new Set(
      messages
        .filter(proves)
        .flatMap(({ content }) =>
          addressesIn(typeof content === "string" ? content : JSON.stringify(content)),
        ),
    );
    return found.filter((address) => known?.has(address));
  };
}
