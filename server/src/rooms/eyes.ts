/** Whose yes an action needs besides its requester's: asked when it is proposed, and again when all have said yes. */
import type { Action } from "@vaultdesk/shared/action.ts";
import { approversWords, type EyesRule } from "@vaultdesk/shared/four-eyes.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { RoleName } from "@vaultdesk/shared/role.ts";

import type { Answer } from "../google/call.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { awayNow } from "./absence.ts";
import { isClosed } from "./barred.ts";
import {
  absentOf,
  choose,
  type EyesMember,
  type EyesRoom,
  needsOf,
  type Second,
  unanswered,
} from "./needed.ts";
import { addressPlace, openRoom } from "./room.ts";

export interface Eyes {
  /** Whom to ask besides, and whom they are told that it comes from; a problem where the rooms have nobody for it. */
  others(
    sub: string,
    roomIds: readonly string[],
    action: Action,
  ): Promise<Answer<{ asker: string; seconds: Second[] }>>;
  /** Why the yes of those who were asked is not enough any more; `undefined` where it is. */
  tooFew(
    sub: string,
    approvalId: string,
    roomIds: readonly string[],
    action: Action,
  ): Promise<string | undefined>;
}

export function createEyes(
  db: Db,
  keys: Keyring,
  pinned: readonly EyesRule[],
  now: () => Date,
): Eyes {
  async function roomsOf(roomIds: readonly string[]): Promise<EyesRoom[]> {
    if (roomIds.length === 0) return [];
    const [rows, members] = await Promise.all([
      db.selectFrom("rooms").selectAll().where("id", "in", roomIds).execute(),
      db
        .selectFrom("room_members")
        .leftJoin("panels", (join) =>
          join
            .onRef("panels.sub", "=", "room_members.sub")
            .on("panels.open_until", ">", now().getTime()),
        )
        .selectAll("room_members")
        .select("panels.open_until")
        .where("room_id", "in", roomIds)
        .execute(),
    ]);
    return rows.map((row) => {
      const { id, key, details, rules } = openRoom(row, keys);
      const inside = members.filter((one) => one.room_id === row.id);
      const theirs = inside.flatMap((one): EyesMember[] => {
        if (one.sub === null) return [];
        const away = awayNow(one, inside, key, now());
        return [
          {
            id: one.id,
            sub: one.sub,
            address: key.text(one.address_sealed, addressPlace(one.id)),
            role: RoleName.parse(one.role),
            since: one.since,
            present: one.open_until !== null,
            away: away && { until: away.absence.until, standIn: away.delegate.id },
          },
        ];
      });
      return { id, circle: details.circle, rules, members: theirs };
    });
  }

  return {
    async others(sub, roomIds, action) {
      const rooms = await roomsOf(roomIds);
      const chosen = choose(needsOf(action, sub, rooms, pinned), sub, rooms);
      const asker = rooms[0]?.members.find((one) => one.sub === sub)?.address ?? "";
      if (chosen.ok) return { ok: true, value: { asker, seconds: chosen.seconds } };
      const { why } = chosen.need;
      return { ok: false, problem: problem("nobody_to_approve", { detail: why }) };
    },

    async tooFew(sub, approvalId, roomIds, action) {
      const rooms = await roomsOf(roomIds);
      const needs = needsOf(action, sub, rooms, pinned);
      if (needs.length === 0) return undefined;
      const asked = await db
        .selectFrom("approvals")
        .select("sub")
        .where("second_of", "=", approvalId)
        .where("state", "=", "executing")
        .execute();
      // Whom a wall keeps from it says no yes to it, nor has somebody stand in for them.
      const kept = new Set<string>();
      const involved = asked.flatMap((one) => [one.sub, ...absentOf(one.sub, rooms)]);
      for (const one of new Set(involved)) {
        if (await isClosed(db, one, approvalId)) kept.add(one);
      }
      const standing = rooms.map((room) => ({
        ...room,
        members: room.members.filter((one) => !kept.has(one.sub)),
      }));
      const subs = asked.map((one) => one.sub).filter((one) => !kept.has(one));
      const need = unanswered(needs, sub, subs, standing);
      return need === undefined
        ? undefined
        : `It needs the yes of ${approversWords(need)}, and who approved it is that no more, or was not asked for it.`;
    },
  };
}
