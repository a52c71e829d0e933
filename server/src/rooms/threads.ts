/**
 * Threads of rooms. Gmail's ids are each mailbox's own, so a thread is known by the RFC Message-IDs of its messages, hashed under the
 * room's key: whoever has one of them in their mailbox finds the room, and nobody finds the messages from the room.
 */
import { LinkId, newId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { RoleName, type Roles } from "@vaultdesk/shared/role.ts";
import type { ThreadPlace } from "@vaultdesk/shared/room.ts";
import type { Transaction } from "kysely";

import type { Answer } from "../google/call.ts";
import type { ThreadCard } from "../google/thread-card.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import type { Mover } from "./change.ts";
import { openRoom, type Room, roleIn, titlePlace } from "./room.ts";
import { suggestion } from "./suggest.ts";

const MOST = 5000;
const TITLE = 200;

/** By which messages a thread is looked for. */
export type Ids = Pick<ThreadCard, "messageIds" | "references">;

export interface Threads {
  place(sub: string, card: ThreadCard): Promise<ThreadPlace>;
  add(sub: string, roomId: string, card: ThreadCard): Promise<Answer<void>>;
  remove(sub: string, roomId: string, linkId: string): Promise<Answer<void>>;
}

interface Mine extends Room {
  role: RoleName;
}

interface Held {
  room: Mine;
  linkId: LinkId;
}

export function createThreads(deps: {
  db: Db;
  keys: Keyring;
  move: Mover;
  ceiling: Roles;
}): Threads {
  const { db, keys, move, ceiling } = deps;

  /** Messages that came since: the thread is found by them too, in a mailbox that has no others. */
  async function learn({ room, linkId }: Held, { messageIds }: Ids): Promise<void> {
    await keep(db, room, linkId, messageIds, keys);
  }

  return {
    async place(sub, card) {
      const rooms = await roomsOf(db, keys, sub);
      const having = await held(db, rooms, card);
      await Promise.all(having.map((one) => learn(one, card)));
      const has = new Set(having.map(({ room }) => room.id));
      const open = rooms.filter(
        (room) => !has.has(room.id) && roleIn(room, room.role, ceiling).rights.includes("threads"),
      );
      const scored = open
        .map((room) => ({ room, found: suggestion(card, room.details) }))
        .toSorted(
          (one, other) =>
            (other.found?.points ?? 0) - (one.found?.points ?? 0) ||
            one.room.details.codeName.localeCompare(other.room.details.codeName),
        );
      return {
        rooms: having.map(({ room, linkId }) => {
          const { tools, reach, rights } = roleIn(room, room.role, ceiling);
          const { codeName, stage } = room.details;
          const mayRemove = rights.includes("threads");
          return {
            id: room.id,
            codeName,
            stage,
            yours: room.role,
            tools,
            reach,
            linkId,
            mayRemove,
          };
        }),
        others: scored.map(({ room: { id, details }, found }) => ({
          id,
          codeName: details.codeName,
          ...(found === undefined ? {} : { why: found.why }),
        })),
      };
    },

    add: (sub, roomId, card) =>
      move({ sub, roomId, right: "threads" }, async ({ tx, room, at, audit }) => {
        if (card.messageIds.length === 0) return { ok: false, problem: problem("thread_unknown") };
        const there = (await linksIn(tx, [room], card)).get(room.id);
        if (there !== undefined) return { ok: true, value: undefined };
        const { held: count } = await tx
          .selectFrom("room_threads")
          .select(({ fn }) => fn.countAll().as("held"))
          .where("room_id", "=", room.id)
          .executeTakeFirstOrThrow();
        if (Number(count) >= MOST) return { ok: false, problem: problem("room_full") };
        const id = LinkId.parse(newId("lnk"));
        const title = card.subject.slice(0, TITLE) || "(no subject)";
        await tx
          .insertInto("room_threads")
          .values({
            id,
            room_id: room.id,
            title_sealed: room.key.seal(title, titlePlace(id)),
            added_at: at,
          })
          .execute();
        await keep(tx, room, id, card.messageIds, keys);
        await audit("thread.added", { linkId: id });
        return { ok: true, value: undefined };
      }),

    remove: (sub, roomId, linkId) =>
      move({ sub, roomId, right: "threads" }, async ({ tx, room, audit }) => {
        const gone = await tx
          .deleteFrom("room_threads")
          .where("id", "=", linkId)
          .where("room_id", "=", room.id)
          .returning("id")
          .executeTakeFirst();
        if (gone === undefined) return { ok: false, problem: problem("not_found") };
        await tx.deleteFrom("room_messages").where("link_id", "=", linkId).execute();
        await audit("thread.removed", { linkId });
        return { ok: true, value: undefined };
      }),
  };
}

async function roomsOf(db: Db, keys: Keyring, sub: string): Promise<Mine[]> {
  const rows = await db
    .selectFrom("rooms")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .where("room_members.sub", "=", sub)
    .selectAll("rooms")
    .select("room_members.role")
    .execute();
  return rows.map((row) => ({ ...openRoom(row, keys), role: RoleName.parse(row.role) }));
}

async function held(db: Db, rooms: readonly Mine[], ids: Ids): Promise<Held[]> {
  const found = await linksIn(db, rooms, ids);
  return rooms.flatMap((room) => {
    const linkId = found.get(room.id);
    return linkId === undefined ? [] : [{ room, linkId }];
  });
}

/** The ids of a person's rooms that have one of these messages. */
export async function roomsHaving(db: Db, keys: Keyring, sub: string, ids: Ids): Promise<string[]> {
  const having = await held(db, await roomsOf(db, keys, sub), ids);
  return having.map(({ room }) => room.id);
}

/** Room -> its link to the thread, for the rooms that have one of these messages. */
async function linksIn(
  db: Db | Transaction<Tables>,
  rooms: readonly Pick<Room, "id" | "key">[],
  { messageIds, references }: Ids,
): Promise<ReadonlyMap<string, LinkId>> {
  const wanted = [...messageIds, ...references];
  if (rooms.length === 0 || wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom("room_messages")
    .select(["room_id", "link_id"])
    .where((where) =>
      where.or(
        rooms.map(({ id, key }) =>
          where.and([
            where("room_id", "=", id),
            where(
              "hash",
              "in",
              wanted.map((one) => key.hash(one)),
            ),
          ]),
        ),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.room_id, LinkId.parse(row.link_id)]));
}

async function keep(
  db: Db | Transaction<Tables>,
  room: Room,
  linkId: LinkId,
  messageIds: readonly string[],
  keys: Keyring,
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
