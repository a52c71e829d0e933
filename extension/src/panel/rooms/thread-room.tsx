/** Above the conversation: the deal room of the open thread and what one's role leaves there, or where it may belong. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { RoomId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { ThreadPlace } from "@vaultdesk/shared/room.ts";
import type { ReactElement } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { later } from "../../ui/later.tsx";
import type { MenuEntry } from "../../ui/menu.tsx";
import type { Reading } from "../use-read.ts";
import { lackWords, PLACE_WORDS } from "./words.ts";

const Menu = later(async () => (await import("../../ui/menu.tsx")).Menu);

export interface ThreadRoomProps {
  call: Call;
  threadId: ThreadId;
  reading: Reading<ThreadPlace>;
  onOpen: (room: RoomId) => void;
}

export function ThreadRoom({
  call,
  threadId,
  reading,
  onOpen,
}: ThreadRoomProps): ReactElement | undefined {
  const { value: place, again, put } = reading;
  // Who is in no room has nothing to see here.
  if (place === undefined || place.rooms.length + place.others.length === 0) return undefined;
  const add = async (id: RoomId) => {
    const reply = await call(routes.addThread, { id }, { threadId });
    if (reply.ok) put(reply.value);
    else await again();
  };
  const remove = async (id: RoomId, linkId: string) => {
    await call(routes.removeThread, { id, linkId });
    await again();
  };
  const [likely] = place.others;
  const offered =
    place.rooms.length === 0 && likely?.why !== undefined
      ? { id: likely.id, codeName: likely.codeName, why: likely.why }
      : undefined;
  const entries: MenuEntry[] = [
    ...place.rooms.flatMap(({ id, codeName, linkId, mayRemove }) => [
      {
        label: PLACE_WORDS.open(codeName),
        testId: `open-${id}`,
        act: () => onOpen(id),
      },
      ...(mayRemove
        ? [
            {
              label: PLACE_WORDS.remove(codeName),
              testId: `unlink-${id}`,
              act: () => detach(remove(id, linkId)),
            },
          ]
        : []),
    ]),
    ...place.others.map(({ id, codeName }) => ({
      label: PLACE_WORDS.add(codeName),
      testId: `add-to-${id}`,
      act: () => detach(add(id)),
    })),
  ];
  return (
    <section className="place" aria-label={PLACE_WORDS.label} data-testid="thread-room">
      <div className="row">
        {place.rooms.length === 0 ? (
          <span className="quiet grow">{PLACE_WORDS.none}</span>
        ) : (
          <span className="grow place-rooms">
            {place.rooms.map(({ id, codeName, stage, yours }) => (
              <button
                key={id}
                type="button"
                className="chip small"
                data-testid="room-chip"
                onClick={() => onOpen(id)}
              >
                <strong>{codeName}</strong> {PLACE_WORDS.stands(stage, yours)}
              </button>
            ))}
          </span>
        )}
        {offered === undefined ? undefined : (
          <button
            type="button"
            className="chip small proposed"
            title={PLACE_WORDS.why(offered.why)}
            data-testid="room-offer"
            onClick={() => detach(add(offered.id))}
          >
            {PLACE_WORDS.add(offered.codeName)}
          </button>
        )}
        <Menu label={PLACE_WORDS.more} testId="thread-room-menu" entries={entries} />
      </div>
      {offered === undefined ? undefined : <p className="quiet">{PLACE_WORDS.why(offered.why)}</p>}
      {place.rooms.map((room) => {
        const lacks = lackWords(room);
        return lacks === "" ? undefined : (
          <p key={room.id} className="quiet" data-testid="role-lacks">
            {lacks}
          </p>
        );
      })}
    </section>
  );
}
