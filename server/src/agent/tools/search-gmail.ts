/** `search_gmail`: Gmail's own search, from fields that can't close each other's operators; or the words of one thread. */
import { z } from "zod";

import { listed } from "./list.ts";
import { failed, refused, type ToolOutcome } from "./outcome.ts";
import { matcherOf, type ThreadQuery } from "./search-thread.ts";
import { Day, GoogleId, Max, readTool, type Room, Skip } from "./tool.ts";

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
  oldest_first: z.boolean().default(false),
  max: Max,
  skip: Skip,
});
type Arguments = z.infer<typeof Arguments>;

function quoted(value: string): string {
  return `"${value.replaceAll('"', " ").trim()}"`;
}

/** Gmail's search words of the arguments; quotes in values can't close the operator. */
export function queryOf(args: Omit<Arguments, "skip" | "oldest_first">): string {
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

/** Words of one thread, by code: Gmail has no operator for it. */
async function searchThread(
  id: string,
  args: ThreadQuery & Pick<Arguments, "max" | "skip" | "oldest_first">,
  { mail }: Room,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const matcher = matcherOf(args);
  if (!matcher.ok) return failed("bad_arguments", matcher.why);
  const thread = await mail.thread(id, signal);
  if (!thread.ok) return refused(thread.problem);
  const all = thread.value.messages.filter(matcher.fits);
  const { skip, max, oldest_first: oldestFirst } = args;
  const messages = (oldestFirst ? all : all.toReversed()).slice(skip, skip + max);
  return listed({ found: all.length, more: false, messages }, { skip });
}

export const searchGmail = readTool(
  {
    name: "search_gmail",
    title: "Searching mail",
    description:
      "Search the user's mail. Newest first, unless oldest_first. found is the number of all matches, counted.",
    args: Arguments,
  },
  async (args, room, signal) => {
    if (args.in_thread !== undefined) return searchThread(args.in_thread, args, room, signal);
    const { max, skip, oldest_first: oldestFirst } = args;
    const wanted = { q: queryOf(args), max, skip, oldestFirst };
    const found = await room.mail.search("search_gmail", wanted, signal);
    return found.ok ? listed(found.value, { skip, oldestFirst }) : refused(found.problem);
  },
);
