/** One conversation in the list: opens on click, is renamed in its place, and is deleted after a second look. */
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import { type ReactElement, useEffect, useId, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Icon } from "../../ui/icon.tsx";

export interface RowProps {
  row: ConversationRow;
  onOpen: () => void;
  onRename: (title: string) => Promise<boolean>;
  onRemove: () => Promise<boolean>;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

function Rename({
  row,
  onRename,
  onEnd,
}: Pick<RowProps, "row" | "onRename"> & { onEnd: () => void }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState(row.title);
  useEffect(() => box.current?.select(), []);
  const save = async () => {
    const text = title.trim();
    if (text === "" || text === row.title || (await onRename(text))) onEnd();
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        detach(save());
      }}
    >
      <label className="hidden-text" htmlFor={id}>
        Name of the conversation
      </label>
      <input
        ref={box}
        id={id}
        className="grow"
        maxLength={120}
        value={title}
        data-testid="rename-title"
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onEnd();
        }}
      />
      <button type="submit" className="button" data-testid="rename-save">
        Save
      </button>
    </form>
  );
}

function Confirm({ onRemove, onEnd }: Pick<RowProps, "onRemove"> & { onEnd: () => void }) {
  const first = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => first.current?.focus(), []);
  const remove = async () => {
    setBusy(true);
    const gone = await onRemove();
    // A row that is gone has nothing to show.
    if (!gone) onEnd();
  };
  return (
    <div data-testid="confirm-delete">
      <p>
        Delete this conversation for good? Questions, answers and what was read here are erased.
        Drafts and sent mail stay in Gmail, and requests that wait for your phone are withdrawn.
      </p>
      <div className="actions">
        <button ref={first} type="button" className="button" disabled={busy} onClick={onEnd}>
          Keep it
        </button>
        <button
          type="button"
          className="button danger"
          data-testid="delete-for-good"
          disabled={busy}
          onClick={() => detach(remove())}
        >
          Delete for good
        </button>
      </div>
    </div>
  );
}

export function Row({ row, onOpen, onRename, onRemove }: RowProps): ReactElement {
  const [mode, setMode] = useState<"plain" | "rename" | "delete">("plain");
  const end = () => setMode("plain");
  return (
    <li className="card conversation" data-testid="conversation">
      {mode === "rename" ? (
        <Rename row={row} onRename={onRename} onEnd={end} />
      ) : (
        <div className="row">
          <button
            type="button"
            className="link grow cut"
            data-testid="open-conversation"
            onClick={onOpen}
          >
            {row.title === "" ? "(no name)" : row.title}
          </button>
          <time className="quiet" dateTime={row.updatedAt}>
            {DAY.format(new Date(row.updatedAt))}
          </time>
          <button
            type="button"
            className="icon-button"
            aria-label={`Rename ${row.title}`}
            title="Rename"
            data-testid="rename-conversation"
            onClick={() => setMode("rename")}
          >
            <Icon name="draft" size={16} />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={`Delete ${row.title}`}
            title="Delete"
            aria-expanded={mode === "delete"}
            data-testid="delete-conversation"
            onClick={() => setMode(mode === "delete" ? "plain" : "delete")}
          >
            <Icon name="bin" size={16} />
          </button>
        </div>
      )}
      {mode === "delete" ? <Confirm onRemove={onRemove} onEnd={end} /> : undefined}
    </li>
  );
}
