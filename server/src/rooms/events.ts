/** Events of rooms: what was begun on one under a room's rules links it to that room, by an id that all copies of it have in common, hashed. */
import { type Action, deedsOf } from "@vaultdesk/shared/action.ts";
import type { Transaction } from "kysely";

import { eventName } from "../google/walled-calendar.ts";
import type { Keyring } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";

/** As the server's key hashes it. */
export const blindEvent = (keys: Pick<Keyring, "blind">, name: string) =>
  keys.blind(`event ${name}`);

/** In the transaction in which it is begun: nobody reads the event before its link is there. */
export async function linkEvents(
  tx: Transaction<Tables>,
  keys: Pick<Keyring, "blind">,
  approvalId: string,
  action: Action,
): Promise<void> {
  const names = deedsOf(action).flatMap((deed) =>
    "eventId" in deed ? [eventName(deed.eventId)] : [],
  );
  if (names.length === 0) return;
  const rooms = await tx
    .selectFrom("approval_rooms")
    .select("room_id")
    .where("approval_id", "=", approvalId)
    .execute();
  const links = rooms.flatMap(({ room_id }) =>
    names.map((name) => ({ room_id, blind: blindEvent(keys, name) })),
  );
  if (links.length === 0) return;
  await tx
    .insertInto("room_events")
    .values(links)
    .onConflict((conflict) => conflict.columns(["room_id", "blind"]).doNothing())
    .execute();
}
