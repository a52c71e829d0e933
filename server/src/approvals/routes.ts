import { type Deed, undoOf } from "@vaultdesk/shared/action.ts";
/** Approvals and the draft card: ask the phone, list, withdraw, edit the draft. */
import { routes } from "@vaultdesk/shared/api.ts";
import { isOpen } from "@vaultdesk/shared/approval.ts";
import { ConversationId, DraftId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { type Context, Hono } from "hono";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Proposer } from "../actions/propose.ts";
import { redraft } from "../actions/redraft.ts";
import type { Principal } from "../auth0/principal.ts";
import type { ConversationLog } from "../conversations/log.ts";
import type { Conversations } from "../conversations/record.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import type { Gate } from "../rooms/gate.ts";
import type { Grant } from "../vault/broker.ts";
import type { Approvals } from "./record.ts";
import type { Approval } from "./row.ts";
import { withdraw } from "./withdraw.ts";

/** Mails are asked for by their drafts: those have a text that the person saw. */
function deedAgain({ view, action }: Approval): Deed | undefined {
  if (action.kind === "bundle" || action.kind === "email.send") return undefined;
  return isOpen(view.state) || view.state === "executed" ? undefined : action;
}

function deedBack({ view, action }: Approval): Deed | undefined {
  return view.state === "executed" && action.kind !== "bundle" ? undoOf(action) : undefined;
}

export function approvalRoutes(deps: {
  approvals: Approvals;
  conversations: Conversations;
  log: ConversationLog;
  proposer: Proposer;
  gate: Pick<Gate, "refuses">;
  grantOf(principal: Principal): Grant;
  mailroomOf(principal: Principal): Mailroom;
}) {
  /** A new request in the same conversation, for the deed that `deedOf` makes of an ended one. */
  async function askFor(
    c: Context<AppEnv>,
    route: typeof routes.askAgain,
    deedOf: (approval: Approval) => Deed | undefined,
  ): Promise<Response> {
    const { principal } = c.var;
    const found = await deps.approvals.find(param(c, "id"), principal.sub);
    if (found === undefined) return notFound(c);
    const deed = deedOf(found);
    if (deed === undefined) return refuse(c, problem("not_again"));
    const proposed = await deps.proposer.propose({
      grant: deps.grantOf(principal),
      conversationId: found.view.conversationId,
      runId: undefined,
      callId: undefined,
      wish: { kind: "deed", deed, origins: found.view.items[0]?.origins ?? {} },
    });
    return proposed.ok ? reply(c, route, proposed.approval.view) : refuse(c, proposed.problem);
  }

  return new Hono<AppEnv>()
    .post(routes.askAgain.path, (c) => askFor(c, routes.askAgain, deedAgain))
    .post(routes.undoApproval.path, (c) => askFor(c, routes.undoApproval, deedBack))
    .get(routes.approvals.path, async (c) =>
      reply(c, routes.approvals, { approvals: await deps.approvals.list(c.var.principal.sub) }),
    )
    .post(routes.askApproval.path, async (c) => {
      const input = await bodyOf(c, routes.askApproval);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      if (!(await deps.conversations.owns(sub, input.conversationId))) return notFound(c);
      const proposed = await deps.proposer.propose({
        grant: deps.grantOf(c.var.principal),
        conversationId: input.conversationId,
        runId: undefined,
        callId: undefined,
        wish: { kind: "email.send", drafts: input.drafts, override: input.override },
      });
      return proposed.ok
        ? reply(c, routes.askApproval, proposed.approval.view)
        : refuse(c, proposed.problem);
    })
    .post(routes.cancelApproval.path, async (c) => {
      const found = await deps.approvals.find(param(c, "id"), c.var.principal.sub);
      if (found === undefined) return notFound(c);
      // It may be decided in the meantime: what it became is the answer.
      const now = (await withdraw(deps.approvals, found)) ?? found;
      return reply(c, routes.cancelApproval, now.view);
    })
    .put(routes.editDraft.path, async (c) => {
      const input = await bodyOf(c, routes.editDraft);
      const draftId = DraftId.safeParse(param(c, "draftId"));
      if (input === undefined || !draftId.success) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      const id = param(c, "id");
      if (!(await deps.conversations.hasDraft(sub, id, draftId.data))) return notFound(c);
      const refusal = await deps.gate.refuses(sub, id, undefined, "draft_email_reply");
      if (refusal !== undefined) return refuse(c, refusal);
      const mailroom = deps.mailroomOf(c.var.principal);
      const edited = await redraft(deps, {
        sub,
        conversationId: id,
        draftId: draftId.data,
        mailroom,
        why: "You changed the draft after asking.",
        work: (known) => mailroom.editDraft(draftId.data, input.messageId, input.edit, known),
      });
      if (!edited.ok) {
        const { live } = edited;
        if (live !== undefined)
          await deps.log.append(id, sub, { type: "draft.saved", draft: live });
        return refuse(c, edited.problem);
      }
      const { view, dossier } = edited.value;
      await deps.conversations.addDraft(sub, ConversationId.parse(id), draftId.data, dossier);
      await deps.log.append(id, sub, { type: "draft.saved", draft: view });
      return reply(c, routes.editDraft, view);
    });
}
