/**
 * Which conversation belongs to the open thread: the one last shown in this browser session, else the newest one the server has. Where no
 * thread is open any more, it stays: a thread that was just archived or binned takes its card, and the undo on it, not along.
 */
import { routes } from "@vaultdesk/shared/api.ts";
import { ConversationId, type ThreadId } from "@vaultdesk/shared/id.ts";
import { useCallback, useEffect, useState } from "react";
import { browser } from "wxt/browser";
import { z } from "zod";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";

const Remembered = ConversationId.or(z.literal("new"));

export interface ThreadConversation {
  /** True until it is known which one to show. */
  looking: boolean;
  id: ConversationId | undefined;
  /** A conversation of this thread, from now on. */
  keep: (id: ConversationId) => void;
  /** Another one, until the thread changes. */
  visit: (id: ConversationId) => void;
  startNew: () => void;
  /** It was deleted, or closed to this person. */
  gone: (id: ConversationId) => void;
}

/** A thread whose conversation is gone begins a new one. */
async function forget(sub: string, id: ConversationId): Promise<void> {
  const stored = await browser.storage.session.get(null);
  const keys = Object.entries(stored).flatMap(([key, value]) =>
    key.startsWith(`conversation:${sub}:`) && value === id ? [key] : [],
  );
  if (keys.length > 0) await browser.storage.session.remove(keys);
}

async function find(
  call: Call,
  key: string,
  threadId: ThreadId | undefined,
): Promise<ConversationId | undefined> {
  const stored = await browser.storage.session.get(key);
  const remembered = Remembered.safeParse(stored[key]);
  if (remembered.success) return remembered.data === "new" ? undefined : remembered.data;
  const reply = await call(routes.conversations);
  if (!reply.ok) return undefined;
  return reply.value.conversations.find((row) => row.threadId === threadId)?.id;
}

/** `sub` is the signed-in user; undefined while nobody is. */
export function useThreadConversation(
  call: Call,
  sub: string | undefined,
  threadId: ThreadId | undefined,
): ThreadConversation {
  const [place, setPlace] = useState(threadId);
  if (threadId !== undefined && threadId !== place) setPlace(threadId);
  const mailbox = `conversation:${sub ?? ""}:mailbox`;
  const key =
    sub === undefined ? undefined : place === undefined ? mailbox : `conversation:${sub}:${place}`;
  const [held, setHeld] = useState<{ key: string; id: ConversationId | undefined }>();

  useEffect(() => {
    if (key === undefined) return undefined;
    let live = true;
    const look = async () => {
      const id = await find(call, key, place);
      if (live) setHeld((before) => (before?.key === key ? before : { key, id }));
    };
    detach(look());
    return () => {
      live = false;
    };
  }, [call, key, place]);

  const put = useCallback(
    (id: ConversationId | undefined) => {
      if (key === undefined) return;
      setHeld({ key, id });
      detach(browser.storage.session.set({ [key]: id ?? "new" }));
    },
    [key],
  );
  const known = held !== undefined && held.key === key;
  return {
    looking: !known,
    id: known ? held.id : undefined,
    keep: put,
    visit: (id) => key !== undefined && setHeld({ key, id }),
    gone: (id) => {
      setHeld((before) => (before?.id === id ? { ...before, id: undefined } : before));
      if (sub !== undefined) detach(forget(sub, id));
    },
    startNew: () => {
      if (threadId !== undefined || place === undefined) put(undefined);
      else {
        // Of the mailbox, not of the thread that was open before.
        setPlace(undefined);
        setHeld({ key: mailbox, id: undefined });
        detach(browser.storage.session.set({ [mailbox]: "new" }));
      }
    },
  };
}
