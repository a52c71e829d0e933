/** `label_mail`, `archive_mail`, `trash_mail`: which messages, and what for; moving them is the approval's. */
import { FILING_LIMIT } from "@vaultdesk/shared/action.ts";
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import { z } from "zod";

import { failed, type ToolOutcome } from "./outcome.ts";
import { GoogleId, writeTool } from "./tool.ts";

const which = {
  message_ids: z.array(GoogleId).max(FILING_LIMIT).default([]),
  thread_ids: z.array(GoogleId).max(25).default([]).describe("All messages of these threads."),
};

interface Which {
  message_ids: string[];
  thread_ids: string[];
}

function idsOf({ message_ids, thread_ids }: Which) {
  return {
    messageIds: message_ids.map((id) => MessageId.parse(id)),
    threadIds: thread_ids.map((id) => ThreadId.parse(id)),
  };
}

function nothing({ message_ids, thread_ids }: Which): ToolOutcome | undefined {
  return message_ids.length + thread_ids.length > 0
    ? undefined
    : failed("bad_arguments", "Name message_ids or thread_ids.");
}

const names = z.array(z.string().min(1).max(200)).max(10).default([]);
const title = "Asking your phone";

export const labelMail = writeTool(
  {
    name: "label_mail",
    title,
    description:
      "Ask the user's phone to approve putting labels on mails or taking them off, all in one request, and wait.",
    args: z.strictObject({
      ...which,
      add: names.describe("Names of labels; Starred, Important, Unread, Inbox too."),
      remove: names,
      create: z
        .boolean()
        .default(false)
        .describe("Make labels of add that do not exist, only if the user wants a new one."),
    }),
  },
  (args) => {
    const { add, remove, create } = args;
    const missing =
      nothing(args) ??
      (add.length + remove.length > 0
        ? undefined
        : failed("bad_arguments", "Name labels to add or to remove."));
    return Promise.resolve(
      missing ?? { wish: { kind: "mail.label", ...idsOf(args), add, remove, create } },
    );
  },
);

export const archiveMail = writeTool(
  {
    name: "archive_mail",
    title,
    description: "Ask the user's phone to approve taking mails out of the inbox, and wait.",
    args: z.strictObject(which),
  },
  (args) =>
    Promise.resolve(
      nothing(args) ?? {
        wish: { kind: "mail.label", ...idsOf(args), add: [], remove: ["INBOX"] },
      },
    ),
);

export const trashMail = writeTool(
  {
    name: "trash_mail",
    title,
    description:
      "Ask the user's phone to approve moving mails to the bin, where Gmail keeps them for 30 days, and wait.",
    args: z.strictObject(which),
  },
  (args) => Promise.resolve(nothing(args) ?? { wish: { kind: "mail.trash", ...idsOf(args) } }),
);
