/**
 * Documents of rooms. A document is known by what it holds: hashes of its bytes and of its words, again hashed under the room's key, so that
 * it is the same under any name, and nobody finds it from the room. Marking may be done by whoever adds threads; only a lead takes it back.
 */
import { DocumentId, newId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { RoomDocument, ThreadFile } from "@vaultdesk/shared/room.ts";
import { isLower, Tier } from "@vaultdesk/shared/tier.ts";
import type { Transaction } from "kysely";

import type { Answer } from "../google/call.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import type { Mover } from "./change.ts";
import { openRoom, type Room } from "./room.ts";

const MOST = 2000;
const SHOWN = 200;
const TITLE = 200;
/** Hashes of one query: a store takes so many values and no more. */
const AT_ONCE = 1000;

const titlePlace = (id: string) => `room_documents/${id}/title`;

/** A file's place in a mail, as every mailbox that has the mail knows it. */
export const placePrint = (rfcMessageId: string, number: number) =>
  `place ${number} ${rfcMessageId}`;

interface Marking {
  title: string;
  tier: Tier;
  /** Of its bytes first, then all others. */
  prints: readonly string[];
  place: string;
}

export interface Documents {
  mark(sub: string, roomId: string, marking: Marking): Promise<Answer<void>>;
  change(
    sub: string,
    roomId: string,
    documentId: string,
    change: { from: Tier; tier: Tier },
  ): Promise<Answer<void>>;
  unmark(sub: string, roomId: string, documentId: string): Promise<Answer<void>>;
  /** Place -> what was marked there, in any of a person's rooms. */
  marks(sub: string, places: readonly string[]): Promise<ReadonlyMap<string, ThreadFile["marks"]>>;
}

const hashOf = ({ key }: Pick<Room, "key">, print: string) => key.hash(`document ${print}`);

/** Those of a person's rooms that have documents. */
export async function roomsWithDocuments(db: Db, keys: Keyring, sub: string): Promise<Room[]> {
  const rows = await db
    .selectFrom("rooms")
    .innerJoin("room_members", "room_members.room_id", "rooms.id")
    .where("room_members.sub", "=", sub)
    .where("rooms.id", "in", (query) => query.selectFrom("room_documents").select("room_id"))
    .selectAll("rooms")
    .execute();
  return rows.map((row) => openRoom(row, keys));
}

/** Print -> the document of this room that it is of. */
export async function documentsBy(
  db: Db | Transaction<Tables>,
  room: Pick<Room, "id" | "key">,
  prints: readonly string[],
): Promise<ReadonlyMap<string, { id: DocumentId; tier: Tier }>> {
  const byHash = new Map(prints.map((print) => [hashOf(room, print), print]));
  const hashes = [...byHash.keys()];
  const found = new Map<string, { id: DocumentId; tier: Tier }>();
  for (let first = 0; first < hashes.length; first += AT_ONCE) {
    const rows = await db
      .selectFrom("room_prints")
      .innerJoin("room_documents", "room_documents.id", "room_prints.document_id")
      .select(["room_prints.hash", "room_documents.id", "room_documents.tier"])
      .where("room_prints.room_id", "=", room.id)
      .where("room_prints.hash", "in", hashes.slice(first, first + AT_ONCE))
      .execute();
    for (const { hash, id, tier } of rows) {
      const print = byHash.get(hash);
      if (print === undefined) continue;
      found.set(print, { id: DocumentId.parse(id), tier: Tier.parse(tier) });
    }
  }
  return found;
}

/** The newest first. */
export async function documentsOf(db: Db, room: Room): Promise<RoomDocument[]> {
  const rows = await db
    .selectFrom("room_documents")
    .selectAll()
    .where("room_id", "=", room.id)
    .orderBy("added_at", "desc")
    .orderBy("id")
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    id: DocumentId.parse(row.id),
    title: room.key.text(row.title_sealed, titlePlace(row.id)),
    tier: Tier.parse(row.tier),
    addedAt: row.added_at,
  }));
}

/** All that a room that is deleted knows of its documents. */
export async function forgetDocuments(tx: Transaction<Tables>, roomId: string): Promise<void> {
  await tx.deleteFrom("room_prints").where("room_id", "=", roomId).execute();
  await tx.deleteFrom("room_documents").where("room_id", "=", roomId).execute();
}

