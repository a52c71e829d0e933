/** The mails of a request, in order, with what became of each. */
import type { ApprovalItem, ApprovalView, Outcome } from "@vaultdesk/shared/approval.ts";
import { isOpen } from "@vaultdesk/shared/approval.ts";
import type { ReactElement } from "react";

import { Envelope } from "../draft/envelope.tsx";

export interface MailsProps {
  approval: ApprovalView;
  /** How much of each mail stands open; "none" for one that is history. */
  show: "first" | "head" | "none";
}

const OUTCOMES: Readonly<Record<Outcome["state"], { title: string; tone: string }>> = {
  sent: { title: "Sent", tone: "green" },
  drifted: { title: "Not sent: changed", tone: "red" },
  failed: { title: "Not sent", tone: "red" },
  unknown: { title: "Not known yet", tone: "amber" },
};

function outcomeWords(item: ApprovalItem, open: boolean): { title: string; tone: string } {
  if (item.outcome !== undefined) return OUTCOMES[item.outcome.state];
  return open ? { title: "To be sent", tone: "plain" } : { title: "Not sent", tone: "plain" };
}

function Why({ outcome }: { outcome: Outcome | undefined }): ReactElement | undefined {
  if (outcome?.state !== "drifted" || outcome.changed.length === 0) return undefined;
  return <p className="changed">Changed since you were asked: {outcome.changed.join(", ")}.</p>;
}

export function Mails({ approval, show }: MailsProps): ReactElement | undefined {
  const [only, ...more] = approval.items;
  if (only === undefined) return undefined;
  if (more.length === 0) {
    return (
      <>
        {show === "none" ? undefined : <Envelope content={only.content} show={show} />}
        <Why outcome={only.outcome} />
      </>
    );
  }
  const open = isOpen(approval.state);
  return (
    <ol className="mails">
      {approval.items.map((item) => {
        const words = outcomeWords(item, open);
        return (
          <li key={item.draftId} data-testid="bundle-mail">
            <p className="mail-head">
              <span className="grow cut">{item.content.subject}</span>
              <span className="tag" data-tone={words.tone} data-testid="bundle-outcome">
                {words.title}
              </span>
            </p>
            {show === "none" ? undefined : <Envelope content={item.content} show="head" />}
            <Why outcome={item.outcome} />
          </li>
        );
      })}
    </ol>
  );
}
