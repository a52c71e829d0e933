/** Starts runs and stops them. A question that was not taken is kept as a problem with its "Try again". */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ConversationId, MessageId, RunId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useState } from "react";

import type { Call } from "../../api/call.ts";
import type { Conversation } from "../conversation.ts";
import { problemOf } from "./failure.ts";

export interface Question {
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

export function useAsking(call: Call, state: Conversation): Asking {
  const [sent, setSent] = useState<{ text: string; runId?: RunId }>();
  const [failed, setFailed] = useState<{ question: Question; problem: Problem }>();
  const arrived =
    sent?.runId !== undefined &&
    state.items.some((item) => item.kind === "user" && item.runId === sent.runId);

  return {
    sending: arrived ? undefined : sent?.text,
    problem: failed?.problem,
    refused: failed?.question,
    async ask(question) {
      const { text, threadId, messageId, conversationId } = question;
      setFailed(undefined);
      setSent({ text });
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
      setSent({ text, runId: reply.value.runId });
      return reply.value.conversationId;
    },
    async stop(runId) {
      const reply = await call(routes.cancelRun, { id: runId });
      if (!reply.ok) {
        setFailed({
          question: { text: "", threadId: undefined, conversationId: undefined },
          problem: problemOf(reply.failure),
        });
      }
    },
  };
}
