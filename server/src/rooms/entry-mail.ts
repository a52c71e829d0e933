/**
 * The mail that an entry rests on, read in the mailbox of whoever asks. The words of a mail that somebody else noted are theirs only if a
 * message of that id in their own mailbox has them: a Message-ID alone proves nothing, anybody can send themselves one.
 */
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { EntryMail } from "@vaultdesk/shared/tracker.ts";

import type { Mailroom } from "../actions/mailroom.ts";
import { found } from "../agent/verbatim.ts";
import type { Answer } from "../google/call.ts";
import { foldThread } from "../google/fold.ts";
import type { MessageText } from "../google/message.ts";
import type { Source } from "./entries.ts";

/** Copies of one mail in one mailbox: sent to oneself, through a list. */
const COPIES = 3;

export async function mailOf(
  mail: Pick<Mailroom, "search" | "thread">,
  { rfcId, quote }: Source,
  signal: AbortSignal,
): Promise<Answer<EntryMail>> {
  const wanted = { q: mailQuery(rfcId), max: COPIES };
  const listed = await mail.search("read_tracker", wanted, signal);
  if (!listed.ok) return listed;
  for (const { id, threadId, rfc } of listed.value.messages) {
    if (!rfc.own.includes(rfcId)) continue;
    const thread = await mail.thread(threadId, signal);
    if (!thread.ok) return thread;
    const message = thread.value.messages.find((one) => one.id === id);
    const words = message === undefined ? undefined : found(quote, message.text);
    if (message === undefined || words === undefined) continue;
    const { from, date } = message;
    return {
      ok: true,
      value: {
        messageId: MessageId.parse(id),
        threadId: ThreadId.parse(threadId),
        from,
        at: date,
        quote: words,
      },
    };
  }
  return { ok: false, problem: problem("mail_not_here") };
}

/** Gmail's operator takes the id without its brackets. */
export function mailQuery(rfcId: string): string {
  return `rfc822msgid:${rfcId.slice(1, -1)}`;
}

/** The message of a thread in which its sender wrote these words, and the words as they stand there. */
export function saying<M extends Pick<MessageText, "id" | "text" | "rfc">>(
  messages: readonly M[],
  quote: string,
  messageId?: string,
): { message: M; source: Source } | undefined {
  const own = foldThread(messages.map(({ text }) => text));
  for (const [at, message] of messages.entries()) {
    const [rfcId] = message.rfc.own;
    if (rfcId === undefined || (messageId !== undefined && message.id !== messageId)) continue;
    const words = found(quote, message.text);
    if (words === undefined || found(quote, own[at] ?? "") === undefined) continue;
    return { message, source: { rfcId, quote: words } };
  }
  return undefined;
}
