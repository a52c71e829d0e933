import { Absence } from "@vaultdesk/shared/absence.ts";
/**
 * Who of a room is away, and who stands in for them. An absence holds until its day, while both are in the room, and while the one who stands
 * in has the same role, unless a lead named them; an observer's yes never counts. Whoever is away keeps their own yes.
 */
import { parseJson } from "@vaultdesk/shared/json.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { Selectable, Transaction } from "kysely";
import { z } from "zod";

import type { Answer } from "../google/call.ts";
import type { RoomKey } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";
import { dayAfter, instantOf, isZone, wallOf } from "../time/zone.ts";
import type { Mover } from "./change.ts";

type MemberRow = Selectable<Tables["room_members"]>;

/** `over`: when the day begins, in UTC. */
const Kept = Absence.extend({ over: z.iso.datetime(), namedByLead: z.boolean() });
type Kept = z.infer<typeof Kept>;

const LONGEST_DAYS = 366;

const place = (memberId: string) => `room_members/${memberId}/away`;

type Standing = Pick<MemberRow, "id" | "sub" | "role">;

/** Who stands in for this member now, among these; `undefined` where they are not away. */
function standIn<M extends Standing>(
  kept: Kept,
  member: Standing,
  others: readonly M[],
  now: Date,
): M | undefined {
  const delegate = others.find(({ id }) => id === kept.delegate);
  if (delegate === undefined || delegate.sub === null || member.sub === null) return undefined;
  if (Date.parse(kept.over) <= now.getTime()) return undefined;
  const fits = kept.namedByLead ? delegate.role !== "observer" : delegate.role === member.role;
  return fits ? delegate : undefined;
}

function open({ id, away_sealed: sealed }: MemberRow, key: RoomKey): Kept | undefined {
  return sealed === null ? undefined : Kept.parse(parseJson(key.text(sealed, place(id))));
}

/** The absence of a member among all of the room, where one holds now. */
export function awayNow(
  member: MemberRow,
  members: readonly MemberRow[],
  key: RoomKey,
  now: Date,
): { absence: Absence; delegate: MemberRow } | undefined {
  const kept = open(member, key);
  const delegate = kept === undefined ? undefined : standIn(kept, member, members, now);
  return kept === undefined || delegate === undefined
    ? undefined
    : { absence: Absence.parse(kept), delegate };
}

export interface Absences {
  /** `until` and `timeZone` as the route has them. */
  set(
    sub: string,
    roomId: string,
    memberId: string,
    absence: Absence & { timeZone: string },
  ): Promise<Answer<void>>;
  end(sub: string, roomId: string, memberId: string): Promise<Answer<void>>;
}

const membersOf = (tx: Transaction<Tables>, roomId: string): Promise<MemberRow[]> =>
  tx.selectFrom("room_members").selectAll().where("room_id", "=", roomId).execute();

async function clear(tx: Transaction<Tables>, memberId: string): Promise<void> {
  await tx
    .updateTable("room_members")
    .set({ away_sealed: null })
    .where("id", "=", memberId)
    .execute();
}

/** What of the room's absences does not hold any more, since somebody left or has another role. */
export async function endUnheld(
  tx: Transaction<Tables>,
  { id: roomId, key }: { id: string; key: RoomKey },
  now: Date,
  ended: (memberId: string) => Promise<void>,
): Promise<void> {
  const members = await membersOf(tx, roomId);
  for (const member of members) {
    const kept = open(member, key);
    if (kept === undefined || standIn(kept, member, members, now) !== undefined) continue;
    await clear(tx, member.id);
    // Its day ended it, and the row of its beginning says so.
    if (Date.parse(kept.over) > now.getTime()) await ended(member.id);
  }
}

function refused(detail: string): { ok: false; problem: ReturnType<typeof problem> } {
  return { ok: false, problem: problem("absence_refused", { detail }) };
}

export function createAbsences(deps: { move: Mover; now(): Date }): Absences {
  const { move } = deps;
  const ONLY = "Only they themselves or a lead says that somebody is away.";
  const notTheirs = () => ({
    ok: false as const,
    problem: problem("role_lacks", { detail: ONLY }),
  });

  return {
    set: (sub, roomId, memberId, { until, timeZone, delegate }) =>
      move({ sub, roomId }, async ({ tx, room, me, audit }) => {
        const members = await membersOf(tx, room.id);
        const member = members.find(({ id }) => id === memberId);
        if (member === undefined) return { ok: false, problem: problem("not_found") };
        const byLead = me.role === "lead";
        if (memberId !== me.memberId && !byLead) return notTheirs();
        if (!isZone(timeZone)) return { ok: false, problem: problem("bad_request") };
        const now = deps.now();
        const today = wallOf(now, timeZone);
        if (until <= dayAfter(today, 0)) return refused("The day has to be after today.");
        if (until > dayAfter(today, LONGEST_DAYS)) return refused("A year ahead is the most.");
        const [year = 0, month = 0, day = 0] = until.split("-").map(Number);
        const over = instantOf({ year, month, day }, timeZone);
        const kept: Kept = { until, delegate, over, namedByLead: byLead };
        const other = members.find(({ id }) => id === delegate);
        if (other === undefined || other.sub === null || member.sub === null) {
          return refused("Both have to be in the room; an invitation is not enough.");
        }
        if (other.id === member.id) return refused("Nobody stands in for themselves.");
        if (member.role === "observer") return refused("An observer is asked for nothing.");
        if (standIn(kept, member, members, now) === undefined) {
          return refused(
            byLead
              ? "An observer's yes never counts."
              : "They have another role than yours: only a lead can name them.",
          );
        }
        if (awayNow(other, members, room.key, now) !== undefined) {
          return refused("They are away too.");
        }
        await tx
          .updateTable("room_members")
          .set({ away_sealed: room.key.seal(JSON.stringify(kept), place(member.id)) })
          .where("id", "=", member.id)
          .execute();
        await audit("member.away", { memberId, delegateId: delegate, until });
        return { ok: true, value: undefined };
      }),

    end: (sub, roomId, memberId) =>
      move({ sub, roomId }, async ({ tx, room, me, audit }) => {
        const members = await membersOf(tx, room.id);
        const member = members.find(({ id }) => id === memberId);
        if (member === undefined) return { ok: false, problem: problem("not_found") };
        if (memberId !== me.memberId && me.role !== "lead") return notTheirs();
        if (awayNow(member, members, room.key, deps.now()) === undefined) {
          return { ok: true, value: undefined };
        }
        await clear(tx, member.id);
        await audit("member.back", { memberId, reason: "ended" });
        return { ok: true, value: undefined };
      }),
  };
}
