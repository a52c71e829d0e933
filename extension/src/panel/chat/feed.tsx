/** The conversation, from the top. Stays at the end while the reader is there. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { problem as problemWith } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

import { ApprovalCard } from "../approvals/approval-card.tsx";
import type { Conversation, Item } from "../conversation.ts";
import { AskOnce } from "../draft/ask-once.tsx";
import { DraftCard } from "../draft/draft-card.tsx";
import {
  draftsToAskAgain,
  fateOf,
  freeDrafts,
  isChangeable,
  isLastAbout,
  isThinking,
  questionOf,
} from "../questions.ts";
import { Answer } from "./answer.tsx";
import { ProblemCard } from "./problem-card.tsx";
import type { Remedies } from "./remedy.ts";
import { Step } from "./step.tsx";
import type { WriteActions } from "./use-writes.ts";

export interface FeedProps {
  state: Conversation;
  /** A question that the server has not yet told of. */
  sending: string | undefined;
  problem: Problem | undefined;
  up: boolean;
  /** Writes are off: the tab shows another mailbox. */
  readOnly: boolean;
  remedies: Remedies;
  writes: WriteActions;
  onCite: (messageId: string) => void;
  onAsk: (text: string) => void;
  /** What stands here while there is nothing to show. */
  children: ReactNode;
}

const NEAR_END = 80;

function useStayAtEnd(): React.RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const end = new AbortController();
    element.addEventListener(
      "scroll",
      () => {
        atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      },
      { signal: end.signal, passive: true },
    );
    return () => end.abort();
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!atEnd.current || element === null) return;
    const last = element.querySelector(".items")?.lastElementChild;
    // Of a card that does not fit, the top is what matters: verb, code, time left.
    const tall = last instanceof HTMLElement && last.clientHeight > element.clientHeight;
    if (tall && last.matches(".card")) last.scrollIntoView({ block: "start" });
    else element.scrollTo({ top: element.scrollHeight });
  });
  return box;
}

function ItemView({ item, feed }: { item: Item; feed: FeedProps }): ReactElement {
  const { state, remedies, writes, onAsk } = feed;
  switch (item.kind) {
    case "user":
      return (
        <div className="said" data-testid="user">
          <span className="hidden-text">You: </span>
          {item.text}
        </div>
      );
    case "answer":
      return (
        <Answer
          text={item.text}
          arriving={state.run?.id === item.runId && state.items.at(-1) === item}
          onCite={feed.onCite}
        />
      );
    case "step":
      return <Step step={item} />;
    case "draft":
      return (
        <DraftCard
          draft={item.draft}
          fate={fateOf(state.items, item.draft.draftId)}
          changeable={isChangeable(state.items, item.draft.draftId)}
          gmailUrl={writes.urlOf(item.draft)}
          readOnly={feed.readOnly}
          remedies={remedies}
          onSave={writes.save}
          onAskPhone={(draft) => writes.askPhone([draft])}
        />
      );
    case "approval": {
      const drafts = draftsToAskAgain(state.items, item.approval);
      return (
        <ApprovalCard
          approval={item.approval}
          current={isLastAbout(state.items, item.approval)}
          remedies={remedies}
          onCancel={writes.cancelRequest}
          onAskAgain={
            drafts === undefined || feed.readOnly ? undefined : () => writes.askPhone(drafts)
          }
        />
      );
    }
    case "note":
      return (
        <p className="quiet note" data-testid="withheld">
          {item.text}
        </p>
      );
    case "end": {
      if (item.outcome === "cancelled") return <p className="quiet">You stopped this answer.</p>;
      const question = questionOf(state.items, item.runId);
      return (
        <ProblemCard
          problem={item.problem ?? problemWith(item.outcome === "budget" ? "budget" : "internal")}
          remedies={{
            ...remedies,
            again: question === undefined ? undefined : () => onAsk(question),
          }}
        />
      );
    }
  }
}

export function Feed(props: FeedProps): ReactElement {
  const { state, sending, problem, up, remedies, writes, children } = props;
  const box = useStayAtEnd();
  const empty = state.items.length === 0 && sending === undefined;
  return (
    <main className="feed" ref={box} aria-label="Conversation" data-testid="feed">
      {empty ? children : undefined}
      <div className="items" role="log" aria-live="polite" aria-relevant="additions">
        {state.items.map((item) => (
          <ItemView key={item.key} item={item} feed={props} />
        ))}
        {state.run === undefined && !props.readOnly ? (
          <AskOnce drafts={freeDrafts(state.items)} remedies={remedies} onAsk={writes.askPhone} />
        ) : undefined}
        {sending === undefined ? undefined : <div className="said">{sending}</div>}
        {sending !== undefined || isThinking(state) ? (
          <p className="thinking" data-testid="thinking">
            Thinking
          </p>
        ) : undefined}
        {state.run?.waiting === true ? (
          <p className="quiet" data-testid="run-waiting">
            Going on when your phone has answered.
          </p>
        ) : undefined}
        {problem === undefined ? undefined : <ProblemCard problem={problem} remedies={remedies} />}
      </div>
      {up ? undefined : (
        <output className="offline" data-testid="offline">
          No line to VaultDesk's server. Trying again; nothing is lost.
        </output>
      )}
    </main>
  );
}
