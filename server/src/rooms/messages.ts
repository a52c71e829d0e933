/**
 * Messages of rooms: their RFC Message-IDs, hashed under the room's key and under the server's. By the second all of somebody's rooms are
 * looked through at once; a row that a process of before wrote has only the first, until its thread is seen again.
 */
import { LinkId } from "@vaultdesk/shared/id.ts";
import type { Transaction } from "kysely";

import type { ThreadCard } from "../google/thread-card.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import type { Room, RoomFields } from "./room.ts";

/** By which messages a thread is looked for. */
export type Ids = Pick<ThreadCard, "messageIds" | "references">;

/** A room's link to a thread, and which of its messages are known under both hashes. */
interface Found {
  linkId: LinkId;
  known: Set<string>;
}

/** Room -> its link, for those of these rooms that have one of these messages. As many queries for five hundred rooms as for one. */
export async function linksTo(
  db: Db,
  keys: Keyring,
  rooms: readonly Pick<RoomFields, "id" | "key_wrapped">[],
  { messageIds, references }: Ids,
): Promise<ReadonlyMap<string, Found>> {
  const wanted = [...messageIds, ...references];
  const found = new Map<string, Found>();
  if (rooms.length === 0 || wanted.length === 0) return found;
  const wrapped = new Map(rooms.map((room) => [room.id, room.key_wrapped]));
  const byBlind = new Map(wanted.map((one) => [keys.blind(one), one]));
  const [rows, unseen] = await Promise.all([
    db
      .selectFrom("room_messages")
      .select(["room_id", "link_id", "blind"])
      .where("blind", "in", [...byBlind.keys()])
      .execute(),
    db
      .selectFrom("room_messages")
      .select(["room_id", "link_id", "hash"])
      .where("room_id", "in", [...wrapped.keys()])
      .where("blind", "is", null)
      .execute(),
  ]);
  for (const { room_id: id, link_id: link, blind } of rows) {
    if (!wrapped.has(id)) continue;
    const held = found.get(id) ?? { linkId: LinkId.parse(link), known: new Set() };
    held.known.add(byBlind.get(blind ?? "") ?? "");
    found.set(id, held);
  }
  for (const [id, theirs] of Map.groupBy(unseen, (row) => row.room_id)) {
    const key = keys.ofRoom(id, wrapped.get(id) ?? new Uint8Array());
    const hashes = new Set(wanted.map((one) => key.hash(one)));
    const row = theirs.find(({ hash }) => hashes.has(hash));
    if (row === undefined || found.has(id)) continue;
    found.set(id, { linkId: LinkId.parse(row.link_id), known: new Set() });
  }
  return found;
}

/** The ids of a person's rooms that have one of these messages. */
export async function roomsHaving(db: Db, keys: Keyring, sub: string, ids: Ids): Promise<string[]> {
  const rooms = await db
    .selectFrom("rooms")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .where("room_members.sub", "=", sub)
    .select(["rooms.id", "rooms.key_wrapped"])
    .execute();
  return [...(await linksTo(db, keys, rooms, ids)).keys()];
}

export async function isLinked(
  tx: Transaction<Tables>,
  { id, key }: Room,
  { messageIds, references }: Ids,
): Promise<boolean> {
  const row = await tx
    .selectFrom("room_messages")
    .select("link_id")
    .where("room_id", "=", id)
    .where(
      "hash",
      "in",
      [...messageIds, ...references].map((one) => key.hash(one)),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these messages the room has. */
export async function messagesIn(
  db: Db,
  { id, key }: Pick<Room, "id" | "key">,
  rfcIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (rfcIds.length === 0) return new Set();
  const byHash = new Map(rfcIds.map((one) => [key.hash(one), one]));
  const rows = await db
    .selectFrom("room_messages")
    .select("hash")
    .where("room_id", "=", id)
    .where("hash", "in", [...byHash.keys()])
    .execute();
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
}

export async function keep(
  db: Db | Transaction<Tables>,
  keys: Keyring,
  room: Pick<Room, "id" | "key">,
  linkId: LinkId,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  await db
    .insertInto("room_messages")
    .values(
      messageIds.map((one) => ({
        room_id: room.id,
        hash: room.key.hash(one),
        link_id: linkId,
        blind: keys.blind(one),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["room_id", "hash"])
        .doUpdateSet((row) => ({ blind: row.ref("excluded.blind") })),
    )
    .execute();
}
