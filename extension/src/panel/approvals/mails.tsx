/** The mails of a request: one as it is, several numbered in the order of sending, each with what became of it. */
import { type ApprovalItem, type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import type { ReactElement } from "react";

import { Envelope } from "../draft/envelope.tsx";
import { changedWords, outcomeOf } from "./words.ts";

export interface MailsProps {
  approval: ApprovalView;
  urlOfThread: (threadId: ThreadId) => string;
}

function SentLink({ href }: { href: string }): ReactElement {
  return (
    <p>
      <a
        className="link"
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        data-testid="open-sent"
      >
        Open in Gmail
      </a>
    </p>
  );
}

function linkOf({ outcome }: ApprovalItem, { urlOfThread }: MailsProps): string | undefined {
  return outcome?.state === "sent" ? urlOfThread(outcome.threadId) : undefined;
}

function OneMail(props: MailsProps & { item: ApprovalItem }): ReactElement {
  const { approval, item } = props;
  const { outcome } = item;
  const changed = outcome?.state === "drifted" ? changedWords(outcome.changed) : undefined;
  const link = linkOf(item, props);
  return (
    <>
      <Envelope content={item.content} show={isOpen(approval.state) ? "first" : "head"} />
      {changed === undefined ? undefined : <p className="changed">{changed}</p>}
      {link === undefined ? undefined : <SentLink href={link} />}
    </>
  );
}

function MailOfSeveral(props: MailsProps & { item: ApprovalItem; number: number }): ReactElement {
  const { approval, item, number } = props;
  const became = outcomeOf(approval, item);
  const link = linkOf(item, props);
  return (
    <li data-testid="bundle-mail" data-outcome={item.outcome?.state ?? "none"}>
      <div className="card-head">
        <h3 className="grow">Mail {number}</h3>
        {became === undefined ? undefined : (
          <span className="tag" data-tone={became.tone} data-testid="mail-outcome">
            {became.title}
          </span>
        )}
      </div>
      <Envelope content={item.content} show={isOpen(approval.state) ? "first" : "head"} />
      {became?.detail === undefined ? undefined : <p className="changed">{became.detail}</p>}
      {link === undefined ? undefined : <SentLink href={link} />}
    </li>
  );
}

export function Mails(props: MailsProps): ReactElement | undefined {
  const [first, ...more] = props.approval.items;
  if (first === undefined) return undefined;
  if (more.length === 0) return <OneMail {...props} item={first} />;
  return (
    <ol className="mails">
      {[first, ...more].map((item, index) => (
        <MailOfSeveral {...props} item={item} number={index + 1} key={item.draftId} />
      ))}
    </ol>
  );
}
