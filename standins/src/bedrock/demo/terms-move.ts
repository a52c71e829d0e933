/** "What are the current terms?": the rows for the table, once more without those that did not hold, then what changed, in words. Pure. */
import { z } from "zod";

import { call, type Move, say, type Scene } from "./move.ts";
import { lastOf, ShownTerms, ThreadMail } from "./results.ts";
import { cite } from "./say-mail.ts";
import { TermRow, termRows } from "./terms-rows.ts";
import type { Read } from "./thread-read.ts";
import { list, plural, quoted } from "./words.ts";

const BY_RULES = "I am the demo's rule-based model and find terms by pattern";
const MOST_ROWS = 40;

export function termsMove(scene: Scene, read: Read): Move {
  const checked = lastOf(scene.done, "show_terms", ShownTerms);
  if (checked !== undefined) return say(termsAnswer(checked, rowsOf(scene)));
  const refused = refusedRows(scene);
  const rows = termRows(read).slice(-MOST_ROWS);
  const held = rows.filter((_, at) => !refused.has(at + 1));
  const thread = lastOf(scene.done, "read_email_thread", ThreadMail);
  if (held.length === 0 || thread === undefined) {
    return say(
      `${BY_RULES}: I found no price, date, exclusivity, counsel or open question in this thread.`,
    );
  }
  return call("show_terms", { thread_id: thread.thread_id, rows: held });
}

function refusedRows({ turn }: Scene): Set<number> {
  const reply = turn.steps.findLast((step) => step.name === "show_terms")?.reply;
  if (reply === undefined || reply.ok) return new Set();
  return new Set([...reply.message.matchAll(/\bRow (\d+):/g)].map((found) => Number(found[1])));
}

/** The rows of the last call. */
function rowsOf({ done }: Scene): TermRow[] {
  const input = done.findLast((step) => step.name === "show_terms")?.input["rows"];
  return z.array(TermRow).safeParse(input).data ?? [];
}

function termsAnswer({ shown, not_read: unread }: ShownTerms, rows: readonly TermRow[]): string {
  const row = (number = 0) => rows[number - 1];
  const settled = shown.filter((one) => row(one.row)?.topic !== "open");
  const open = shown.length - settled.length;
  const counts = [
    ...(settled.length === 0 ? [] : [plural(settled.length, "term")]),
    ...(open === 0 ? [] : [plural(open, "open point")]),
  ];
  const changes = settled.flatMap(({ row: number, replaces_rows: [before] }) => {
    const [now, was] = [row(number), row(before)];
    return now === undefined || was === undefined
      ? []
      : [
          `- ${now.name}: ${quoted(now.value, 120)} ${cite({ id: now.message_id })} instead of ${quoted(was.value, 120)} ${cite({ id: was.message_id })}`,
        ];
  });
  const cited = [...new Set(shown.map(({ message_id: id }) => cite({ id })))].slice(0, 3);
  const head = `The table shows ${list(counts)} of this thread. ${BY_RULES}.`;
  return [
    changes.length === 0 ? `${head} ${cited.join(" ")}` : `${head} Replaced by a newer word:`,
    ...changes,
    ...(unread === undefined ? [] : ["", `Not read: ${unread}`]),
  ].join("\n");
}
