/** `draft_email_reply`: a draft in Gmail that only its owner sees. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { z } from "zod";

import { refused, type ToolOutcome } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

function drafted(draft: DraftView): ToolOutcome {
  const { to, cc, subject, threadId } = draft.content;
  return {
    json: { draft_id: draft.draftId, thread_id: threadId ?? "", to, cc, subject, saved: true },
    ok: true,
    untrusted: false,
    summary: "Draft saved in Gmail. Nothing was sent.",
    details: [`To ${to.join(", ")}`, subject],
    draft,
  };
}

export const draftEmailReply = readTool(
  {
    name: "draft_email_reply",
    title: "Saving a draft in Gmail",
    description: "Save a draft in Gmail: a reply, a reply to all, or a new mail. Nothing is sent.",
    args: z.strictObject({
      mode: z.enum(["reply", "reply_all", "new"]),
      message_id: GoogleId.optional().describe("The message that is answered."),
      to: z.array(z.string().max(320)).max(100).optional(),
      cc: z.array(z.string().max(320)).max(100).optional(),
      subject: z.string().max(500).optional(),
      body: z.string().min(1).max(50_000).describe("Plain text, without the quoted original."),
    }),
  },
  async ({ message_id: messageId, ...rest }, { mail }, signal) => {
    const saved = await mail.saveDraft({ ...rest, messageId }, signal);
    return saved.ok ? drafted(saved.value) : refused(saved.problem);
  },
);
