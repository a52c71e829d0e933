/** Conversations: the list, and the events of one as server-sent events that resume by `Last-Event-ID` (WHATWG HTML 9.2). */
import { setTimeout } from "node:timers/promises";

import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";

import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/routes.ts";
import type { Principal } from "../auth0/principal.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import type { ConversationLog } from "./log.ts";
import type { Conversations } from "./record.ts";

/** A run that was told to stop needs a moment to come to rest. */
const STOP_TRIES = 15;
const STOP_WAIT_MS = 200;
const HEARTBEAT_MS = 15_000;

export function conversationRoutes(deps: {
  conversations: Conversations;
  log: ConversationLog;
  approvals: Approvals;
  cancelRun(sub: string, runId: string): Promise<boolean>;
  /** Milliseconds since the epoch. */
  now(): number;
  present(principal: Principal): void;
}) {
  return new Hono<AppEnv>()
    .get(routes.conversations.path, async (c) => {
      const { sub } = c.var.principal;
      const query = (c.req.query("q") ?? "").trim().slice(0, 200);
      const page =
        query === ""
          ? await deps.conversations.list(sub, c.req.query("before"))
          : await deps.conversations.search(sub, query);
      return reply(c, routes.conversations, page);
    })
    .put(routes.renameConversation.path, async (c) => {
      const input = await bodyOf(c, routes.renameConversation);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      return (await deps.conversations.rename(sub, param(c, "id"), input.title))
        ? reply(c, routes.renameConversation, { renamed: true })
        : notFound(c);
    })
    .delete(routes.deleteConversation.path, async (c) => {
      const { sub } = c.var.principal;
      const id = param(c, "id");
      if (!(await deps.conversations.owns(sub, id))) return notFound(c);
      const going = await deps.approvals.open(sub, ["executing", "unknown"]);
      if (going.some((approval) => approval.view.conversationId === id)) {
        return refuse(c, problem("conversation_busy"));
      }
      // Runs first: one that waits would go on when its approval is withdrawn.
      for (const run of await deps.conversations.openRuns(sub, id)) await deps.cancelRun(sub, run);
      for (const approval of await deps.approvals.open(sub, WITHDRAWABLE)) {
        if (approval.view.conversationId === id) await withdraw(deps.approvals, approval);
      }
      for (let tries = 0; tries < STOP_TRIES; tries += 1) {
        const erased = await deps.conversations.erase(sub, id);
        if (erased === "erased") return reply(c, routes.deleteConversation, { deleted: true });
        if (erased === "absent") return notFound(c);
        await setTimeout(STOP_WAIT_MS);
      }
      return refuse(c, problem("conversation_busy"));
    })
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
          const timer = globalThis.setTimeout(() => {
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
