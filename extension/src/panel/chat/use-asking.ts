/** Starts runs and stops them. A question that was not taken is kept as a problem with its "Try again". */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ConversationId, MessageId, RunId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useState } from "react";

import type { Call } from "../../api/call.ts";
import type { Conversation } from "../conversation.ts";
import { problemOf } from "./failure.ts";

interface Question {
  text: string;
  threadId: ThreadId | undefined;
  messageId?: MessageId | undefined;
  /** Undefined starts a new conversation. */
  conversationId: ConversationId | undefined;
}

export interface Asking {
  /** The question on its way, until the conversation tells of it. */
  sending: string | undefined;
  problem: Problem | undefined;
  /** The question that the problem is about. */
  refused: Question | undefined;
  ask: (question: Question) => Promise<ConversationId | undefined>;
  stop: (runId: RunId) => Promise<void>;
}

/** What is shown now: a question that belongs elsewhere is not shown here. */
interface Shown {
  threadId: ThreadId | undefined;
  conversationId: ConversationId | undefined;
  state: Conversation;
}

interface Sent {
  question: Question;
  conversationId?: ConversationId;
  runId?: RunId;
}

function isOnItsWay({ question, conversationId, runId }: Sent, shown: Shown): boolean {
  if (runId === undefined) return question.threadId === shown.threadId;
  if (conversationId !== shown.conversationId) return false;
  return !shown.state.items.some((item) => item.kind === "user" && item.runId === runId);
}

export function useAsking(call: Call, shown: Shown): Asking {
  const [sent, setSent] = useState<Sent>();
  const [failed, setFailed] = useState<{ question: Question; problem: Problem }>();
  const here = failed?.question.threadId === shown.threadId ? failed : undefined;

  return {
    sending: sent !== undefined && isOnItsWay(sent, shown) ? sent.question.text : undefined,
    problem: here?.problem,
    refused: here?.question,
    async ask(question) {
      const { text, threadId, messageId, conversationId } = question;
      setFailed(undefined);
      setSent({ question });
      const reply = await call(
        routes.startRun,
        {},
        {
          text,
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...(conversationId === undefined ? {} : { conversationId }),
          ...(threadId === undefined ? {} : { threadId }),
          ...(messageId === undefined ? {} : { messageId }),
        },
      );
      if (!reply.ok) {
        setSent(undefined);
        setFailed({ question, problem: problemOf(reply.failure) });
        return undefined;
      }
      setSent({ question, ...reply.value });
      return reply.value.conversationId;
    },
    async stop(runId) {
      const reply = await call(routes.cancelRun, { id: runId });
      if (reply.ok) return;
      const { threadId, conversationId } = shown;
      const question = { text: "", threadId, conversationId };
      setFailed({ question, problem: problemOf(reply.failure) });
    },
  };
}
