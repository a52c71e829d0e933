/**
 * What members say that counterparties reached. A proposal is its member's alone until they stand for it; nothing that was confirmed is ever
 * overwritten. The words of a mail are kept as proof and leave only through `entry-mail.ts`.
 */
import { EntryId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { RoleName, type Roles } from "@vaultdesk/shared/role.ts";
import { type Entry, EntryState, type Reached } from "@vaultdesk/shared/tracker.ts";

import { append } from "../audit/append.ts";
import type { Answer } from "../google/call.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import type { Mover } from "./change.ts";
import {
  find,
  insert,
  opened,
  sealed,
  seenBy,
  type Source,
  strange,
  withdrawn,
} from "./entries.ts";
import { messagesIn } from "./messages.ts";
import { addressPlace, openRoom, type Room, roleIn } from "./room.ts";

/** Of one member, waiting for them. */
const MOST_PROPOSED = 100;

/** An entry with its proof. */
export interface Kept extends Entry {
  source?: Source;
}

interface Tracked {
  room: Room;
  yours: RoleName;
  mayNote: boolean;
  /** As they were noted. */
  entries: readonly Kept[];
  /** Which of these messages, by Message-ID, are of the room's threads. */
  has: (rfcIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

export interface Tracker {
  /** `undefined` for whoever is no member. */
  read(sub: string, roomId: string): Promise<Tracked | undefined>;
  /** By somebody's assistant, for them to confirm. The same a second time is there already. */
  propose(sub: string, roomId: string, said: Reached, source: Source): Promise<Answer<void>>;
  /** By hand. `instead`: what is withdrawn with it. */
  note(
    sub: string,
    roomId: string,
    said: Reached,
    more: { source?: Source | undefined; instead?: string | undefined },
  ): Promise<Answer<void>>;
  /** What their assistant proposed, as they stand for it. */
  confirm(sub: string, roomId: string, entryId: string, said: Reached): Promise<Answer<void>>;
  /** A proposal goes; what was confirmed stays and no longer counts. */
  withdraw(sub: string, roomId: string, entryId: string): Promise<Answer<void>>;
  /** The table was asked for: a row of the audit trail. */
  exported(sub: string, roomId: string, entries: number): Promise<void>;
}

export function createTracker(deps: {
  db: Db;
  keys: Keyring;
  move: Mover;
  /** What no room may go past. */
  ceiling: Roles;
  now(): Date;
}): Tracker {
  const { db, keys, move } = deps;
  return {
    async read(sub, roomId) {
      const row = await db
        .selectFrom("rooms")
        .innerJoin("room_members", "room_members.room_id", "rooms.id")
        .where("room_members.sub", "=", sub)
        .where("rooms.id", "=", roomId)
        .selectAll("rooms")
        .select(["room_members.role", "room_members.id as member_id"])
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const room = openRoom(row, keys);
      const yours = RoleName.parse(row.role);
      const [entries, members] = await Promise.all([
        seenBy(db, room.id, row.member_id),
        db
          .selectFrom("room_members")
          .select(["id", "address_sealed"])
          .where("room_id", "=", room.id)
          .execute(),
      ]);
      const addresses = new Map(members.map((one) => [one.id, one.address_sealed]));
      return {
        room,
        yours,
        has: (rfcIds) => messagesIn(db, room, rfcIds),
        mayNote: roleIn(room, yours, deps.ceiling).rights.includes("tracker"),
        entries: entries.map((entry): Kept => {
          const { said, source } = opened(room, entry);
          const address = addresses.get(entry.member_id);
          return {
            id: EntryId.parse(entry.id),
            said,
            state: EntryState.parse(entry.state),
            ...(address === undefined
              ? {}
              : { by: room.key.text(address, addressPlace(entry.member_id)) }),
            yours: entry.member_id === row.member_id,
            at: entry.at,
            sourced: source !== undefined,
            ...(source === undefined ? {} : { source }),
          };
        }),
      };
    },

    propose: (sub, roomId, said, source) =>
      move({ sub, roomId, right: "tracker" }, async (change) => {
        const { tx, room, me } = change;
        const refusal = strange(room.details, said);
        if (refusal !== undefined) return { ok: false, problem: refusal };
        const mine = (await seenBy(tx, room.id, me.memberId)).filter(
          (row) => row.member_id === me.memberId && row.state === "proposed",
        );
        if (mine.length >= MOST_PROPOSED) return { ok: false, problem: problem("room_full") };
        const body = JSON.stringify({ said, source });
        // A run that is gone through again after a crash proposes it again.
        if (mine.some((row) => JSON.stringify(opened(room, row)) === body)) {
          return { ok: true, value: undefined };
        }
        return insert(change, "proposed", { said, source });
      }),

    note: (sub, roomId, said, { source, instead }) =>
      move({ sub, roomId, right: "tracker" }, async (change) => {
        const { tx, room, audit } = change;
        const refusal = strange(room.details, said);
        if (refusal !== undefined) return { ok: false, problem: refusal };
        if (instead !== undefined) {
          const gone = await withdrawn(tx, room, instead);
          if (gone === undefined) return { ok: false, problem: problem("room_changed") };
          const { milestone } = opened(room, gone).said;
          await audit("milestone.withdrawn", { entryId: instead, milestone });
        }
        return insert(change, "confirmed", { said, source }, instead);
      }),

    confirm: (sub, roomId, entryId, said) =>
      move({ sub, roomId, right: "tracker" }, async ({ tx, room, me, at, audit }) => {
        const found = await find(tx, room, me.memberId, entryId);
        if (found === undefined) return { ok: false, problem: problem("not_found") };
        const refusal = strange(room.details, said);
        if (refusal !== undefined) return { ok: false, problem: refusal };
        const { source } = opened(room, found);
        const confirmed = await tx
          .updateTable("room_entries")
          .set({
            state: "confirmed",
            at,
            body_sealed: sealed(room, entryId, { said, source }),
          })
          .where("id", "=", entryId)
          .where("member_id", "=", me.memberId)
          .where("state", "=", "proposed")
          .returning("id")
          .executeTakeFirst();
        if (confirmed === undefined) return { ok: false, problem: problem("room_changed") };
        await audit("milestone.confirmed", { entryId, milestone: said.milestone });
        return { ok: true, value: undefined };
      }),

    withdraw: (sub, roomId, entryId) =>
      move({ sub, roomId, right: "tracker" }, async ({ tx, room, me, audit }) => {
        const found = await find(tx, room, me.memberId, entryId);
        if (found === undefined) return { ok: false, problem: problem("not_found") };
        const { milestone } = opened(room, found).said;
        if (found.state === "proposed") {
          await tx.deleteFrom("room_entries").where("id", "=", entryId).execute();
          await audit("milestone.rejected", { entryId, milestone });
          return { ok: true, value: undefined };
        }
        if ((await withdrawn(tx, room, entryId)) === undefined) {
          return { ok: false, problem: problem("room_changed") };
        }
        await audit("milestone.withdrawn", { entryId, milestone });
        return { ok: true, value: undefined };
      }),

    exported: (sub, roomId, entries) =>
      db.transaction().execute((tx) => {
        const facts = { entries };
        return append(tx, deps.now().toISOString(), {
          kind: "tracker.exported",
          sub,
          roomId,
          facts,
        });
      }),
  };
}
