/** Conversations: the list, renaming, deleting for good, and the events of one. */
import { setTimeout } from "node:timers/promises";

import { EVENTS_PATH, OWN_EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";

import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/withdraw.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import type { Conversations } from "./record.ts";
import { createStreams, type StreamDeps } from "./stream.ts";

/** A run that was told to stop needs a moment to come to rest. */
const STOP_TRIES = 15;
const STOP_WAIT_MS = 200;

interface ConversationDeps extends StreamDeps {
  conversations: Conversations;
  approvals: Approvals;
  cancelRun(sub: string, runId: string): Promise<boolean>;
}

export function conversationRoutes(deps: ConversationDeps) {
  const streamEvents = createStreams(deps);
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
      // Before anything is withdrawn: what can't be deleted is left as it was.
      if (await deps.conversations.isHeld(sub, id)) return refuse(c, problem("on_hold"));
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
        if (erased === "held") return refuse(c, problem("on_hold"));
        await setTimeout(STOP_WAIT_MS);
      }
      return refuse(c, problem("conversation_busy"));
    })
    .get(OWN_EVENTS_PATH, (c) => streamEvents(c, undefined))
    .get(EVENTS_PATH, async (c) => {
      const { sub } = c.var.principal;
      const id = param(c, "id");
      if (!(await deps.conversations.owns(sub, id))) return notFound(c);
      return streamEvents(c, id);
    });
}
