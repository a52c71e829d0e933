/** What stands in a conversation before its first question. */
import type { ReactElement } from "react";

export interface EmptyChatProps {
  inThread: boolean;
  inGmail: boolean;
}

export function EmptyChat({ inThread, inGmail }: EmptyChatProps): ReactElement {
  if (inThread) {
    return (
      <section className="empty" data-testid="empty" data-state="thread">
        <h2 className="title">Ask about this thread</h2>
        <p>
          I read the messages here and answer with the ones I used. A draft lands in your Gmail
          drafts; it leaves only when you approve it on your phone.
        </p>
      </section>
    );
  }
  return (
    <section className="empty" data-testid="empty" data-state={inGmail ? "no-thread" : "no-gmail"}>
      <h2 className="title">No thread is open</h2>
      <p>
        {inGmail
          ? "Open one to ask about it, or ask about your whole mailbox from here."
          : "This tab is not Gmail. You can still ask about your whole mailbox."}
      </p>
    </section>
  );
}
