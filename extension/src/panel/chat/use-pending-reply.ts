/** Does the right-click reply of this tab once the panel can: signed in, connected, and not busy with another answer. */
import { useEffect, useEffectEvent } from "react";

import { detach } from "../../detach.ts";
import { listen, row } from "../../messages/listen.ts";
import { messages, type PendingReply } from "../../messages/protocol.ts";
import { send } from "../../messages/send.ts";
import { fromWorker } from "../../messages/senders.ts";

export const DRAFT_REPLY_TEXT = "Draft a reply to this message.";

export function usePendingReply(
  tabId: number | undefined,
  able: boolean,
  start: (pending: PendingReply) => void,
): void {
  const take = useEffectEvent(async () => {
    if (!able || tabId === undefined) return;
    const { pending } = await send(messages.takePending, { type: "pending.take", tabId });
    if (pending !== undefined) start(pending);
  });
  useEffect(() => {
    if (able) detach(take());
  }, [able]);
  useEffect(() => {
    const end = new AbortController();
    listen(
      [
        row({
          from: fromWorker,
          schema: messages.pendingAdded.request,
          handle: (added) => (added.tabId === tabId ? detach(take()) : undefined),
        }),
      ],
      end.signal,
    );
    return () => end.abort();
  }, [tabId]);
}
