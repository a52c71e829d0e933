/** Compose: what a template is filled with, one's own templates, and the mail that was written as a draft. No model has a part in it. */
import { routes } from "@vaultdesk/shared/api.ts";
import { ThreadId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Principal } from "../auth0/principal.ts";
import type { ConversationLog } from "../conversations/log.ts";
import type { Conversations } from "../conversations/record.ts";
import type { Answer } from "../google/call.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import type { Gate } from "../rooms/gate.ts";
import type { Ids } from "../rooms/messages.ts";
import type { Templates } from "./templates.ts";

export function composeRoutes(deps: {
  templates: Templates;
  conversations: Conversations;
  log: ConversationLog;
  mailroomOf(principal: Principal, heard?: (messageId: string) => void): Mailroom;
  gate: Gate;
}) {
  /** By what the thread is known in rooms; nothing where no room has a say. */
  async function threadIds(
    mailroom: Mailroom,
    sub: string,
    threadId: string | undefined,
    signal: AbortSignal,
  ): Promise<Answer<Ids | undefined>> {
    if (threadId === undefined || !(await deps.gate.concerns(sub))) {
      return { ok: true, value: undefined };
    }
    return mailroom.threadCard(threadId, signal);
  }

  return new Hono<AppEnv>()
    .get(routes.composeFacts.path, async (c) => {
      const threadId = ThreadId.optional().safeParse(c.req.query("threadId"));
      if (!threadId.success) return refuse(c, problem("bad_request"));
      const { signal } = c.req.raw;
      const facts = await deps.mailroomOf(c.var.principal).composeFacts(threadId.data, signal);
      return facts.ok ? reply(c, routes.composeFacts, facts.value) : refuse(c, facts.problem);
    })
    .post(routes.compose.path, async (c) => {
      const input = await bodyOf(c, routes.compose);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      const { conversationId, threadId, messageId, to, subject, text, timeZone } = input;
      if (conversationId !== undefined && !(await deps.conversations.owns(sub, conversationId))) {
        return notFound(c);
      }
      const heard = new Set<string>();
      const mailroom = deps.mailroomOf(c.var.principal, (id) => heard.add(id));
      const ids = await threadIds(mailroom, sub, threadId, c.req.raw.signal);
      if (!ids.ok) return refuse(c, ids.problem);
      const refusal = await deps.gate.refuses(sub, conversationId, ids.value, "draft_email_reply");
      if (refusal !== undefined) return refuse(c, refusal);
      const saved = await mailroom.saveDraft(
        messageId === undefined
          ? { mode: "new", to, subject, body: text }
          : { mode: "reply", messageId, to, body: text, timeZone },
        c.req.raw.signal,
      );
      if (!saved.ok) return refuse(c, saved.problem);
      const draft = saved.value.view;
      const id =
        conversationId ?? (await deps.conversations.create(sub, draft.content.subject, threadId));
      await deps.conversations.holds(id, [...heard]);
      if (ids.value !== undefined) await deps.gate.enter(sub, id, ids.value);
      await deps.conversations.addDraft(sub, id, draft.draftId, saved.value.dossier);
      await deps.log.append(id, sub, { type: "draft.saved", draft });
      return reply(c, routes.compose, { conversationId: id, draft });
    })

    .get(routes.templates.path, async (c) =>
      reply(c, routes.templates, { templates: await deps.templates.of(c.var.principal.sub) }),
    )
    .post(routes.addTemplate.path, async (c) => {
      const text = await bodyOf(c, routes.addTemplate);
      if (text === undefined) return refuse(c, problem("bad_request"));
      const added = await deps.templates.add(c.var.principal.sub, text);
      return added === undefined
        ? refuse(c, problem("too_many_templates"))
        : reply(c, routes.addTemplate, added);
    })
    .put(routes.changeTemplate.path, async (c) => {
      const text = await bodyOf(c, routes.changeTemplate);
      if (text === undefined) return refuse(c, problem("bad_request"));
      const changed = await deps.templates.change(c.var.principal.sub, param(c, "id"), text);
      return changed === undefined ? notFound(c) : reply(c, routes.changeTemplate, changed);
    })
    .delete(routes.deleteTemplate.path, async (c) =>
      (await deps.templates.remove(c.var.principal.sub, param(c, "id")))
        ? reply(c, routes.deleteTemplate, { deleted: true })
        : notFound(c),
    );
}
