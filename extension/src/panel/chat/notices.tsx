/** Said plainly above the question box: a missing permission, a tab of another mailbox, a thread or message that can't be seen. */
import { SCOPES } from "@vaultdesk/shared/scope.ts";
import type { ReactElement } from "react";

import type { GmailView, PendingReply } from "../../messages/protocol.ts";
import { WORDS } from "./notice-words.ts";

export interface MissingScopesProps {
  missing: readonly string[];
  busy: boolean;
  notice: string | undefined;
  onGrant: () => void;
}

export function MissingScopes({
  missing,
  busy,
  notice,
  onGrant,
}: MissingScopesProps): ReactElement {
  const names = SCOPES.filter((fact) => missing.includes(fact.scope)).map((fact) => fact.title);
  return (
    <section className="strip" aria-label="Missing permission" data-testid="missing-scopes">
      <p>
        Not granted: {names.length === 0 ? missing.join(", ") : names.join("; ")}. The rest works.
      </p>
      {notice === undefined ? undefined : <p className="quiet">{notice}</p>}
      <button
        type="button"
        className="button"
        data-testid="grant-missing"
        disabled={busy}
        onClick={onGrant}
      >
        {busy ? "Go on in the window that opened" : "Grant permission"}
      </button>
    </section>
  );
}

export interface OtherMailboxProps {
  /** Undefined where a delegated mailbox does not say whose it is. */
  shown: string | undefined;
  connected: string;
}

export function OtherMailbox({ shown, connected }: OtherMailboxProps): ReactElement {
  return (
    <section
      className="strip"
      aria-label={WORDS.otherMailbox.label}
      aria-live="polite"
      data-testid="other-mailbox"
    >
      <p>{WORDS.otherMailbox.says(shown, connected)}</p>
    </section>
  );
}

/** Instead of silence: a thread stands open, and the panel does not know which. */
export function UnseenThread({
  thread,
}: {
  thread: GmailView["thread"] | undefined;
}): ReactElement | undefined {
  if (thread !== "unsynced" && thread !== "unreadable") return undefined;
  return (
    <section
      className="strip"
      aria-label={WORDS.unseen.label}
      aria-live="polite"
      data-testid="unseen-thread"
      data-state={thread}
    >
      <p>{WORDS.unseen[thread]}</p>
    </section>
  );
}

export interface NoMessageProps {
  why: NonNullable<PendingReply["unnamed"]>;
  onDrop: () => void;
}

/** A right click on "Draft reply" that named no message. */
export function NoMessage({ why, onDrop }: NoMessageProps): ReactElement {
  return (
    <section
      className="strip"
      aria-label={WORDS.noMessage.label}
      aria-live="polite"
      data-testid="no-message"
      data-state={why}
    >
      <p>{WORDS.noMessage[why]}</p>
      <button type="button" className="button plain" data-testid="drop" onClick={onDrop}>
        {WORDS.noMessage.drop}
      </button>
    </section>
  );
}
