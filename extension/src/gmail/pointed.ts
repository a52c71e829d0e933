/** Remembers the message under the last right click. Real clicks only, for a minute, and only while the same thread is open. */
import { messageOnPath, openThread } from "./thread.ts";

const FRESH_MS = 60_000;

interface PointedAt {
  threadId?: string;
  messageId?: string;
}

export interface Pointer {
  read(now: number): PointedAt;
}

export function watchPointer(doc: Document, clock: () => number, signal: AbortSignal): Pointer {
  let last: { threadId: string | undefined; messageId: string | undefined; at: number } | undefined;
  const thread = () => {
    const open = openThread(doc);
    return open.found ? open.value : undefined;
  };
  doc.addEventListener(
    "contextmenu",
    (event) => {
      // A page script may dispatch one to name a message of its choice.
      if (!event.isTrusted) return;
      const { message } = messageOnPath(event.composedPath());
      last = {
        threadId: thread(),
        messageId: message.found ? message.value : undefined,
        at: clock(),
      };
    },
    { capture: true, passive: true, signal },
  );
  return {
    read(now) {
      const threadId = thread();
      const fits = last !== undefined && now - last.at < FRESH_MS && last.threadId === threadId;
      const messageId = fits ? last?.messageId : undefined;
      return {
        ...(threadId === undefined ? {} : { threadId }),
        ...(messageId === undefined ? {} : { messageId }),
      };
    },
  };
}
