/** Mails that are to be moved: every one of them is listed, for the request covers exactly these. */
import type { ApprovalItem } from "@vaultdesk/shared/approval.ts";
import { type ReactElement, useState } from "react";

import { displayName } from "../draft/address.ts";
import type { Judged } from "../draft/judged.ts";
import { Warnings } from "../draft/warnings.tsx";

type FilingItem = Extract<ApprovalItem, { kind: "mail.label" | "mail.trash" | "mail.untrash" }>;

const FIRST = 5;

export function FilingFacts({ item, judged }: { item: FilingItem; judged: Judged }): ReactElement {
  const [opened, setOpened] = useState(false);
  const { messages } = item;
  const shown = opened ? messages : messages.slice(0, FIRST);
  const more = messages.length - FIRST;
  return (
    <div className="envelope" data-testid="filing-facts">
      <Warnings warnings={judged.warnings} />
      <ul className="filed" aria-label="Mails">
        {shown.map(({ messageId, from, subject, date }) => (
          <li key={messageId}>
            <span className="grow cut">{subject === "" ? "(no subject)" : subject}</span>
            <span className="quiet">
              {displayName(from)} · {date.slice(0, 10)}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <button
          type="button"
          className="link"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {opened ? "Show fewer" : `Show ${more} more`}
        </button>
      ) : undefined}
    </div>
  );
}
