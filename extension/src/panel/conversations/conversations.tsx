/** All conversations, newest first: search, open, rename, delete. */
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { type ReactElement, useId, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { Page } from "../page.tsx";
import { useNow } from "../use-now.ts";
import { Row } from "./row.tsx";
import { useConversations } from "./use-conversations.ts";

export interface ConversationsProps {
  call: Call;
  onBack: () => void;
  onOpen: (id: ConversationId) => void;
  onRemoved: (id: ConversationId) => void;
}

export function Conversations({
  call,
  onBack,
  onOpen,
  onRemoved,
}: ConversationsProps): ReactElement {
  const [query, setQuery] = useState("");
  const search = useId();
  const wanted = query.trim();
  const { found, problem, more, rename, remove } = useConversations(call, wanted);
  const rows = found?.rows ?? [];
  const now = useNow(false);
  return (
    <Page title="Conversations" testId="conversations" onBack={onBack}>
      <label className="hidden-text" htmlFor={search}>
        Search conversations
      </label>
      <input
        id={search}
        className="input"
        type="search"
        placeholder="Search questions and answers"
        value={query}
        data-testid="search-conversations"
        onChange={(event) => setQuery(event.target.value)}
      />
      {problem === undefined ? undefined : <ProblemCard problem={problem} remedies={{}} />}
      {found !== undefined && rows.length === 0 ? (
        <p className="quiet" data-testid="no-conversations">
          {found.query === ""
            ? "Your conversations will be here. Ask something beside an open thread."
            : `No conversation says "${found.query}".`}
        </p>
      ) : undefined}
      <ul className="conversations">
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            now={now}
            onOpen={() => onOpen(row.id)}
            onRename={(title) => rename(row.id, title)}
            onRemove={async () => {
              const removed = await remove(row.id);
              if (removed) onRemoved(row.id);
              return removed;
            }}
          />
        ))}
      </ul>
      {found?.olderNotSearched === true ? (
        <p className="quiet">Only the newest 500 conversations were searched.</p>
      ) : undefined}
      {found?.next === undefined || wanted !== "" ? undefined : (
        <button type="button" className="button" onClick={() => detach(more())}>
          Show older
        </button>
      )}
    </Page>
  );
}
