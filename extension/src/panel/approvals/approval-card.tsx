/** One request to the phone: what exactly, the code that the phone shows too, the time left, how it ended. */
import { type ApprovalView, endingOf, isOpen } from "@vaultdesk/shared/approval.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { displayName } from "../draft/address.ts";
import { useNow } from "../use-now.ts";
import { Mails } from "./mails.tsx";
import { Ring } from "./ring.tsx";
import { slotOf, timeLeft } from "./time-left.ts";
import { isWaiting, mayAskAgain, SLOT_WORDS, STATE_WORDS } from "./words.ts";

export interface ApprovalCardProps {
  approval: ApprovalView;
  /** The last request about its draft, and nothing newer in the way. */
  current: boolean;
  remedies: Remedies;
  onCancel: (approval: ApprovalView) => Promise<Problem | undefined>;
  /** Undefined where the draft is not at hand or is as it was when the phone said no. */
  onAskAgain: ((approval: ApprovalView) => Promise<Problem | undefined>) | undefined;
}

function verbOf({ items }: ApprovalView): string {
  const [only, ...more] = items;
  if (only === undefined || more.length > 0) return `Send ${items.length} mails, in this order`;
  const { content } = only;
  const [first, ...others] = [...content.to, ...content.cc, ...content.bcc].map(displayName);
  const verb = content.threadId === undefined ? "Send mail" : "Send reply";
  if (first === undefined) return `${verb} to nobody`;
  return others.length === 0
    ? `${verb} to ${first}`
    : `${verb} to ${first} and ${others.length} more`;
}

export function ApprovalCard(props: ApprovalCardProps): ReactElement {
  const { approval, current, remedies, onCancel, onAskAgain } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const waiting = isWaiting(approval.state);
  const now = useNow(waiting);
  const slot = approval.state === "proposed" ? slotOf(approval, now) : undefined;
  const left = timeLeft(approval.requestedAt, approval.expiresAt, now);
  const open = isOpen(approval.state);
  const words = slot === undefined ? STATE_WORDS[approval.state] : SLOT_WORDS;
  const ending = approval.ending ?? endingOf(approval.state);
  const askAgain = current && mayAskAgain(approval.state) ? onAskAgain : undefined;

  const during = async (work: (asked: ApprovalView) => Promise<Problem | undefined>) => {
    setBusy(true);
    setProblem(await work(approval));
    setBusy(false);
  };

  return (
    <article
      className="card approval"
      id={approval.id}
      tabIndex={-1}
      data-testid="approval-card"
      data-state={approval.state}
      data-tone={words.tone}
      data-solid={words.solid}
      aria-label={`${verbOf(approval)}: ${words.title}`}
    >
      <header className="card-head">
        <h2 className="grow">{verbOf(approval)}</h2>
        <output className="tag" data-tone={words.tone} data-testid="approval-state">
          {words.title}
        </output>
      </header>
      {waiting ? (
        <div className="code-line">
          <div className="grow">
            <p className="code" data-testid="approval-code">
              {approval.code}
            </p>
            <p className="quiet">
              {slot !== undefined
                ? `Your phone takes five requests a minute. It will be asked at ${slot}.`
                : left.seconds === 0
                  ? "Time is up. The last word is being read."
                  : "Approve only if your phone shows this code."}
            </p>
          </div>
          {slot === undefined ? <Ring left={left} /> : undefined}
        </div>
      ) : (
        <p className="quiet">
          Code{" "}
          <span className="count" data-testid="approval-code">
            {approval.code}
          </span>
        </p>
      )}
      {ending === "" ? undefined : (
        <p className="ending" data-testid="approval-ending">
          {ending}
        </p>
      )}
      <Mails approval={approval} show={open ? "first" : current ? "head" : "none"} />
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
      )}
      {waiting || askAgain !== undefined ? (
        <div className="actions">
          {waiting ? (
            <button
              type="button"
              className="button"
              data-testid="cancel-request"
              disabled={busy}
              onClick={() => detach(during(onCancel))}
            >
              Cancel the request
            </button>
          ) : undefined}
          {askAgain === undefined ? undefined : (
            <button
              type="button"
              className="button main"
              data-testid="ask-again"
              disabled={busy}
              onClick={() => detach(during(askAgain))}
            >
              Ask again
            </button>
          )}
        </div>
      ) : undefined}
    </article>
  );
}