async function tierOf(
  tx: Transaction<Tables>,
  room: Room,
  documentId: string,
): Promise<Tier | undefined> {
  const row = await tx
    .selectFrom("room_documents")
    .select("tier")
    .where("id", "=", documentId)
    .where("room_id", "=", room.id)
    .executeTakeFirst();
  return row === undefined ? undefined : Tier.parse(row.tier);
}

async function remember(
  tx: Transaction<Tables>,
  room: Room,
  documentId: string,
  prints: readonly string[],
): Promise<void> {
  await tx
    .insertInto("room_prints")
    .values(
      prints.map((print) => ({
        room_id: room.id,
        hash: hashOf(room, print),
        document_id: documentId,
      })),
    )
    .onConflict((conflict) => conflict.columns(["room_id", "hash"]).doNothing())
    .execute();
}

function setTier(tx: Transaction<Tables>, documentId: string, from: Tier, tier: Tier) {
  return tx
    .updateTable("room_documents")
    .set({ tier })
    .where("id", "=", documentId)
    .where("tier", "=", from)
    .executeTakeFirst();
}

export function createDocuments(deps: { db: Db; keys: Keyring; move: Mover }): Documents {
  const { db, keys, move } = deps;
  const lowered = { ok: false, problem: problem("document_lower") } as const;
  return {
    mark: (sub, roomId, { title, tier, prints, place }) =>
      move({ sub, roomId, right: "threads" }, async ({ tx, room, may, at, audit }) => {
        const known = await documentsBy(tx, room, prints);
        const there = prints.flatMap((print) => known.get(print) ?? [])[0];
        if (there !== undefined) {
          if (isLower(tier, there.tier) && !may("roles")) {
            return lowered;
          }
          await remember(tx, room, there.id, [...prints, place]);
          if (tier === there.tier) return { ok: true, value: undefined };
          await setTier(tx, there.id, there.tier, tier);
          const facts = { documentId: there.id, from: there.tier, to: tier };
          await audit("document.tier_changed", facts);
          return { ok: true, value: undefined };
        }
        const { held } = await tx
          .selectFrom("room_documents")
          .select(({ fn }) => fn.countAll().as("held"))
          .where("room_id", "=", room.id)
          .executeTakeFirstOrThrow();
        if (Number(held) >= MOST) return { ok: false, problem: problem("room_full") };
        const id = DocumentId.parse(newId("doc"));
        await tx
          .insertInto("room_documents")
          .values({
            id,
            room_id: room.id,
            tier,
            title_sealed: room.key.seal(title.slice(0, TITLE), titlePlace(id)),
            added_at: at,
          })
          .execute();
        await remember(tx, room, id, [...prints, place]);
        await audit("document.marked", { documentId: id, tier });
        return { ok: true, value: undefined };
      }),

    change: (sub, roomId, documentId, { from, tier }) =>
      move({ sub, roomId, right: "threads" }, async ({ tx, room, may, audit }) => {
        const now = await tierOf(tx, room, documentId);
        if (now === undefined) return { ok: false, problem: problem("not_found") };
        if (now !== from) return { ok: false, problem: problem("room_changed") };
        if (isLower(tier, from) && !may("roles")) return lowered;
        await setTier(tx, documentId, from, tier);
        await audit("document.tier_changed", { documentId, from, to: tier });
        return { ok: true, value: undefined };
      }),

    unmark: (sub, roomId, documentId) =>
      move({ sub, roomId, right: "roles" }, async ({ tx, room, audit }) => {
        const tier = await tierOf(tx, room, documentId);
        if (tier === undefined) return { ok: false, problem: problem("not_found") };
        await tx.deleteFrom("room_prints").where("document_id", "=", documentId).execute();
        await tx.deleteFrom("room_documents").where("id", "=", documentId).execute();
        await audit("document.unmarked", { documentId, tier });
        return { ok: true, value: undefined };
      }),

    async marks(sub, places) {
      const marks = new Map<string, ThreadFile["marks"]>();
      for (const room of await roomsWithDocuments(db, keys, sub)) {
        for (const [place, { id, tier }] of await documentsBy(db, room, places)) {
          const mark = { roomId: room.id, documentId: id, tier };
          marks.set(place, [...(marks.get(place) ?? []), mark]);
        }
      }
      return marks;
    },
  };
}
