/**
 * Web addresses of an answer that stood in what was read or said here, letter by letter: only these become links. A hijacked model can
 * put what it read into an address of its own, and a click would carry it out. Pure.
 */
import type { BaseMessage } from "@langchain/core/messages";

/** The known ones among the addresses in this text. */
export type Links = (text: string) => string[];

const WEB = /https?:\/\/[^\s<>"'`\\()[\]{}]+/gi;

function addressesIn(text: string): string[] {
  // A full stop that ends a sentence belongs to no address.
  return (text.match(WEB) ?? []).map((found) => found.replace(/[.,;:!?]+$/, ""));
}

/** What the model said itself proves nothing. */
export function linksIn(messages: readonly BaseMessage[]): Links {
  let known: Set<string> | undefined;
  return (text) => {
    const found = addressesIn(text);
    if (found.length === 0) return [];
    known ??= new Set(
      messages
        .filter((message) => message.type !== "ai")
        .flatMap(({ content }) =>
          addressesIn(typeof content === "string" ? content : JSON.stringify(content)),
        ),
    );
    return found.filter((address) => known?.has(address));
  };
}
