/** People, each as a chip: where the name comes from beside it, and what to know about it right below. */
import { isGrave, ORIGIN_WORDS } from "@vaultdesk/shared/warning.ts";
import type { ReactElement } from "react";

import { addressOf, displayName } from "./address.ts";
import { type Judged, standingOf } from "./judged.ts";
import { Warnings } from "./warnings.tsx";

/** A name is the sender's to choose, so the address always stands beside it, whole. */
export function Mailbox({ mailbox }: { mailbox: string }): ReactElement {
  const name = displayName(mailbox);
  const address = addressOf(mailbox);
  return (
    <>
      {name === mailbox ? undefined : `${name} `}
      <span className={name === mailbox ? undefined : "address"}>{address}</span>
    </>
  );
}

export interface RecipientsProps {
  mailboxes: readonly string[];
  judged: Judged;
}

export function Recipients({ mailboxes, judged }: RecipientsProps): ReactElement {
  return (
    <ul className="recipients">
      {mailboxes.map((mailbox) => {
        const { origin, warnings } = standingOf(judged, mailbox);
        return (
          <li key={mailbox}>
            <span className="person" data-grave={warnings.some(isGrave)} data-testid="person">
              <Mailbox mailbox={mailbox} />
            </span>
            {origin === undefined ? undefined : (
              <span className="quiet origin">{ORIGIN_WORDS[origin]}</span>
            )}
            <Warnings warnings={warnings} />
          </li>
        );
      })}
    </ul>
  );
}
