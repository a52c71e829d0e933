/** Closing a room, opening it again, deleting it for good. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { WORDS } from "./words.ts";

export function Ending({
  call,
  room,
  control,
  may,
  onGone,
}: InRoomProps): ReactElement | undefined {
  const [deleting, setDeleting] = useState(false);
  if (!may("close")) return undefined;
  const { id, version, state } = room;
  const next = state === "open" ? "closed" : "open";
  const remove = async () => {
    const reply = await call(routes.deleteRoom, { id });
    if (reply.ok) onGone();
    else await control.takeAway(Promise.resolve(reply));
  };
  return (
    <section className="stack" aria-label={WORDS.close}>
      <div className="setting">
        <p className="quiet grow">{WORDS.closeWords}</p>
        <Button
          data-testid="room-state"
          onClick={() =>
            detach(control.change(call(routes.closeRoom, { id }, { version, state: next })))
          }
        >
          {state === "open" ? WORDS.close : WORDS.reopen}
        </Button>
      </div>
      <div className="actions">
        <Button data-testid="room-delete" aria-haspopup="dialog" onClick={() => setDeleting(true)}>
          {WORDS.delete}
        </Button>
      </div>
      {deleting ? (
        <Confirm
          title={WORDS.deleteTitle}
          words={WORDS.deleteWords}
          about={room.details.codeName}
          keep={WORDS.keep}
          go={WORDS.deleteGo}
          testId="room-delete"
          onEnd={() => setDeleting(false)}
          onGo={remove}
        />
      ) : undefined}
    </section>
  );
}
