/** `draft_email_reply`: a draft in Gmail that only its owner sees. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { DraftId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { cardWords } from "@vaultdesk/shared/warning.ts";
import { z } from "zod";

import { notAttached, promisesFile } from "../../actions/attached-words.ts";
import type { SavedDraft } from "../../actions/mailroom.ts";
import { refused, type ToolOutcome } from "./outcome.ts";
import { GoogleId, readTool, type Room } from "./tool.ts";

const NOTHING_ATTACHED =
  "The text speaks of an attachment, and nothing is attached. Attach it in Gmail, or change the text.";

function fileWarnings(body: string, files: readonly string[]): string[] {
  if (files.length === 0) return promisesFile(body) ? [NOTHING_ATTACHED] : [];
  return notAttached(body, files).map(
    (name) =>
      `The text speaks of ${name}, and attached is ${files.join(", ")}. Attach the right file, or change the text.`,
  );
}

function drafted({ view, notes, dossier }: SavedDraft, body: string, summary: string): ToolOutcome {
  const { from, to, cc, subject, threadId, attachments } = view.content;
  const files = attachments.map((file) => file.name);
  const warnings = [
    ...fileWarnings(body, files),
    ...notes,
    ...(view.warnings ?? []).map(cardWords),
  ];
  return {
    json: {
      draft_id: view.draftId,
      version: view.messageId,
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
    summary,
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

/** The draft as it is now: what somebody typed meanwhile is not overwritten, and the model can go on from it. */
function changedMeanwhile(live: DraftView): ToolOutcome {
  const { to, cc, subject, text } = live.content;
  return {
    json: {
      error: "draft_changed",
      message:
        "The draft is another than you saw. Nothing was changed. This is how it is now: go on from it, with its version.",
      current: { draft_id: live.draftId, version: live.messageId, to, cc, subject, text },
    },
    ok: false,
    untrusted: true,
    summary: "The draft was changed in the meantime. Nothing was overwritten.",
    details: [],
    draft: live,
  };
}

const Arguments = z
  .strictObject({
    mode: z.enum(["reply", "reply_all", "forward", "new"]).optional(),
    draft_id: z
      .string()
      .max(64)
      .optional()
      .describe("Instead of mode: change this draft of yours."),
    version: z.string().max(64).optional().describe("With draft_id: of its last result."),
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
      .optional()
      .describe("Plain text, without the quoted original and without the Gmail signature."),
    without_attachments: z.boolean().optional().describe("A forward carries them unless true."),
    attach: z
      .array(z.strictObject({ message_id: GoogleId, filename: z.string().min(1).max(255) }))
      .max(10)
      .optional()
      .describe("Files of other messages, by the names of list_attachments."),
  })
  .refine(
    ({ mode, draft_id, version, body }) =>
      draft_id === undefined
        ? mode !== undefined && body !== undefined
        : version !== undefined && mode === undefined,
    { error: "name mode and body, or draft_id and version" },
  );
type Arguments = z.infer<typeof Arguments>;

function filesIn({ attach }: Arguments) {
  return attach?.map(({ message_id: messageId, filename }) => ({ messageId, filename }));
}

async function change(args: Arguments, room: Room, signal: AbortSignal): Promise<ToolOutcome> {
  const { to, cc, subject, body, version = "" } = args;
  const draftId = DraftId.safeParse(args.draft_id);
  if (!draftId.success) return refused(problem("draft_unknown"));
  const changed = await room.redraft(
    { draftId: draftId.data, version, change: { to, cc, subject, body, attach: filesIn(args) } },
    signal,
  );
  if (changed.ok) {
    return drafted(changed.value, body ?? "", "The draft was changed in Gmail. Nothing was sent.");
  }
  return changed.live === undefined ? refused(changed.problem) : changedMeanwhile(changed.live);
}

export const draftEmailReply = readTool(
  {
    name: "draft_email_reply",
    title: "Saving a draft in Gmail",
    description:
      "Save a draft in Gmail: a reply, a reply to all, a forward, or a new mail; or change a draft of this conversation. The original and the signature are added. Nothing is sent.",
    args: Arguments,
  },
  async (args, room, signal) => {
    const { mode, message_id: messageId, from, to, cc, subject, body } = args;
    if (mode === undefined || body === undefined) return change(args, room, signal);
    const saved = await room.mail.saveDraft(
      {
        mode,
        messageId,
        from,
        to,
        cc,
        subject,
        body,
        withoutAttachments: args.without_attachments,
        attach: filesIn(args),
        timeZone: room.timeZone,
      },
      signal,
      room.provenance,
    );
    return saved.ok
      ? drafted(saved.value, body, "Draft saved in Gmail. Nothing was sent.")
      : refused(saved.problem);
  },
);
