/** The person's conversations, searched as they type; renaming and deleting show once the server did it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useEffect, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { problemOf } from "../chat/failure.ts";

const TYPING_MS = 200;

interface Found {
  query: string;
  rows: readonly ConversationRow[];
  /** Where the next page begins. */
  next: string | undefined;
  olderNotSearched: boolean;
}

export interface ConversationsControl {
  /** Absent while the first page is read. */
  found: Found | undefined;
  problem: Problem | undefined;
  more: () => Promise<void>;
  /** False when it was not done. */
  rename: (id: ConversationId, title: string) => Promise<boolean>;
  remove: (id: ConversationId) => Promise<boolean>;
}

export function useConversations(call: Call, query: string): ConversationsControl {
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    let live = true;
    const read = async () => {
      const reply = await call(routes.conversations, query === "" ? {} : { q: query });
      if (!live) return;
      if (!reply.ok) {
        setProblem(problemOf(reply.failure));
        return;
      }
      const { conversations: rows, next, olderNotSearched = false } = reply.value;
      setProblem(undefined);
      setFound({ query, rows, next, olderNotSearched });
    };
    const timer = setTimeout(() => detach(read()), query === "" ? 0 : TYPING_MS);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [call, query]);

  const rows = (change: (rows: readonly ConversationRow[]) => readonly ConversationRow[]) => {
    setFound((before) => before && { ...before, rows: change(before.rows) });
  };

  return {
    found,
    problem,

    async more() {
      if (found?.next === undefined) return;
      const reply = await call(routes.conversations, { before: found.next });
      if (!reply.ok) {
        setProblem(problemOf(reply.failure));
        return;
      }
      const { conversations, next } = reply.value;
      setFound({ ...found, rows: [...found.rows, ...conversations], next });
    },

    async rename(id, title) {
      const reply = await call(routes.renameConversation, { id }, { title });
      if (!reply.ok) {
        setProblem(problemOf(reply.failure));
        return false;
      }
      setProblem(undefined);
      rows((all) => all.map((row) => (row.id === id ? { ...row, title } : row)));
      return true;
    },

    async remove(id) {
      const reply = await call(routes.deleteConversation, { id });
      if (!reply.ok) {
        setProblem(problemOf(reply.failure));
        return false;
      }
      setProblem(undefined);
      rows((all) => all.filter((row) => row.id !== id));
      return true;
    },
  };
}
