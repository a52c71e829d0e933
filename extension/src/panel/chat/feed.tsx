/** The conversation, from the top. Stays at the end while the reader is there. */
import { type ApprovalView, mailsIn } from "@vaultdesk/shared/approval.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { problem as problemWith } from "@vaultdesk/shared/problem.ts";
import { Fragment, type ReactElement, type ReactNode } from "react";

import { IconButton } from "../../ui/button.tsx";
import { later } from "../../ui/later.tsx";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import type { Conversation } from "../conversation.ts";
import { AskOnce } from "../draft/ask-once.tsx";
import { DraftCard } from "../draft/draft-card.tsx";
import { type Editing, useEditing } from "../draft/use-editing.ts";
import type { Item } from "../item.ts";
import {
  againOf,
  boardAfter,
  draftIn,
  fateOf,
  freeDrafts,
  isLastAbout,
  isThinking,
  questionOf,
  togetherWith,
  turnEndingAt,
} from "../questions.ts";
import { ProblemCard } from "./problem-card.tsx";
import type { Remedies } from "./remedy.ts";
import { Step } from "./step.tsx";
import { Turn } from "./turn.tsx";
import { useStayAtEnd } from "./use-stay-at-end.ts";
import type { WriteActions } from "./use-writes.ts";
import { WORDS } from "./words.ts";

const Answer = later(async () => (await import("./answer.tsx")).Answer);
const TermsCard = later(async () => (await import("../terms/terms-card.tsx")).TermsCard);

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
  /** Opens the tracker of a deal room. */
  onBoard: (room: RoomId) => void;
  onAsk: (text: string) => void;
  /** Nothing is being asked or answered. */
  mayAsk: boolean;
  /** Puts a question back into the box. */
  onChange: (question: string) => void;
  /** Stands before the conversation. */
  before: ReactNode;
  /** What stands here while there is nothing to show. */
  children: ReactNode;
}

interface ItemViewProps {
  item: Item;
  feed: FeedProps;
  editing: Editing;
}

/** Only a mail that is asked for alone: of several it would not be clear which. */
function editOf(
  { items }: Conversation,
  approval: ApprovalView,
  editing: Editing,
): (() => void) | undefined {
  const [only, ...more] = mailsIn(approval.items);
  const draft = only === undefined ? undefined : draftIn(items, only.draftId);
  if (draft === undefined || more.length > 0) return undefined;
  return editing.of(draft.draftId) === undefined ? () => editing.start(draft) : undefined;
}

function ItemView({ item, feed, editing }: ItemViewProps): ReactElement {
  const { state, remedies, writes, readOnly, onAsk } = feed;
  switch (item.kind) {
    case "user":
      return (
        <div className="asked">
          <IconButton
            icon="draft"
            size={16}
            label={WORDS.changeQuestion}
            data-testid="change-question"
            onClick={() => feed.onChange(item.text)}
          />
          <div className="said" data-testid="user">
            <span className="hidden-text">You: </span>
            {item.text}
          </div>
        </div>
      );
    case "answer":
      return (
        <Answer
          text={item.text}
          links={state.links}
          arriving={state.run?.id === item.runId && state.items.at(-1) === item}
          onCite={feed.onCite}
        />
      );
    case "step":
      return <Step step={item} board={boardAfter(state.items, item)} onBoard={feed.onBoard} />;
    case "terms":
      return <TermsCard terms={item.terms} onCite={feed.onCite} />;
    case "draft":
      return (
        <DraftCard
          draft={item.draft}
          fate={fateOf(state.items, item.draft.draftId)}
          together={togetherWith(state.items, item.draft.draftId)}
          readOnly={readOnly}
          editing={editing}
          remedies={remedies}
          writes={writes}
        />
      );
    case "approval":
      return (
        <ApprovalCard
          approval={item.approval}
          current={isLastAbout(state.items, item.approval)}
          remedies={remedies}
          writes={writes}
          again={readOnly ? [] : againOf(state.items, item.approval)}
          onEdit={readOnly ? undefined : editOf(state, item.approval, editing)}
          mayWrite={!readOnly}
        />
      );
    case "note":
      return (
        <p className="quiet note" data-testid="note">
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

function TurnOf({ item, feed }: Omit<ItemViewProps, "editing">): ReactElement | undefined {
  const { state, mayAsk, onAsk } = feed;
  const turn = turnEndingAt(state, item);
  if (turn === undefined) return undefined;
  return (
    <Turn
      answer={turn.answer}
      laps={state.timelines.get(turn.runId) ?? []}
      onAgain={mayAsk ? () => onAsk(turn.question) : undefined}
    />
  );
}

export function Feed(props: FeedProps): ReactElement {
  const { state, sending, problem, up, readOnly, remedies, writes, before, children } = props;
  const editing = useEditing();
  const drafts = state.items.flatMap((item) => (item.kind === "draft" ? [item.draft] : []));
  const changing = drafts.some((draft) => editing.of(draft.draftId) !== undefined);
  const free = freeDrafts(state.items);
  const last = free.at(-1)?.draftId;
  const box = useStayAtEnd(changing);
  const empty = state.items.length === 0 && sending === undefined;
  return (
    <main className="feed" ref={box} aria-label="Conversation" data-testid="feed">
      {before}
      {empty ? children : undefined}
      <div className="items" role="log" aria-live="polite" aria-relevant="additions">
        {state.items.map((item) => (
          <Fragment key={item.key}>
            <ItemView item={item} feed={props} editing={editing} />
            <TurnOf item={item} feed={props} />
            {item.kind === "draft" && item.draft.draftId === last ? (
              <AskOnce
                drafts={free}
                disabled={readOnly || free.some((draft) => editing.of(draft.draftId) !== undefined)}
                remedies={remedies}
                onAsk={writes.askPhone}
              />
            ) : undefined}
          </Fragment>
        ))}
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
