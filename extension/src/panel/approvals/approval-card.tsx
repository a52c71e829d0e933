/** One request to the phone: what exactly, the code that the phone shows too, the time left, how it ended. */
import { type ApprovalView, endingOf, isOpen } from "@vaultdesk/shared/approval.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { SureButton } from "../../ui/sure-button.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import type { WriteActions } from "../chat/use-writes.ts";
import { useNow } from "../use-now.ts";
import { awaitsOthers, WORDS } from "./eyes-words.ts";
import { Mails } from "./mails.tsx";
import { Asker, Others } from "./others.tsx";
import { Standing } from "./standing.tsx";
import {
  heldUntil,
  isWaiting,
  mayAskAgain,
  mayUndo,
  sentOf,
  stopWords,
  verbOf,
  wordsOf,
} from "./words.ts";

export interface ApprovalCardProps {
  approval: ApprovalView;
  /** The last request about one of its drafts, and nothing newer in the way. */
  current: boolean;
  remedies: Remedies;
  writes: Pick<
    WriteActions,
    "call" | "urlOfThread" | "askPhone" | "cancelRequest" | "askAgain" | "undo"
  >;
  /** What asking again would ask for; empty where a draft is not at hand, or is not what stood in this request. */
  again: readonly DraftView[];
  /** Opens its draft, where one is at hand that can still be changed. */
  onEdit: (() => void) | undefined;
  /** False where the tab shows another mailbox. */
  mayWrite: boolean;
}

export function ApprovalCard(props: ApprovalCardProps): ReactElement {
  const { approval, current, remedies, writes, onEdit } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const waiting = isWaiting(approval.state);
  const held = heldUntil(approval) !== undefined;
  const now = useNow(waiting || held);
  const words = wordsOf(approval, now);
  const verb = verbOf(approval);
  const ending = approval.ending ?? endingOf(approval.state);
  const sent = sentOf(approval);
  const asked = approval.asker !== undefined;
  const stoppable = waiting || awaitsOthers(approval);
  const shown = current || asked || isOpen(approval.state) || sent > 0;
  const asksAgain = current && mayAskAgain(approval.state);
  const again = asksAgain ? props.again : [];
  const { mayWrite } = props;
  const deed = approval.items.length === 1 ? approval.items[0] : undefined;
  const other = mayWrite && asksAgain && deed !== undefined && deed.kind !== "email.send";
  const undoes = mayWrite && current && approval.state === "executed" && mayUndo(deed);

  const during = async (work: () => Promise<Problem | undefined>) => {
    setBusy(true);
    setProblem(await work());
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
      aria-label={`${verb}: ${words.title}`}
    >
      <header className="card-head">
        <h2 className="grow">{verb}</h2>
        <output className="tag" data-tone={words.tone} data-testid="approval-state">
          {words.title}
        </output>
      </header>
      <Asker approval={approval} />
      <Standing approval={approval} now={now} />
      <Others approval={approval} />
      {held ? (
        <div className="actions">
          <SureButton
            look="danger"
            data-testid="stop-held"
            disabled={busy}
            onPress={() => detach(during(() => writes.cancelRequest(approval)))}
          >
            {stopWords(approval)}
          </SureButton>
        </div>
      ) : undefined}
      {ending === "" ? undefined : (
        <p className="ending" data-testid="approval-ending">
          {ending}
        </p>
      )}
      {shown ? (
        <Mails approval={approval} urlOfThread={writes.urlOfThread} call={writes.call} />
      ) : undefined}
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
      )}
      {stoppable || again.length > 0 || other || undoes ? (
        <div className="actions">
          {waiting && onEdit !== undefined ? (
            <Button look="plain" data-testid="edit-asked" disabled={busy} onClick={onEdit}>
              Edit the draft
            </Button>
          ) : undefined}
          {stoppable ? (
            <SureButton
              data-testid="cancel-request"
              disabled={busy}
              onPress={() => detach(during(() => writes.cancelRequest(approval)))}
            >
              {asked ? WORDS.decline : "Cancel the request"}
            </SureButton>
          ) : undefined}
          {again.length > 0 || other ? (
            <SureButton
              look="main"
              data-testid="ask-again"
              disabled={busy}
              onPress={() =>
                detach(during(() => (other ? writes.askAgain(approval) : writes.askPhone(again))))
              }
            >
              {sent === 0 ? "Ask again" : `Ask again for the ${again.length} not sent`}
            </SureButton>
          ) : undefined}
          {undoes ? (
            <SureButton
              data-testid="undo"
              disabled={busy}
              onPress={() => detach(during(() => writes.undo(approval)))}
            >
              Undo: ask my phone
            </SureButton>
          ) : undefined}
        </div>
      ) : undefined}
    </article>
  );
}
