/** One deal room, in tabs: its people, the deal, its tracker and threads, what its roles may do. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { RoomId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { OrgPolicyView } from "@vaultdesk/shared/org-policy.ts";
import { closedRole, type Right } from "@vaultdesk/shared/role.ts";
import type { RoomView } from "@vaultdesk/shared/room.ts";
import { type ReactElement, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { IconButton } from "../../ui/button.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import { Page } from "../page.tsx";
import { BOARD } from "./board-words.ts";
import { Board } from "./board.tsx";
import { Deal } from "./deal.tsx";
import { Documents } from "./documents.tsx";
import { People } from "./people.tsx";
import { Roles } from "./roles.tsx";
import { type RoomControl, useRoom } from "./use-room.ts";
import { WORDS } from "./words.ts";

type Tab = "people" | "deal" | "tracker" | "threads" | "documents" | "roles";

export interface InRoomProps {
  call: Call;
  room: RoomView;
  control: RoomControl;
  policy: OrgPolicyView;
  /** The thread that is open in Gmail. */
  threadId: ThreadId | undefined;
  /** Shows a message in Gmail. */
  onMessage: (messageId: string) => void;
  may: (right: Right) => boolean;
  /** The caller is in it no more, or it is gone. */
  onGone: () => void;
}

export interface OneRoomProps extends Pick<
  InRoomProps,
  "call" | "policy" | "threadId" | "onMessage"
> {
  id: RoomId;
  /** The tab to open first. */
  shown: Tab | undefined;
  onBack: () => void;
}

export function OneRoom({ id, shown = "people", onBack, ...rest }: OneRoomProps): ReactElement {
  const control = useRoom(rest.call, id);
  const [tab, setTab] = useState<Tab>(shown);
  const { value: room, problem } = control;
  return (
    <Page title={room?.details.codeName ?? WORDS.title} testId="room" onBack={onBack}>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ again: () => detach(control.again()) }} />
      )}
      {room === undefined ? undefined : (
        <>
          {room.state === "closed" ? (
            <p className="quiet" data-testid="room-closed">
              {WORDS.closedWords}
            </p>
          ) : undefined}
          <Inside
            {...rest}
            room={room}
            control={control}
            tab={tab}
            onTab={setTab}
            onGone={onBack}
          />
        </>
      )}
    </Page>
  );
}

function Inside({
  tab,
  onTab,
  ...rest
}: Omit<InRoomProps, "may"> & { tab: Tab; onTab: (tab: Tab) => void }) {
  const { room } = rest;
  const role = room.roles[room.yours];
  const { rights } = room.state === "closed" ? closedRole(role) : role;
  const inside: InRoomProps = { ...rest, may: (right) => rights.includes(right) };
  return (
    <Tabs
      label={room.details.codeName}
      chosen={tab}
      onChoose={onTab}
      tabs={[
        { key: "people", label: WORDS.people, content: <People {...inside} /> },
        // A version that somebody else made begins the form anew.
        { key: "deal", label: WORDS.deal, content: <Deal key={room.version} {...inside} /> },
        { key: "tracker", label: BOARD.tab, content: <Board {...inside} /> },
        { key: "threads", label: WORDS.threads, content: <Threads {...inside} /> },
        { key: "documents", label: WORDS.files, content: <Documents {...inside} /> },
        { key: "roles", label: WORDS.roles, content: <Roles {...inside} /> },
      ]}
    />
  );
}

function Threads({ call, room, control, may }: InRoomProps) {
  const { id, threads, threadCount } = room;
  return (
    <>
      {threads.length === 0 ? <p className="quiet">{WORDS.noThreads}</p> : undefined}
      <ul className="lines">
        {threads.map(({ id: linkId, title }) => (
          <li key={linkId} className="line" data-testid="room-thread">
            <span className="grow cut">{title}</span>
            {may("threads") ? (
              <IconButton
                icon="close"
                size={16}
                label={WORDS.removeThread(title)}
                onClick={() => detach(control.takeAway(call(routes.removeThread, { id, linkId })))}
              />
            ) : undefined}
          </li>
        ))}
      </ul>
      {threadCount > threads.length ? (
        <p className="quiet">{WORDS.moreThreads(threadCount - threads.length)}</p>
      ) : undefined}
    </>
  );
}
