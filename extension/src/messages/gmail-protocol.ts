/** Messages to the content script, checked by hand: the content script carries no schema library. */
import type { Check } from "./listen.ts";

/** `toggle` opens or collapses; `reach` is the shortcut: into the panel, and from inside it back to Gmail. */
const SHOWS = ["open", "close", "collapse", "toggle", "reach"] as const;
export type Show = (typeof SHOWS)[number];

/** Panel to content script: what is open in this tab? */
interface ReadView {
  type: "gmail.view";
}
/** Worker to content script: the message under the last right click. */
interface ReadPointed {
  type: "gmail.pointed";
}
export interface ShowPanel {
  type: "gmail.panel";
  show: Show;
}
/** Scroll to a message and open it. */
export interface Reveal {
  type: "gmail.reveal";
  messageId: string;
}
/** Give the keyboard back to Gmail. */
interface GiveFocus {
  type: "gmail.focus";
}
export type ToGmail = ReadView | ReadPointed | ShowPanel | Reveal | GiveFocus;

function field(message: unknown, name: string): unknown {
  if (typeof message !== "object" || message === null) return undefined;
  return new Map<string, unknown>(Object.entries(message)).get(name);
}

function check<T>(read: (message: unknown) => T | undefined): Check<T> {
  return {
    safeParse(message) {
      const data = read(message);
      return data === undefined ? { success: false } : { success: true, data };
    },
  };
}

const bare = <T extends string>(type: T): Check<{ type: T }> =>
  check((message) => (field(message, "type") === type ? { type } : undefined));

export const readView = bare("gmail.view");
export const readPointed = bare("gmail.pointed");
export const giveFocus = bare("gmail.focus");

export const showPanel: Check<ShowPanel> = check((message) => {
  if (field(message, "type") !== "gmail.panel") return undefined;
  const show = SHOWS.find((known) => known === field(message, "show"));
  return show === undefined ? undefined : { type: "gmail.panel", show };
});

export const reveal: Check<Reveal> = check((message) => {
  if (field(message, "type") !== "gmail.reveal") return undefined;
  const messageId = field(message, "messageId");
  return typeof messageId === "string" && /^[0-9a-f]{8,17}$/.test(messageId)
    ? { type: "gmail.reveal", messageId }
    : undefined;
});
