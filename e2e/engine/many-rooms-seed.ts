/**
 * A full house: rooms with members and threads, one person in all of them, who has conversations, requests to their phone and audit rows. What
 * a view opens is sealed as the product seals it; the rest of the threads, which none opens, are bytes at random of the same length.
 */
import { randomBytes } from "node:crypto";

import { Action } from "@vaultdesk/shared/action.ts";
import { canonicalJson, digestOf } from "@vaultdesk/shared/digest.ts";
import { newId, RoomId } from "@vaultdesk/shared/id.ts";
import { DEFAULT_ROLES, RoleName } from "@vaultdesk/shared/role.ts";
import type { RoomDetails } from "@vaultdesk/shared/room.ts";

import { place } from "../../server/src/approvals/row.ts";
import { GENESIS, hashOf } from "../../server/src/audit/chain.ts";
import { addressPlace, sealedBody, titlePlace } from "../../server/src/rooms/room.ts";
import type { Keyring } from "../../server/src/store/keys.ts";
import type { Store } from "../../server/src/store/open.ts";

export interface House {
  rooms: number;
  /** Of each room, the person among them. */
  members: number;
  /** Of each room. */
  threads: number;
  conversations: number;
  /** The person's own; others have nine times as many. */
  auditRows: number;
}

interface Person {
  sub: string;
  email: string;
}

/** Rows of one statement: SQLite binds 32,766 values at most. */
const AT_ONCE = 1000;
/** Threads of a room that its view opens. */
const SHOWN = 200;
const START = Date.UTC(2026, 0, 1);
const at = (index: number) => new Date(START + index * 1000).toISOString();

type Compiled = Parameters<Store["db"]["executeQuery"]>[0];

/** The statement is compiled once for all full batches: its text is the same, the values are those of each. */
async function insertAll<R extends object>(
  { db }: Store,
  rows: Iterable<R>,
  into: (some: R[]) => { compile(): Compiled },
): Promise<void> {
  const known = new Map<number, Compiled>();
  async function insert(some: R[]): Promise<void> {
    const compiled = known.get(some.length) ?? into(some).compile();
    known.set(some.length, compiled);
    await db.executeQuery({
      ...compiled,
      parameters: some.flatMap((row): unknown[] => Object.values(row)),
    });
  }
  let held: R[] = [];
  for (const row of rows) {
    held.push(row);
    if (held.length < AT_ONCE) continue;
    await insert(held);
    held = [];
  }
  if (held.length > 0) await insert(held);
}

const detailsOf = (index: number): RoomDetails => ({
  codeName: `Project ${index}`,
  stage: "diligence",
  circle: [
    { who: `side${index}.example`, side: "counterparty" },
    ...Array.from({ length: 20 }, (_, n) => ({
      who: `adviser${n}.example`,
      side: "adviser" as const,
    })),
  ],
  dates: [{ day: "2026-12-01", what: "Signing" }],
  // Every second one at a wall of ten rooms, all on one side: the person may be in them.
  ...(index % 2 === 0 ? { wall: { name: `wall ${index % 20}`, side: "sell" } } : {}),
});

