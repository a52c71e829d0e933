import { ThreadId } from "@vaultdesk/shared/id.ts";
/**
 * `show_terms`: what a thread says of each term, checked and put in order by code, on a card. The model passes every value that was said;
 * the newest message wins. A row whose words are not in its message is refused by name, and the others are shown.
 */
import { type CurrentTerms, Topic } from "@vaultdesk/shared/term.ts";
import { z } from "zod";

import { type Refusal, type Settled, termsOf } from "../terms.ts";
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

/** By the number of the row: its words are the model's, and are not to come back as something that was read. */
function shownOf({ term: { current }, rows: [row, ...replaced] }: Settled): object {
  const { messageId, from, at } = current;
  return {
    row,
    message_id: messageId,
    from,
    date: at,
    ...(replaced.length === 0 ? {} : { replaces_rows: replaced }),
  };
}

function refusal(refusals: readonly Refusal[]): string {
  const rows = refusals.map(({ row, why }) => `Row ${row}: ${why}`).join(" ");
  return `${plural(refusals.length, "row")} refused. ${rows} Call again with all rows, these ones mended or left out.`;
}

interface Checked {
  settled: readonly Settled[];
  refusals: readonly Refusal[];
  terms: CurrentTerms;
}

function outcomeOf({ settled, refusals, terms }: Checked): ToolOutcome {
  const ok = refusals.length === 0;
  const { notRead } = terms;
  return {
    json: {
      ...(ok ? {} : { error: "rows_refused", message: refusal(refusals) }),
      shown: settled.map(shownOf),
      ...(notRead === 0
        ? {}
        : {
            not_read: `${plural(notRead, "message")} of the thread: read them, and call again if they say more.`,
          }),
    },
    ok,
    untrusted: true,
    summary: ok
      ? `Checked ${plural(settled.length, "term")} against their messages`
      : `${plural(refusals.length, "quote")} did not hold`,
    details: refusals.map(({ name, why }) => `${name}: ${why}`),
    ...(settled.length === 0 ? {} : { terms }),
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
    const { settled, leftOut, refused: refusals } = termsOf(rows, messages, seen);
    const terms: CurrentTerms = {
      threadId: ThreadId.parse(found.value.id),
      terms: settled.map(({ term }) => term),
      leftOut,
      notRead: messages.filter(({ id }) => !seen(id)).length,
    };
    return outcomeOf({ settled, refusals, terms });
  },
);
