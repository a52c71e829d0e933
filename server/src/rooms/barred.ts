/** Which rooms a person must never learn of: those that stand at a wall of one of theirs, on another side. */
import type { Transaction } from "kysely";

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
