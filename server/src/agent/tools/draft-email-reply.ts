/** `draft_email_reply`: a draft in Gmail that only its owner sees. */
import { cardWords } from "@vaultdesk/shared/warning.ts";
import { z } from "zod";

import { promisesFile } from "../../actions/attached-words.ts";
import type { SavedDraft } from "../../actions/mailroom.ts";
import { refused, type ToolOutcome } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

const NOTHING_ATTACHED =
  "The text speaks of an attachment, and nothing is attached. Attach it in Gmail, or change the text.";

function drafted({ view, notes, dossier }: SavedDraft, body: string): ToolOutcome {
  const { from, to, cc, subject, threadId, attachments } = view.content;
  const missing = attachments.length === 0 && promisesFile(body) ? [NOTHING_ATTACHED] : [];
  const warnings = [...missing, ...notes, ...(view.warnings ?? []).map(cardWords)];
  const files = attachments.map((file) => file.name);
  return {
    json: {
      draft_id: view.draftId,
      thread_id: threadId ?? "",
      from,
      to,
      cc,
      subject,
      attachments: files,
      ...(warnings.length === 0 ? {} : { warnings }),
      saved: true,
    },
    ok: true,
    // Subject, names and file names of the original are its sender's words.
    untrusted: true,
    summary: "Draft saved in Gmail. Nothing was sent.",
    details: [
      `From ${from}`,
      `To ${to.join(", ")}`,
      ...(cc.length === 0 ? [] : [`Cc ${cc.join(", ")}`]),
      subject,
      ...(files.length === 0 ? [] : [`Attached: ${files.join(", ")}`]),
      ...warnings,
    ],
    draft: view,
    dossier,
  };
}

const Arguments = z.strictObject({
  mode: z.enum(["reply", "reply_all", "forward", "new"]),
  message_id: GoogleId.optional().describe("The message that is answered or forwarded."),
  from: z
    .string()
    .max(320)
    .optional()
    .describe("One of the user's own addresses, only if the user asked for it."),
  to: z.array(z.string().max(320)).max(100).optional().describe("Needed for forward and new."),
  cc: z.array(z.string().max(320)).max(100).optional(),
  subject: z.string().max(500).optional().describe("Only for new; another one ends the thread."),
  body: z
    .string()
    .min(1)
    .max(50_000)
    .describe("Plain text, without the quoted original and without the Gmail signature."),
  without_attachments: z.boolean().optional().describe("A forward carries them unless true."),
});

export const draftEmailReply = readTool(
  {
    name: "draft_email_reply",
    title: "Saving a draft in Gmail",
    description:
      "Save a draft in Gmail: a reply, a reply to all, a forward, or a new mail. The original and the signature are added. Nothing is sent.",
    args: Arguments,
  },
  async (args, { mail, originOf }, signal) => {
    const { message_id: messageId, without_attachments: withoutAttachments, ...rest } = args;
    const saved = await mail.saveDraft(
      { ...rest, messageId, withoutAttachments },
      signal,
      originOf,
    );
    return saved.ok ? drafted(saved.value, args.body) : refused(saved.problem);
  },
);
