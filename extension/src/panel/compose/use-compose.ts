/** What the Compose dialog works on: the open thread's facts, one's own templates, and the calls that change them. */
import { type Compose, routes } from "@vaultdesk/shared/api.ts";
import type { ConversationId, TemplateId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { ComposeFacts, OwnTemplate, TemplateText } from "@vaultdesk/shared/template.ts";
import { useCallback, useState } from "react";

import type { Call, Reply } from "../../api/call.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface ComposeControl {
  /** Absent until they were read. */
  facts: ComposeFacts | undefined;
  own: readonly OwnTemplate[];
  problem: Problem | undefined;
  /** Reads again what could not be read. */
  again: () => Promise<void>;
  /** The conversation that has the draft now; `undefined` when it was not saved. */
  save: (mail: Compose) => Promise<ConversationId | undefined>;
  /** False when it was not kept. */
  keep: (id: TemplateId | undefined, text: TemplateText) => Promise<boolean>;
  remove: (id: TemplateId) => Promise<void>;
}

export function useCompose(
  call: Call,
  open: boolean,
  threadId: ThreadId | undefined,
): ComposeControl {
  const readFacts = useCallback(
    () => call(routes.composeFacts, threadId === undefined ? {} : { threadId }),
    [call, threadId],
  );
  const readOwn = useCallback(() => call(routes.templates), [call]);
  const facts = useRead(open ? readFacts : undefined);
  const templates = useRead(open ? readOwn : undefined);
  const own = templates.value?.templates ?? [];
  const [problem, setProblem] = useState<Problem>();

  function valueOf<T>(reply: Reply<T>): T | undefined {
    setProblem(reply.ok ? undefined : problemOf(reply.failure));
    return reply.ok ? reply.value : undefined;
  }

  return {
    facts: facts.value,
    own,
    problem: problem ?? facts.problem ?? templates.problem,
    again: async () => {
      setProblem(undefined);
      await Promise.all([facts.again(), templates.again()]);
    },
    save: async (mail) =>
      valueOf(await call(routes.compose, {}, { ...mail, timeZone: ZONE }))?.conversationId,
    async keep(id, text) {
      const kept = valueOf(
        id === undefined
          ? await call(routes.addTemplate, {}, text)
          : await call(routes.changeTemplate, { id }, text),
      );
      if (kept === undefined) return false;
      const others = own.filter((one) => one.id !== kept.id);
      const all = [...others, kept].toSorted((one, other) => one.title.localeCompare(other.title));
      templates.put({ templates: all });
      return true;
    },
    async remove(id) {
      const gone = valueOf(await call(routes.deleteTemplate, { id }));
      if (gone !== undefined) templates.put({ templates: own.filter((one) => one.id !== id) });
    },
  };
}
