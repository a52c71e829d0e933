/** The tools as the model sees them: names, arguments, words. Pure data; what runs them is `tools.ts`. */
import { BUNDLE_LIMIT } from "@vaultdesk/shared/action.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { z } from "zod";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "use YYYY-MM-DD");
const GoogleId = z
  .string()
  .regex(/^[0-9a-f]{8,17}$/, "use an id from a tool result or the open thread");
const Max = z.int().min(1).max(25).default(10);

export const ARGUMENTS = {
  search_gmail: z.strictObject({
    query: z.string().max(500).optional().describe("Words or Gmail search operators."),
    from: z.string().max(200).optional().describe("Name or address of the sender."),
    to: z.string().max(200).optional(),
    subject: z.string().max(200).optional(),
    after: Day.optional().describe("First day, YYYY-MM-DD."),
    before: Day.optional().describe("Day after the last, YYYY-MM-DD."),
    has_attachment: z.boolean().optional(),
    in_thread: GoogleId.optional().describe("Only messages of this thread."),
    max: Max,
  }),
  get_latest_emails: z.strictObject({
    max: Max,
    label: z.enum(["inbox", "sent", "unread"]).default("inbox"),
  }),
  read_email_thread: z.strictObject({ thread_id: GoogleId }),
  draft_email_reply: z.strictObject({
    mode: z.enum(["reply", "reply_all", "new"]),
    message_id: GoogleId.optional().describe("The message that is answered."),
    to: z.array(z.string().max(320)).max(100).optional(),
    cc: z.array(z.string().max(320)).max(100).optional(),
    subject: z.string().max(500).optional(),
    body: z.string().min(1).max(50_000).describe("Plain text, without the quoted original."),
  }),
  send_email_with_approval: z
    .strictObject({
      draft_id: z.string().max(64).optional().describe("A draft of this conversation."),
      draft_ids: z
        .array(z.string().max(64))
        .min(1)
        .max(BUNDLE_LIMIT)
        .optional()
        .describe("Instead: several drafts, approved together by one request, sent in this order."),
    })
    .refine((args) => (args.draft_id === undefined) !== (args.draft_ids === undefined), {
      error: "name draft_id or draft_ids",
    }),
} as const satisfies Record<ToolName, z.ZodType>;

const DESCRIPTIONS: Readonly<Record<ToolName, string>> = {
  search_gmail: "Search the user's mail. Newest first.",
  get_latest_emails: "The newest messages of a label.",
  read_email_thread: "Read all messages of a thread, oldest first.",
  draft_email_reply:
    "Save a draft in Gmail: a reply, a reply to all, or a new mail. Nothing is sent.",
  send_email_with_approval:
    "Ask the user's phone to approve sending a draft, and wait. The result says what happened. One call for each draft, unless the user wants one request for several.",
};

export const WRITE_TOOLS: ReadonlySet<string> = new Set<ToolName>(["send_email_with_approval"]);

export function toolNames(): ToolName[] {
  return [
    "search_gmail",
    "get_latest_emails",
    "read_email_thread",
    "draft_email_reply",
    "send_email_with_approval",
  ];
}

export const TOOL_DEFINITIONS = toolNames().map((name) => ({
  type: "function" as const,
  function: {
    name,
    description: DESCRIPTIONS[name],
    parameters: z.toJSONSchema(ARGUMENTS[name], { io: "input" }),
  },
}));

export interface ToolCall {
  id: string;
  name: string;
  args: unknown;
}

/** What the panel says while it runs. */
export function titleOf(call: ToolCall): string {
  switch (call.name) {
    case "search_gmail":
      return "Searching mail";
    case "get_latest_emails":
      return "Reading the newest mails";
    case "read_email_thread":
      return "Reading the thread";
    case "draft_email_reply":
      return "Saving a draft in Gmail";
    case "send_email_with_approval":
      return "Asking your phone";
    default:
      return "Unknown step";
  }
}
