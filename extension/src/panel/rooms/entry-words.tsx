/** The words of a mail that an entry rests on, read in the person's own mailbox; where that lacks the mail, only that it does. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { EntryId, RoomId } from "@vaultdesk/shared/id.ts";
import { type ReactElement, useCallback } from "react";

import type { Call } from "../../api/call.ts";
import { whoAndWhen } from "../terms/words.ts";
import { useRead } from "../use-read.ts";
import { BOARD } from "./board-words.ts";

export interface EntryWordsProps {
  call: Call;
  room: RoomId;
  entry: EntryId;
  onMessage: (messageId: string) => void;
}

export function EntryWords({ call, room, entry, onMessage }: EntryWordsProps): ReactElement {
  const { value, problem } = useRead(
    useCallback(
      () => call(routes.milestoneMail, { id: room, entryId: entry }),
      [call, room, entry],
    ),
  );
  if (problem !== undefined) {
    return (
      <p className="quiet" data-testid="entry-no-words" data-code={problem.code}>
        {problem.happened} {problem.notDone}
      </p>
    );
  }
  if (value === undefined) return <p className="quiet">{BOARD.looking}</p>;
  return (
    <>
      <blockquote className="entry-words" data-testid="entry-words">
        “{value.quote}”
      </blockquote>
      <p className="quiet">
        {whoAndWhen(value)}{" "}
        <button type="button" className="cite" onClick={() => onMessage(value.messageId)}>
          {BOARD.show}
        </button>
      </p>
    </>
  );
}
