/** Conversations: the list, and the events of one as server-sent events that resume by `Last-Event-ID` (WHATWG HTML 9.2). */
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";

import type { Principal } from "../auth0/principal.ts";
import { type AppEnv, notFound, param, reply } from "../http.ts";
import type { ConversationLog } from "./log.ts";
import type { Conversations } from "./record.ts";

const HEARTBEAT_MS = 15_000;

export function conversationRoutes(deps: {
  conversations: Conversations;
  log: ConversationLog;
  /** Milliseconds since the epoch. */
  now(): number;
  present(principal: Principal): void;
}) {
  return new Hono<AppEnv>()
    .get(routes.conversations.path, async (c) =>
      reply(c, routes.conversations, {
        conversations: await deps.conversations.list(c.var.principal.sub),
      }),
    )
    .get(EVENTS_PATH, async (c) => {
      const { sub } = c.var.principal;
      const id = param(c, "id");
      if (!(await deps.conversations.owns(sub, id))) return notFound(c);
      const last = Number(c.req.header("last-event-id") ?? 0);
      return streamSSE(c, async (stream) => {
        const gone = new AbortController();
        stream.onAbort(() => {
          gone.abort();
        });
        let seq = Number.isSafeInteger(last) && last > 0 ? last : 0;
        deps.present(c.var.principal);
        let wake = Promise.withResolvers<boolean>();
        deps.log.watch(
          id,
          () => {
            wake.resolve(true);
          },
          gone.signal,
        );
        while (!stream.aborted && !stream.closed) {
          const events = await deps.log.after(id, sub, seq);
          for (const event of events) {
            await stream.writeSSE({ id: String(event.seq), data: JSON.stringify(event) });
            seq = event.seq;
          }
          if (events.length > 0) continue;
          const timer = setTimeout(() => {
            wake.resolve(false);
          }, HEARTBEAT_MS);
          const woken = await wake.promise;
          clearTimeout(timer);
          wake = Promise.withResolvers<boolean>();
          if (woken) continue;
          if (c.var.principal.expiresAt <= deps.now()) break;
          deps.present(c.var.principal);
          await stream.write(": still here\n\n");
        }
        gone.abort();
      });
    });
}
