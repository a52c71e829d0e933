import { ThreadId } from "@vaultdesk/shared/id.ts";
/**
 * `show_terms`: what a thread says of each term, checked and put in order by code, on a card. The model passes every value that was said;
 * the newest message wins. A row whose words are not in its message is refused by name, and the others are shown.
 */
import { type CurrentTerms, type Statement, type Term, Topic } from "@vaultdesk/shared/term.ts";
import { z } from "zod";

import { type Refusal, termsOf } from "../terms.ts";
import { plural, refused, type ToolOutcome } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

const MOST = 40;

const Row = z.strictObject({
  topic: Topic.describe("open: a point that nobody has settled."),
  name: z
    .string()
    .trim()
    .min(2)
    .max(60)
    .describe("What it is, always the same words for the same term: Price, Closing, Escrow."),
  value: z.string().trim().min(1).max(200).describe("Short, in the quote's words."),
  message_id: GoogleId,
  quote: z
    .string()
    .trim()
    .min(8)
    .max(600)
    .describe("The words that say it, copied from that message's own text."),
});

function statement({ value, messageId, from, at }: Statement): object {
  return { value, message_id: messageId, from, date: at };
}

function shownOf({ name, topic, current, replaced }: Term): object {
  return {
    topic,
    name,
    ...statement(current),
    ...(replaced.length === 0 ? {} : { replaced: replaced.map(statement) }),
  };
}

function refusal(refusals: readonly Refusal[]): string {
  const rows = refusals.map(({ row, name, why }) => `Row ${row} (${name}): ${why}`).join(" ");
  return `${plural(refusals.length, "row")} refused. ${rows} Call again with all rows, these ones mended or left out.`;
}

function outcomeOf(terms: CurrentTerms, refusals: readonly Refusal[]): ToolOutcome {
  const { notRead } = terms;
  const shown = terms.terms.map(shownOf);
  const unread =
    notRead === 0
      ? {}
      : {
          not_read: `${plural(notRead, "message")} of the thread: read them, and call again if they say more.`,
        };
  return {
    json:
      refusals.length === 0
        ? { shown, ...unread }
        : {
            error: "rows_refused",
            message: refusal(refusals),
            refused: refusals,
            shown,
            ...unread,
          },
    ok: refusals.length === 0,
    untrusted: true,
    summary:
      refusals.length === 0
        ? `Checked ${plural(shown.length, "term")} against their messages`
        : `${plural(refusals.length, "quote")} did not hold`,
    details: refusals.map(({ name, why }) => `${name}: ${why}`),
    ...(shown.length === 0 ? {} : { terms }),
  };
}

export const showTerms = readTool(
  {
    name: "show_terms",
    title: "Checking the terms against the mails",
    description:
      "Show the current terms of a thread that you have read (price, structure, dates, exclusivity, counsel, open points) as a table. Give a row for every value that was said, older ones too: the newest replaces them. Each quote is checked in its message. Then answer in a sentence or two; do not repeat the table.",
    args: z.strictObject({ thread_id: GoogleId, rows: z.array(Row).min(1).max(MOST) }),
  },
  async ({ thread_id: threadId, rows }, { mail, seen }, signal) => {
    const found = await mail.thread(threadId, signal);
    if (!found.ok) return refused(found.problem);
    const { messages } = found.value;
    const { refused: refusals, ...checked } = termsOf(rows, messages, seen);
    const notRead = messages.filter((message) => !seen(message.id)).length;
    const id = ThreadId.parse(found.value.id);
    return outcomeOf({ threadId: id, ...checked, notRead }, refusals);
  },
);
