/**
 * Remembers the message under the last right click, or under the keyboard's menu key. Real clicks only, for a minute, and only while the
 * same thread is open. A folded message carries no id, so it is unfolded when it is asked for.
 */
import { messageOnPath, type MessageRow, messageRows } from "./message.ts";
import { first, SENDER } from "./selectors.ts";
import { type OpenThread, openThread } from "./thread.ts";

const FRESH_MS = 60_000;
const UNFOLD_MS = 3_000;

interface PointedAt {
  threadId?: string;
  messageId?: string;
  unnamed?: "folded" | "unsynced" | "unreadable" | "nothing";
}

export interface Pointer {
  read(now: number): Promise<PointedAt>;
}

interface Click {
  thread: OpenThread;
  row: MessageRow;
  /** Among the rows of the thread: Gmail may make a new element of an unfolded row. */
  index: number;
  at: number;
}

const idOf = (thread: OpenThread) => (thread.state === "found" ? thread.id : undefined);

/** The id that a folded row shows once it is open. */
function unfold(doc: Document, { row, index }: Click): Promise<string | undefined> {
  const rows = messageRows(doc).length;
  const now = () => {
    const all = messageRows(doc);
    const same = all.find(({ element }) => element === row.element);
    return (same ?? (all.length === rows ? all[index] : undefined))?.id;
  };
  const sender = first(row.element, SENDER, HTMLElement);
  (sender.found ? sender.value : row.element).click();
  return new Promise((resolve) => {
    const end = (id: string | undefined) => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(id);
    };
    const observer = new MutationObserver(() => {
      const id = now();
      if (id !== undefined) end(id);
    });
    observer.observe(doc.documentElement, { subtree: true, childList: true, attributes: true });
    const timer = setTimeout(() => end(now()), UNFOLD_MS);
  });
}

async function nameOf(doc: Document, click: Click): Promise<PointedAt> {
  const { row } = click;
  if (row.id !== undefined) return { messageId: row.id };
  if (!row.folded) return { unnamed: "unsynced" };
  const messageId = await unfold(doc, click);
  return messageId === undefined ? { unnamed: "folded" } : { messageId };
}

/** Without a message, the thread will do. */
function orThread(thread: OpenThread): PointedAt {
  if (thread.state === "found") return {};
  return { unnamed: thread.state === "none" ? "nothing" : thread.state };
}

export function watchPointer(doc: Document, clock: () => number, signal: AbortSignal): Pointer {
  let last: Click | undefined;
  doc.addEventListener(
    "contextmenu",
    (event) => {
      // A page script may dispatch one to name a message of its choice.
      if (!event.isTrusted) return;
      const row = messageOnPath(event.composedPath());
      const index = messageRows(doc).findIndex(({ element }) => element === row?.element);
      last = row && { thread: openThread(doc), row, index, at: clock() };
    },
    { capture: true, passive: true, signal },
  );
  return {
    async read(now) {
      const thread = openThread(doc);
      const threadId = idOf(thread);
      const click =
        last !== undefined &&
        now - last.at < FRESH_MS &&
        last.thread.state === thread.state &&
        idOf(last.thread) === threadId
          ? last
          : undefined;
      const named = click === undefined ? orThread(thread) : await nameOf(doc, click);
      return { ...(threadId === undefined ? {} : { threadId }), ...named };
    },
  };
}
