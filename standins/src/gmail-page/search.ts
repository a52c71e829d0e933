/** The search box: Gmail's words, by the same grammar as the API's `q`. Pure. */
import type { MailboxView, MessageView, ThreadRow } from "../google/mailbox-view.ts";
import { compileQuery } from "../google/query.ts";

export function rowsFor(mailbox: MailboxView, words: string, now: number): ThreadRow[] {
  const query = compileQuery(words, [], now);
  const fits = (message: MessageView) =>
    query.test({
      ...message,
      bcc: "",
      messageId: "",
      listId: "",
      filenames: message.attachments.map(({ filename }) => filename),
      labels: new Set(message.labels),
      size: message.text.length,
    });
  return mailbox.threads().filter(({ threadId }) => mailbox.thread(threadId).some(fits));
}
