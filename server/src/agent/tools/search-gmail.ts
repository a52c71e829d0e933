/** `search_gmail`: Gmail's own search, from fields that can't close each other's operators; or the words of one thread. */
import { z } from "zod";

import { listed } from "./list.ts";
import { refused, type ToolOutcome } from "./outcome.ts";
import { Day, GoogleId, Max, Page, readTool, type Room } from "./tool.ts";

const Arguments = z.strictObject({
  query: z.string().max(500).optional().describe("Words or Gmail search operators."),
  from: z.string().max(200).optional().describe("Name or address of the sender."),
  to: z.string().max(200).optional(),
  subject: z.string().max(200).optional(),
  after: Day.optional().describe("First day, YYYY-MM-DD."),
  before: Day.optional().describe("Day after the last, YYYY-MM-DD."),
  has_attachment: z.boolean().optional(),
  filename: z.string().max(100).optional().describe("Name or ending of an attachment, like pdf."),
  label: z.string().max(100).optional().describe("Name of a label."),
  in_thread: GoogleId.optional().describe("Only messages of this thread."),
  max: Max,
  page: Page.optional().describe("next_page of the result before, with the same words."),
});

function quoted(value: string): string {
  return `"${value.replaceAll('"', " ").trim()}"`;
}

/** Gmail's search words of the arguments; quotes in values can't close the operator. */
export function queryOf(args: z.infer<typeof Arguments>): string {
  return [
    args.query,
    args.from === undefined ? undefined : `from:${quoted(args.from)}`,
    args.to === undefined ? undefined : `to:${quoted(args.to)}`,
    args.subject === undefined ? undefined : `subject:${quoted(args.subject)}`,
    args.after === undefined ? undefined : `after:${args.after.replaceAll("-", "/")}`,
    args.before === undefined ? undefined : `before:${args.before.replaceAll("-", "/")}`,
    args.filename === undefined ? undefined : `filename:${quoted(args.filename)}`,
    // In Gmail's search a label's spaces and slashes are hyphens.
    args.label === undefined
      ? undefined
      : `label:${quoted(args.label.toLowerCase().replace(/[\s/]+/g, "-"))}`,
    args.has_attachment === true ? "has:attachment" : undefined,
  ]
    .filter((word) => word !== undefined && word !== "")
    .join(" ");
}

async function searchThread(
  id: string,
  query: string,
  { mail }: Room,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const found = await mail.thread(id, signal);
  if (!found.ok) return refused(found.problem);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const messages = found.value.messages.filter((message) => {
    const text = `${message.from} ${message.subject} ${message.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return listed({ found: messages.length, messages });
}

export const searchGmail = readTool(
  {
    name: "search_gmail",
    title: "Searching mail",
    description: "Search the user's mail. Newest first.",
    args: Arguments,
  },
  async (args, room, signal) => {
    if (args.in_thread !== undefined)
      return searchThread(args.in_thread, args.query ?? "", room, signal);
    const wanted = { q: queryOf(args), max: args.max, page: args.page };
    const found = await room.mail.search("search_gmail", wanted, signal);
    return found.ok ? listed(found.value) : refused(found.problem);
  },
);
