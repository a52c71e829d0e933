/** Which conversation belongs to the open thread: the one last shown in this browser session, else the newest one the server has. */
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
  const key = sub === undefined ? undefined : `conversation:${sub}:${threadId ?? "mailbox"}`;
  const [held, setHeld] = useState<{ key: string; id: ConversationId | undefined }>();

  useEffect(() => {
    if (key === undefined) return undefined;
    let live = true;
    const look = async () => {
      const id = await find(call, key, threadId);
      if (live) setHeld((before) => (before?.key === key ? before : { key, id }));
    };
    detach(look());
    return () => {
      live = false;
    };
  }, [call, key, threadId]);

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
    startNew: () => put(undefined),
  };
}
