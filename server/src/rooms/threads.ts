/**
 * Threads of rooms. Gmail's ids are each mailbox's own, so a thread is known by the RFC Message-IDs of its messages (`messages.ts`):
 * whoever has one of them in their mailbox finds the room, and nobody finds the messages from the room.
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
import { isLinked, keep, linksTo } from "./messages.ts";
import { openRoom, type Room, roleIn, titlePlace } from "./room.ts";
import { suggestion } from "./suggest.ts";

const MOST = 5000;
const TITLE = 200;

export interface Threads {
  /** `labelNames`: of the owner's labels on it; asked for where a room that it is not in names one. */
  place(
    sub: string,
    card: ThreadCard,
    labelNames: (ids: readonly string[]) => Promise<readonly string[]>,
  ): Promise<ThreadPlace>;
  add(sub: string, roomId: string, card: ThreadCard): Promise<Answer<void>>;
  remove(sub: string, roomId: string, linkId: string): Promise<Answer<void>>;
}

interface Mine extends Room {
  role: RoleName;
}

export function createThreads(deps: {
  db: Db;
  keys: Keyring;
  move: Mover;
  ceiling: Roles;
}): Threads {
  const { db, keys, move, ceiling } = deps;

  return {
    async place(sub, card, labelNames) {
      const rows = await roomsOf(db, sub);
      const links = await linksTo(db, keys, rows, card);
      const rooms = rows.map((row): Mine => ({
        ...openRoom(row, keys),
        role: RoleName.parse(row.role),
      }));
      const having = rooms.flatMap((room) => {
        const { linkId, known } = links.get(room.id) ?? {};
        return linkId === undefined || known === undefined ? [] : [{ room, linkId, known }];
      });
      // Messages that came since: the thread is found by them too, in a mailbox that has no others.
      for (const { room, linkId, known } of having) {
        const since = card.messageIds.filter((one) => !known.has(one));
        await keep(db, keys, room, linkId, since);
      }
      const open = rooms.filter(
        (room) =>
          !links.has(room.id) && roleIn(room, room.role, ceiling).rights.includes("threads"),
      );
      const own = card.labelIds.filter((id) => id.startsWith("Label_"));
      const named = own.length > 0 && open.some(({ details }) => details.label !== undefined);
      const about = { ...card, labels: named ? await labelNames(own) : [] };
      const scored = open
        .map((room) => ({ room, found: suggestion(about, room.details) }))
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
        if (await isLinked(tx, room, card)) return { ok: true, value: undefined };
        if ((await counted(tx, room.id)) >= MOST)
          return { ok: false, problem: problem("room_full") };
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
        await keep(tx, keys, room, id, card.messageIds);
        await counted(tx, room.id);
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
        await counted(tx, room.id);
        await audit("thread.removed", { linkId });
        return { ok: true, value: undefined };
      }),
  };
}

function roomsOf(db: Db, sub: string) {
  return db
    .selectFrom("rooms")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .where("room_members.sub", "=", sub)
    .selectAll("rooms")
    .select("room_members.role")
    .execute();
}

/** How many threads the room has; its row says so too, as a list of many rooms would count each of their threads. */
async function counted(tx: Transaction<Tables>, roomId: string): Promise<number> {
  const { thread_count: count } = await tx
    .updateTable("rooms")
    .set((row) => ({
      thread_count: row
        .selectFrom("room_threads")
        .select(({ fn }) => fn.countAll<number>().as("held"))
        .where("room_id", "=", roomId),
    }))
    .where("id", "=", roomId)
    .returning("thread_count")
    .executeTakeFirstOrThrow();
  return count ?? 0;
}