export function createHouse(
  store: Store,
  keys: Keyring,
  { sub, email }: Person,
  house: House,
  /** A thread that only the last room has, and one that all have: their Message-IDs. */
  known: { one: readonly string[]; all: readonly string[] },
) {
  const rooms = Array.from({ length: house.rooms }, (_, index) => {
    const id = RoomId.parse(newId("rom"));
    const wrapped = keys.wrappedForRoom(id);
    return { id, index, wrapped, key: keys.ofRoom(id, wrapped) };
  });
  type Room = (typeof rooms)[number];
  const { db } = store;

  function* roomRows() {
    for (const { id, index, wrapped, key } of rooms) {
      const details = detailsOf(index);
      yield {
        id,
        key_wrapped: wrapped,
        body_sealed: sealedBody(
          { id, key },
          { details, roles: DEFAULT_ROLES, rules: [], tiers: {} },
        ),
        state: "open",
        wall: details.wall === undefined ? null : keys.blind(`wall ${details.wall.name}`),
        wall_side: details.wall === undefined ? null : keys.blind(`side ${details.wall.side}`),
        version: 1,
        created_at: at(index),
        thread_count: house.threads,
      };
    }
  }

  function* memberRows({ id, index, key }: Room) {
    for (let member = 0; member < house.members; member += 1) {
      const memberId = newId("mem");
      const address = member === 0 ? email : `m${member}@firm${index}.example`;
      yield {
        id: memberId,
        room_id: id,
        sub: member === 0 ? sub : `google-oauth2|${index}-${member}`,
        address_hash: keys.blind(address),
        address_sealed: key.seal(address, addressPlace(memberId)),
        role: member === 0 ? "lead" : (RoleName.options[1 + (member % 4)] ?? "observer"),
        since: at(member),
      };
    }
  }

  const links = new Map<Room, string[]>();
  function* threadRows(room: Room) {
    const ids: string[] = [];
    for (let index = 0; index < house.threads; index += 1) {
      const id = newId("lnk");
      ids.push(id);
      const title = "Re: Draft of the disclosure schedules";
      yield {
        id,
        room_id: room.id,
        title_sealed:
          index < house.threads - SHOWN ? randomBytes(65) : room.key.seal(title, titlePlace(id)),
        added_at: at(index),
      };
    }
    links.set(room, ids);
  }

  function* messageRows(room: Room) {
    const ids = links.get(room) ?? [];
    const theirs = [...known.all, ...(room === rooms.at(-1) ? known.one : [])];
    for (const [index, link] of ids.entries()) {
      // Whoever has no key can't tell it from a hash.
      yield {
        room_id: room.id,
        hash: randomBytes(32).toString("base64url"),
        link_id: link,
        blind: randomBytes(32).toString("base64url"),
      };
      if (index > 0) continue;
      for (const one of theirs) {
        yield { room_id: room.id, hash: room.key.hash(one), link_id: link, blind: keys.blind(one) };
      }
    }
  }

  async function own(): Promise<void> {
    const sealer = await keys.of(sub);
    const talks = Array.from({ length: house.conversations }, (_, index) => ({
      id: newId("con"),
      index,
      roomId: rooms[index % rooms.length]?.id ?? "",
    }));
    const action = Action.parse({
      kind: "email.send",
      draftId: "r1000",
      content: {
        from: email,
        to: ["ana@side1.example"],
        cc: [],
        bcc: [],
        subject: "Disclosure schedules",
        text: "As discussed.\n".repeat(40),
        attachments: [],
      },
      rawSha256: "0".repeat(64),
    });
    const digest = await digestOf(action);
    await insertAll(
      store,
      talks.map(({ id, index }) => ({
        id,
        sub,
        title_sealed: sealer.seal(`What is open here? ${index}`, `conversations/${id}/title`),
        thread_id: null,
        last_seq: 0,
        created_at: at(index),
        updated_at: at(index),
      })),
      (some) => db.insertInto("conversations").values(some),
    );
    await insertAll(
      store,
      talks.map(({ id, roomId }) => ({ conversation_id: id, room_id: roomId })),
      (some) => db.insertInto("conversation_rooms").values(some),
    );
    await insertAll(
      store,
      talks.map(({ id: conversation, index }) => {
        const id = newId("apr");
        return {
          id,
          conversation_id: conversation,
          sub,
          approver: sub,
          state: "denied",
          digest,
          content_digest: digest,
          code: "1234",
          draft_id: "r1000",
          action_sealed: sealer.seal(JSON.stringify(action), place(id, "action")),
          raw_sealed: sealer.seal("x".repeat(4000), place(id, "raw")),
          lease_until: 0,
          pushes: 1,
          attempts: 0,
          requested_at: at(index),
          expires_at: at(index + 300),
          ended_at: at(index + 20),
        };
      }),
      (some) => db.insertInto("approvals").values(some),
    );
  }

  function* auditRows() {
    let prev = GENESIS;
    for (let seq = 1; seq <= house.auditRows * 10; seq += 1) {
      const who = seq % 10 === 0 ? sub : `google-oauth2|other-${seq % 97}`;
      const roomId = rooms[seq % rooms.length]?.id ?? "";
      // Rare kinds, so that a filter by group has far to go.
      const kind = seq % 4000 === 0 ? "room.changed" : "approval.moved";
      const facts = { digest: "0".repeat(64), from: "proposed", to: "waiting", kind: "email.send" };
      const entry = canonicalJson({ kind, sub: who, roomId, approvalId: newId("apr"), facts });
      const hash = hashOf(prev, seq, at(seq), entry);
      yield { seq, at: at(seq), entry, prev, hash, sub: who, kind };
      prev = hash;
    }
    last = { seq: house.auditRows * 10, hash: prev };
  }
  let last = { seq: 0, hash: GENESIS };

  return {
    rooms,
    fill: async (): Promise<void> => {
      await insertAll(store, roomRows(), (some) => db.insertInto("rooms").values(some));
      for (const room of rooms) {
        await insertAll(store, memberRows(room), (some) =>
          db.insertInto("room_members").values(some),
        );
        await insertAll(store, threadRows(room), (some) =>
          db.insertInto("room_threads").values(some),
        );
        await insertAll(store, messageRows(room), (some) =>
          db.insertInto("room_messages").values(some),
        );
      }
      await own();
      await insertAll(store, auditRows(), (some) => db.insertInto("audit").values(some));
      await db.updateTable("audit_head").set(last).where("id", "=", 1).execute();
      // As Postgres does by itself within a minute of so many new rows. SQLite plans without.
      if (store.kind === "postgres") {
        await db.executeQuery({ ...db.selectFrom("meta").selectAll().compile(), sql: "analyze" });
      }
    },
  };
}
