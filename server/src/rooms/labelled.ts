/**
 * A Gmail label as a way into a room: mail on which VaultDesk put a room's label, after the phone's yes, joins that room. Only a room that the
 * card and the phone named; who may not add threads to it joins nothing. What fails here is offered when the thread is open next.
 */
import type { Action } from "@vaultdesk/shared/action.ts";
import { RoleName, type Roles } from "@vaultdesk/shared/role.ts";
import type { Warning } from "@vaultdesk/shared/warning.ts";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Approval } from "../approvals/row.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import type { EndWalled } from "./end-walled.ts";
import { openRoom, type Room, roleIn } from "./room.ts";
import type { Threads } from "./threads.ts";

/** More threads than that are offered one by one. */
const MOST = 20;

/** The rooms that mail joins by what this puts on it. */
async function roomsFor(
  db: Db,
  keys: Keyring,
  ceiling: Roles,
  sub: string,
  action: Action,
): Promise<Room[]> {
  if (action.kind !== "mail.label") return [];
  const added = new Set(
    action.messages.flatMap(({ add }) => add.map(({ name }) => name.toLowerCase())),
  );
  if (added.size === 0) return [];
  const rows = await db
    .selectFrom("rooms")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .where("room_members.sub", "=", sub)
    .selectAll("rooms")
    .select("room_members.role")
    .execute();
  return rows.flatMap((row) => {
    const room = openRoom(row, keys);
    const { label } = room.details;
    const { rights } = roleIn(room, RoleName.parse(row.role), ceiling);
    const joins = label !== undefined && added.has(label.toLowerCase());
    return joins && rights.includes("threads") ? [room] : [];
  });
}

/** What the card and the phone say of it. */
export async function joinWarnings(
  db: Db,
  keys: Keyring,
  ceiling: Roles,
  sub: string,
  action: Action,
): Promise<Warning[]> {
  const rooms = await roomsFor(db, keys, ceiling, sub, action);
  return rooms.map(({ details }) => ({ kind: "joins_room", about: details.codeName }));
}

/** Told of each approval that ended. */
export type Labelled = (approval: Approval) => Promise<void>;

export function createLabelled(deps: {
  db: Db;
  keys: Keyring;
  ceiling: Roles;
  threads: Pick<Threads, "add">;
  /** With the grant of their open panel, where one is here. */
  mailOf(sub: string): Pick<Mailroom, "threadsOf" | "threadCard">;
  endWalled: EndWalled;
  /** Their panels look again. */
  joined(sub: string): void;
}): Labelled {
  const { db, keys, ceiling, threads } = deps;
  return async ({ view, sub, action, warnings, secondOf }) => {
    if (view.state !== "executed" || secondOf !== undefined || action.kind !== "mail.label") return;
    const said = warnings.flat().filter(({ kind }) => kind === "joins_room");
    if (said.length === 0) return;
    const rooms = (await roomsFor(db, keys, ceiling, sub, action)).filter(({ details }) =>
      said.some(({ about }) => about === details.codeName),
    );
    const mail = deps.mailOf(sub);
    const { signal } = new AbortController();
    for (const { id, details } of rooms) {
      const label = details.label?.toLowerCase();
      const ids = action.messages.flatMap(({ messageId, add }) =>
        add.some(({ name }) => name.toLowerCase() === label) ? [messageId] : [],
      );
      const found = await mail.threadsOf(ids, signal);
      if (!found.ok) return;
      for (const threadId of found.value.slice(0, MOST)) {
        const card = await mail.threadCard(threadId, signal);
        if (card.ok) await threads.add(sub, id, card.value);
      }
      await deps.endWalled(id);
    }
    deps.joined(sub);
  };
}
