/** One conversation in the list: opens on click, is renamed in its place, and is deleted after a second look. */
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import { type ReactElement, useEffect, useId, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { DAY, endWords } from "./words.ts";

export interface RowProps {
  row: ConversationRow;
  now: number;
  onOpen: () => void;
  onRename: (title: string) => Promise<boolean>;
  onRemove: () => Promise<boolean>;
}

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
        className="input grow"
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
      <Button type="submit" data-testid="rename-save">
        Save
      </Button>
    </form>
  );
}

export function Row({ row, now, onOpen, onRename, onRemove }: RowProps): ReactElement {
  const [mode, setMode] = useState<"plain" | "rename" | "delete">("plain");
  const close = () => setMode("plain");
  const end = row.expiresAt === undefined ? undefined : endWords(row.expiresAt, now);
  return (
    <li className="card conversation" data-testid="conversation">
      {mode === "rename" ? (
        <Rename row={row} onRename={onRename} onEnd={close} />
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
          <IconButton
            icon="draft"
            size={16}
            label={`Rename ${row.title}`}
            title="Rename"
            data-testid="rename-conversation"
            onClick={() => setMode("rename")}
          />
          <IconButton
            icon="bin"
            size={16}
            label={`Delete ${row.title}`}
            title="Delete"
            aria-haspopup="dialog"
            data-testid="delete-conversation"
            onClick={() => setMode("delete")}
          />
        </div>
      )}
      <p className={end?.soon === true ? "quiet caution" : "quiet"} data-testid="kept-until">
        <time dateTime={row.updatedAt}>{DAY.format(new Date(row.updatedAt))}</time>
        {end === undefined ? undefined : ` · ${end.words}`}
      </p>
      {mode === "delete" ? (
        <Confirm
          title="Delete this conversation for good?"
          words="Questions, answers and what was read here are erased. Drafts and sent mail stay in Gmail, and requests that wait for your phone are withdrawn."
          about={row.title}
          keep="Keep it"
          go="Delete for good"
          testId="delete"
          onEnd={close}
          onGo={async () => {
            await onRemove();
          }}
        />
      ) : undefined}
    </li>
  );
}
