/** Deal rooms: the list, a new one, and one of them. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { RoomId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { CodeName, type RoomRow } from "@vaultdesk/shared/room.ts";
import { type ReactElement, useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { Page } from "../page.tsx";
import { useOrgPolicy } from "../use-org-policy.ts";
import { useRead } from "../use-read.ts";
import { OneRoom } from "./one-room.tsx";
import { ROLES, STAGES, WORDS } from "./words.ts";

/** A deal room, and the tab of it that is asked for. */
export interface RoomShown {
  id: RoomId;
  tab?: "tracker" | undefined;
}

export interface RoomsProps {
  call: Call;
  /** The one to open first. */
  room: RoomShown | undefined;
  threadId: ThreadId | undefined;
  remedies: Remedies;
  onMessage: (messageId: string) => void;
  onBack: () => void;
}

export function Rooms({
  call,
  room,
  threadId,
  remedies,
  onMessage,
  onBack,
}: RoomsProps): ReactElement {
  const [chosen, setChosen] = useState(room);
  const policy = useOrgPolicy(call);
  return chosen === undefined ? (
    <List
      call={call}
      remedies={remedies}
      makes={policy.makesRooms}
      onBack={onBack}
      onOpen={(id) => setChosen({ id })}
    />
  ) : (
    <OneRoom
      call={call}
      id={chosen.id}
      shown={chosen.tab}
      policy={policy}
      threadId={threadId}
      onMessage={onMessage}
      onBack={() => setChosen(undefined)}
    />
  );
}

interface ListProps extends Omit<RoomsProps, "room" | "threadId" | "onMessage"> {
  /** Whether the organisation lets the person make rooms. */
  makes: boolean;
  onOpen: (id: RoomId) => void;
}

function List({ call, remedies, makes, onBack, onOpen }: ListProps) {
  const { value, problem, again } = useRead(useCallback(() => call(routes.rooms), [call]));
  const [failed, setFailed] = useState<Problem>();
  const shown = failed ?? problem;
  return (
    <Page title={WORDS.title} testId="rooms" onBack={onBack}>
      {value === undefined ? undefined : (
        <p className="quiet">{value.rooms.length === 0 ? WORDS.none : WORDS.about}</p>
      )}
      {shown === undefined ? undefined : (
        <ProblemCard problem={shown} remedies={{ ...remedies, again: () => detach(again()) }} />
      )}
      <ul className="stack">
        {(value?.rooms ?? []).map((row) => (
          <Line key={row.id} row={row} onOpen={onOpen} />
        ))}
      </ul>
      {value === undefined ? undefined : (
        <Create
          may={makes}
          onCreate={async (codeName) => {
            const made = await call(routes.createRoom, {}, { codeName });
            if (made.ok) onOpen(made.value.id);
            else setFailed(problemOf(made.failure));
          }}
        />
      )}
    </Page>
  );
}

function Line({ row, onOpen }: { row: RoomRow; onOpen: (id: RoomId) => void }) {
  const { id, codeName, stage, state, yours, members, threads } = row;
  return (
    <li>
      <button type="button" className="pick" data-testid="room-row" onClick={() => onOpen(id)}>
        <span className="card-head">
          <strong className="grow cut">{codeName}</strong>
          <span className="tag">{state === "closed" ? WORDS.closed : STAGES[stage]}</span>
        </span>
        <span className="quiet">
          {ROLES[yours]} · {WORDS.counts(members, threads)}
        </span>
      </button>
    </li>
  );
}

interface CreateProps {
  may: boolean;
  onCreate: (codeName: string) => Promise<void>;
}

function Create({ may, onCreate }: CreateProps) {
  const [codeName, setCodeName] = useState("");
  const [tried, setTried] = useState(false);
  const parsed = CodeName.safeParse(codeName);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (parsed.success) detach(onCreate(parsed.data));
      }}
    >
      <Field
        label={WORDS.codeName}
        hint={may ? WORDS.codeNameHint : WORDS.noRooms}
        disabled={!may}
        maxLength={60}
        value={codeName}
        error={tried && !parsed.success ? WORDS.emptyName : undefined}
        testId="room-name"
        onChange={setCodeName}
      />
      <div className="actions">
        <Button type="submit" look="main" disabled={!may} data-testid="room-create">
          {WORDS.create}
        </Button>
      </div>
    </form>
  );
}
