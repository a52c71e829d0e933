/** The bar that is there only while something waits for the phone. Opens the cards, in whichever conversation they stand. */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { type ReactElement, useState } from "react";

import { Icon } from "../../ui/icon.tsx";
import { isWaiting, lineOf } from "./words.ts";

export interface WaitingBarProps {
  open: readonly ApprovalView[];
  onShow: (approval: ApprovalView) => void;
}

export function WaitingBar({ open, onShow }: WaitingBarProps): ReactElement | undefined {
  const [listed, setListed] = useState(false);
  const waiting = open.filter((approval) => isWaiting(approval.state));
  const [first] = waiting;
  if (first === undefined) return undefined;
  return (
    <section className="waiting-bar" aria-label="Requests that wait" data-testid="waiting-bar">
      <button
        type="button"
        aria-expanded={waiting.length > 1 ? listed : undefined}
        onClick={() => (waiting.length === 1 ? onShow(first) : setListed(!listed))}
      >
        <Icon name="phone" size={16} />
        <span className="grow">Waiting for your phone</span>
        <span className="count">{waiting.length}</span>
      </button>
      {listed && waiting.length > 1 ? (
        <ul>
          {waiting.map((approval) => (
            <li key={approval.id}>
              <button
                type="button"
                onClick={() => {
                  setListed(false);
                  onShow(approval);
                }}
              >
                <span className="grow cut">{lineOf(approval)}</span>
                <span className="count">{approval.code}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
    </section>
  );
}
