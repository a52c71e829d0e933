/**
 * One conversation, live: replays it, follows it, and goes on where it was after a cut line or a hidden tab. The line is there without one
 * too: it tells what the person's phone is asked for.
 */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { ConversationEvent } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { useEffect, useEffectEvent, useReducer, useState } from "react";

import type { Failure, Wire } from "../../api/call.ts";
import { conversationNews, type StreamNews, type StreamOptions } from "../../api/stream.ts";
import { detach } from "../../detach.ts";
import {
  advance,
  type Conversation,
  emptyConversation,
  skip,
  withApproval,
  withDraft,
} from "../conversation.ts";
import { useVisible } from "../use-visible.ts";
import type { ThreadConversation } from "./use-thread-conversation.ts";

type Change =
  | { type: "event"; event: ConversationEvent }
  | { type: "skipped"; seq: number }
  | { type: "draft"; draft: DraftView }
  | { type: "approval"; approval: ApprovalView };

interface Held {
  id: ConversationId | undefined;
  state: Conversation;
}

function change(held: Held, { id, ...step }: Change & { id: ConversationId }): Held {
  const state = held.id === id ? held.state : emptyConversation;
  switch (step.type) {
    case "event":
      return { id, state: advance(state, step.event) };
    case "skipped":
      return { id, state: skip(state, step.seq) };
    case "draft":
      return { id, state: withDraft(state, step.draft) };
    case "approval":
      return { id, state: withApproval(state, step.approval) };
  }
}

export interface LiveConversation {
  state: Conversation;
  /** False while the line to the server is down. */
  up: boolean;
  failure: Failure | undefined;
  /** It is not there any more: deleted elsewhere, at its end by age, or closed to this person. */
  gone: ConversationId | undefined;
  /** Counts when requests to the person's phone moved, here or in another conversation. */
  moves: number;
  saved: (draft: DraftView) => void;
  asked: (approval: ApprovalView) => void;
}

interface Line {
  /** The session that the line was opened with. */
  epoch: number;
  up: boolean;
  failure?: Failure;
  gone?: ConversationId;
}

function isGone(failure: Failure): boolean {
  return failure.reason === "refused" && failure.problem.code === "not_found";
}

async function follow(
  wire: Wire,
  options: StreamOptions,
  take: (news: StreamNews) => void,
): Promise<void> {
  for await (const news of conversationNews(wire, options)) {
    if (options.signal.aborted) return;
    take(news);
  }
}

/** A change of `epoch` starts the line anew: the session is another one. */
export function useConversation(
  wire: Wire,
  { id, looking }: Pick<ThreadConversation, "id" | "looking">,
  epoch: number,
): LiveConversation {
  const [held, dispatch] = useReducer(change, { id: undefined, state: emptyConversation });
  const [line, setLine] = useState<Line>({ epoch, up: true });
  const state = held.id === id ? held.state : emptyConversation;
  const [moves, setMoves] = useState(0);
  const visible = useVisible();

  const lastSeq = useEffectEvent(() => state.lastSeq);
  useEffect(() => {
    if (looking || !visible) return undefined;
    const end = new AbortController();
    const take = (news: StreamNews) => {
      if (id === undefined) return;
      if (news.type === "line") setLine({ epoch, up: news.up });
      else if (news.type === "refused") {
        const { failure } = news;
        setLine({ epoch, up: false, failure, ...(isGone(failure) ? { gone: id } : {}) });
      } else dispatch({ ...news, id });
    };
    const { signal } = end;
    const onAsked = () => {
      if (!signal.aborted) setMoves((before) => before + 1);
    };
    const options = { conversationId: id, after: lastSeq(), onAsked, signal };
    detach(follow(wire, options, take));
    return () => end.abort();
  }, [wire, id, looking, visible, epoch]);

  return {
    state,
    up: line.up,
    failure: line.epoch === epoch ? line.failure : undefined,
    gone: line.gone,
    moves,
    saved: (draft) => id !== undefined && dispatch({ type: "draft", id, draft }),
    asked: (approval) => id !== undefined && dispatch({ type: "approval", id, approval }),
  };
}
