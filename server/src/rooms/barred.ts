/** Which rooms a person must never learn of: those that stand at a wall of one of theirs, on another side. */
import type { Transaction } from "kysely";

import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import type { RoomFields } from "./room.ts";

/** The rooms themselves: for the server's eyes. */
function barredRooms(db: Db | Transaction<Tables>, sub: string): Promise<RoomFields[]> {
  return db
    .selectFrom("rooms as barred")
    .selectAll("barred")
    .where("barred.wall", "is not", null)
    .where((where) =>
      where.exists(
        where
          .selectFrom("room_members")
          .innerJoin("rooms as own", "own.id", "room_members.room_id")
          .select("own.id")
          .where("room_members.sub", "=", sub)
          .whereRef("own.wall", "=", "barred.wall")
          .whereRef("own.wall_side", "<>", "barred.wall_side"),
      ),
    )
    .execute();
}

export async function isBarred(
  db: Db | Transaction<Tables>,
  sub: string,
  roomId: string,
): Promise<boolean> {
  const rooms = await barredRooms(db, sub);
  return rooms.some(({ id }) => id === roomId);
}

/** Who among these is in a room that this person must never learn of; an invitation counts. */
export async function keptApart(
  db: Db,
  keys: Keyring,
  sub: string,
  addresses: readonly string[],
): Promise<boolean> {
  const rooms = addresses.length === 0 ? [] : await barredRooms(db, sub);
  if (rooms.length === 0) return false;
  const member = await db
    .selectFrom("room_members")
    .select("id")
    .where(
      "room_id",
      "in",
      rooms.map(({ id }) => id),
    )
    .where(
      "address_hash",
      "in",
      addresses.map((one) => keys.blind(one)),
    )
    .executeTakeFirst();
  return member !== undefined;
}

/** Whether somebody would stand on both sides of a room's new wall: then the wall is not set. */
export async function standsOnBothSides(tx: Transaction<Tables>, roomId: string): Promise<boolean> {
  const members = await tx
    .selectFrom("room_members")
    .select("sub")
    .where("room_id", "=", roomId)
    .where("sub", "is not", null)
    .execute();
  for (const { sub } of members) {
    if (sub !== null && (await isBarred(tx, sub, roomId))) return true;
  }
  return false;
}
