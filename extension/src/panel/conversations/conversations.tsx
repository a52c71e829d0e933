/** All conversations, newest first: search, open, rename, delete. */
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { type ReactElement, useId, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Icon } from "../../ui/icon.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import { Row } from "./row.tsx";
import { useConversations } from "./use-conversations.ts";

export interface ConversationsProps {
  call: Call;
  sub: string;
  onBack: () => void;
  onOpen: (id: ConversationId) => void;
}

export function Conversations({ call, sub, onBack, onOpen }: ConversationsProps): ReactElement {
  const [query, setQuery] = useState("");
  const search = useId();
  const wanted = query.trim();
  const { found, problem, more, rename, remove } = useConversations(call, sub, wanted);
  const rows = found?.rows ?? [];
  return (
    <main className="page" aria-labelledby="conversations-title" data-testid="conversations">
      <div className="row">
        <button
          type="button"
          className="icon-button"
          aria-label="Back"
          data-testid="back"
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
        <h2 id="conversations-title" className="title">
          Conversations
        </h2>
      </div>
      <label className="hidden-text" htmlFor={search}>
        Search conversations
      </label>
      <input
        id={search}
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
            onOpen={() => onOpen(row.id)}
            onRename={(title) => rename(row.id, title)}
            onRemove={() => remove(row.id)}
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
    </main>
  );
}
