/**
 * For tests: a question about mail with its known answer. The calls are those of a model that asks well; what must stand in the tools'
 * answers are short facts, and no other text of the mail.
 */
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { z } from "zod";

const Listed = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      thread_id: z.string(),
      from: z.string(),
      to: z.string(),
      subject: z.string(),
      date: z.string(),
      snippet: z.string(),
    }),
  ),
});
type Row = z.infer<typeof Listed>["messages"][number];

export interface Call {
  tool: ToolName;
  /** Of the results so far, oldest first. */
  args: (past: readonly unknown[]) => object;
}

export interface Question {
  ask: string;
  calls: readonly Call[];
  /** Each stands in what the tools answered, white space and quoting of JSON aside. */
  facts: readonly (string | RegExp)[];
}

export function search(args: object): Call {
  return { tool: "search_gmail", args: () => args };
}

/** The first row of the last list that has this in its sender, recipients, subject, day or snippet. */
function rowOf(past: readonly unknown[], about: RegExp): Row {
  const list = past.map((result) => Listed.safeParse(result).data).findLast(Boolean);
  const row = list?.messages.find(({ from, to, subject, date, snippet }) =>
    about.test(`${from} ${to} ${subject} ${date} ${snippet}`),
  );
  if (row === undefined) throw new Error(`no row of the last list is about ${about.source}`);
  return row;
}

/** Reads the thread of a row of the last list. */
export function read(about = /./): Call {
  return {
    tool: "read_email_thread",
    args: (past) => ({ thread_id: rowOf(past, about).thread_id }),
  };
}

/** Reads that message of the list before, whole. */
export function readOne(about = /./): Call {
  return {
    tool: "read_email_thread",
    args: (past) => {
      const { id, thread_id } = rowOf(past, about);
      return { thread_id, message_id: id };
    },
  };
}

/** Looks in the thread of a row of the last list. */
export function within(about: RegExp, args: object): Call {
  return {
    tool: "search_gmail",
    args: (past) => ({ ...args, in_thread: rowOf(past, about).thread_id }),
  };
}

export function latest(args: object): Call {
  return { tool: "get_latest_emails", args: () => args };
}
