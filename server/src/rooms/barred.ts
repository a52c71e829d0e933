/** Which rooms a person must never learn of, and which threads of their own mailbox with them; `barriers.ts` decides. */
import type { Transaction } from "kysely";

import { inTheirRooms } from "../conversations/in-rooms.ts";
import type { EventBarrier } from "../google/walled-calendar.ts";
import type { Barrier } from "../google/walled.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { barredRooms, hiddenAmong, hiddenThreads } from "./barriers.ts";
import { blindEvent } from "./events.ts";
import type { RoomFields } from "./room.ts";

/** Hashes of one query: a store takes so many values and no more. */
const AT_ONCE = 1000;

/** The rooms at the walls of somebody's rooms, theirs among them; none for whoever is at no wall. For the server's eyes. */
async function roomsAtWalls(
  db: Db | Transaction<Tables>,
  sub: string,
): Promise<{ atWall: boolean; barred: RoomFields[] }> {
  const rows = await db
    .selectFrom("rooms")
    .leftJoin("room_members", (join) =>
      join.onRef("room_members.room_id", "=", "rooms.id").on("room_members.sub", "=", sub),
    )
    .selectAll("rooms")
    .select("room_members.id as member")
    .where("rooms.wall", "in", (walls) =>
      walls
        .selectFrom("room_members as mine")
        .innerJoin("rooms as own", "own.id", "mine.room_id")
        .select("own.wall")
        .where("mine.sub", "=", sub)
        .where("own.wall", "is not", null),
    )
    .execute();
  const memberOf = new Set(rows.flatMap(({ id, member }) => (member === null ? [] : [id])));
  return { atWall: rows.length > 0, barred: barredRooms(memberOf, rows) };
}

/** What somebody's mailbox and calendar are read through. The rooms are asked for once, when the first is. */
export function createBarriers(db: Db, keys: Keyring): (sub: string) => Barrier & EventBarrier {
  return (sub) => {
    let asked: ReturnType<typeof roomsAtWalls> | undefined;
    const found = () => (asked ??= roomsAtWalls(db, sub));
    return {
      // Whether or not there is a room on the other side yet: else the first one would show.
      stands: async () => (await found()).atWall,

      async hidden(threads) {
        const rooms = (await found()).barred.map(({ id, key_wrapped: wrapped }) => {
          const key = keys.ofRoom(id, wrapped);
          return { id, hashOf: (messageId: string) => key.hash(messageId) };
        });
        const messageIds = [...new Set([...threads.values()].flat())];
        const links = [];
        for (const { id, hashOf } of rooms) {
          for (let first = 0; first < messageIds.length; first += AT_ONCE) {
            const hashes = messageIds.slice(first, first + AT_ONCE).map(hashOf);
            const linked = await db
              .selectFrom("room_messages")
              .select(["room_id", "hash"])
              .where("room_id", "=", id)
              .where("hash", "in", hashes)
              .execute();
            links.push(...linked);
          }
        }
        return hiddenThreads(threads, links, rooms);
      },

      async hiddenEvents(events) {
        const { barred } = await found();
        const names = [...new Set([...events.values()].flat())];
        if (barred.length === 0 || names.length === 0) return new Set();
        const rows = await db
          .selectFrom("room_events")
          .select("blind")
          .where(
            "room_id",
            "in",
            barred.map(({ id }) => id),
          )
          .where(
            "blind",
            "in",
            names.map((one) => blindEvent(keys, one)),
          )
          .execute();
        const linked = new Set(rows.map(({ blind }) => blind));
        return hiddenAmong(events, (name) => linked.has(blindEvent(keys, name)));
      },
    };
  };
}

export async function isBarred(
  db: Db | Transaction<Tables>,
  sub: string,
  roomId: string,
): Promise<boolean> {
  const { barred } = await roomsAtWalls(db, sub);
  return barred.some(({ id }) => id === roomId);
}

/** Who among these is in a room that this person must never learn of; an invitation counts. */
export async function keptApart(
  db: Db,
  keys: Keyring,
  sub: string,
  addresses: readonly string[],
): Promise<boolean> {
  const rooms = addresses.length === 0 ? [] : (await roomsAtWalls(db, sub)).barred;
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

/** Whether the conversation that this was asked for in is no longer theirs to see: by a removal, or at a wall. */
export async function isClosed(db: Db, sub: string, approvalId: string): Promise<boolean> {
  const open = await db
    .selectFrom("approvals")
    .select("id")
    .where("id", "=", approvalId)
    .where(inTheirRooms("approvals.conversation_id", sub))
    .executeTakeFirst();
  return open === undefined;
}

/** Who is in the rooms at the wall of this one, on any side; nobody where it stands at none. */
export async function atWallOf(db: Db, roomId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("rooms as one")
    .innerJoin("rooms", "rooms.wall", "one.wall")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .select("room_members.sub")
    .where("one.id", "=", roomId)
    .where("room_members.sub", "is not", null)
    .distinct()
    .execute();
  return rows.flatMap(({ sub }) => sub ?? []);
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
