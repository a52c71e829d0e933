/** What a request asks for: a mail, an event or moves as they are; several mails numbered in the order of sending, each with what became of it. */
import {
  type ApprovalItem,
  type ApprovalView,
  isOpen,
  type MailItem,
  mailsIn,
} from "@vaultdesk/shared/approval.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import type { ReactElement } from "react";

import type { Call } from "../../api/call.ts";
import { Envelope } from "../draft/envelope.tsx";
import { EventFacts } from "./event-facts.tsx";
import { FilingFacts } from "./filing-facts.tsx";
import { changedWords, outcomeOf } from "./words.ts";

export interface MailsProps {
  approval: ApprovalView;
  urlOfThread: (threadId: ThreadId) => string;
  call: Call;
}

function OpenLink({ href, name }: { href: string; name: string }): ReactElement {
  return (
    <p>
      <a
        className="link"
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        data-testid="open-sent"
      >
        Open in {name}
      </a>
    </p>
  );
}

function Link({ item, urlOfThread }: Pick<MailsProps, "urlOfThread"> & { item: ApprovalItem }) {
  const { outcome } = item;
  if (outcome?.state === "sent") {
    return <OpenLink href={urlOfThread(outcome.threadId)} name="Gmail" />;
  }
  if (outcome?.state !== "done" || outcome.link === undefined) return undefined;
  return <OpenLink href={outcome.link} name="Google Calendar" />;
}

interface FactsProps {
  item: ApprovalItem;
  open: boolean;
  call: Call;
}

function Facts({ item, open, call }: FactsProps): ReactElement {
  switch (item.kind) {
    case "email.send":
      return (
        <Envelope content={item.content} judged={open ? item : {}} show={open ? "first" : "head"} />
      );
    case "event.create":
    case "event.update":
    case "event.cancel":
      return <EventFacts item={item} judged={open ? item : {}} call={open ? call : undefined} />;
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return <FilingFacts item={item} judged={open ? item : {}} />;
  }
}

function One(props: MailsProps & { item: ApprovalItem }): ReactElement {
  const { approval, item, urlOfThread, call } = props;
  const { outcome } = item;
  const changed = outcome?.state === "drifted" ? changedWords(outcome.changed) : undefined;
  return (
    <>
      <Facts item={item} open={isOpen(approval.state)} call={call} />
      {changed === undefined ? undefined : <p className="changed">{changed}</p>}
      <Link item={item} urlOfThread={urlOfThread} />
    </>
  );
}

function MailOfSeveral(props: MailsProps & { item: MailItem; number: number }): ReactElement {
  const { approval, item, number, urlOfThread, call } = props;
  const became = outcomeOf(approval, item);
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
      <Facts item={item} open={isOpen(approval.state)} call={call} />
      {became?.detail === undefined ? undefined : <p className="changed">{became.detail}</p>}
      <Link item={item} urlOfThread={urlOfThread} />
    </li>
  );
}

export function Mails(props: MailsProps): ReactElement | undefined {
  const [first, ...more] = props.approval.items;
  if (first === undefined) return undefined;
  if (more.length === 0) return <One {...props} item={first} />;
  return (
    <ol className="mails">
      {mailsIn(props.approval.items).map((item, index) => (
        <MailOfSeveral {...props} item={item} number={index + 1} key={item.draftId} />
      ))}
    </ol>
  );
}
