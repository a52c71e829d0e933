/** `send_email_with_approval`: names drafts of this conversation; sending them is the approval's. */
import { BUNDLE_LIMIT } from "@vaultdesk/shared/action.ts";
import { DraftId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { z } from "zod";

import { refused } from "./outcome.ts";
import { writeTool } from "./tool.ts";

export const sendEmailWithApproval = writeTool(
  {
    name: "send_email_with_approval",
    title: "Asking your phone",
    description:
      "Ask the user's phone to approve sending a draft, and wait. The result says what happened. One call for each draft, unless the user wants one request for several.",
    args: z
      .strictObject({
        draft_id: z.string().max(64).optional().describe("A draft of this conversation."),
        draft_ids: z
          .array(z.string().max(64))
          .min(1)
          .max(BUNDLE_LIMIT)
          .optional()
          .describe(
            "Instead: several drafts, approved together by one request, sent in this order.",
          ),
      })
      .refine((args) => (args.draft_id === undefined) !== (args.draft_ids === undefined), {
        error: "name draft_id or draft_ids",
      }),
  },
  ({ draft_id: one, draft_ids: several = [] }) => {
    const ids = z.array(DraftId).safeParse(one === undefined ? several : [one, ...several]);
    if (!ids.success) return Promise.resolve(refused(problem("draft_unknown")));
    const drafts = ids.data.map((draftId) => ({ draftId, shown: undefined }));
    return Promise.resolve({ wish: { kind: "email.send", drafts } });
  },
);
