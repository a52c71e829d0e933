/**
 * Every move of a room: under the lock of its row, by a member whose role allows it, with its audit row in the same transaction. To whoever
 * is no member a room that is there and one that is not are the same: one statement, no row.
 */
import { MemberId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { RIGHT_WORDS, type Right, RoleName, type Roles } from "@vaultdesk/shared/role.ts";
import type { Transaction } from "kysely";

import { append, type AuditEntry } from "../audit/append.ts";
import type { Answer } from "../google/call.ts";
import type { Bus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { openRoom, roleIn, type Room } from "./room.ts";

interface Self {
  sub: string;
  memberId: MemberId;
  role: RoleName;
}

interface Moving {
  tx: Transaction<Tables>;
  room: Room;
  me: Self;
  /** Whether the caller's role gives it. */
  may: (right: Right) => boolean;
  at: string;
  audit: (kind: AuditEntry["kind"], facts: AuditEntry["facts"]) => Promise<void>;
  /** This person is in or out from now on: what they have open looks again. */
  announce: (sub: string) => Promise<void>;
}

interface Wanted {
  sub: string;
  roomId: string;
  /** Absent where every member may. */
  right?: Right;
  /** As the caller saw it. */
  version?: number;
}

/** Rolls back what was begun. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;
  constructor(refusal: Problem) {
    super(refusal.code);
    this.problem = refusal;
  }
}

export type Mover = <T>(
  wanted: Wanted,
  work: (moving: Moving) => Promise<Answer<T>>,
) => Promise<Answer<T>>;

export function lacking(right: Right, role: RoleName): Problem {
  return problem("role_lacks", { detail: `As ${role} you may not ${RIGHT_WORDS[right]}.` });
}

export function createMover(deps: {
  db: Db;
  bus: Bus;
  keys: Keyring;
  ceiling: Roles;
  now(): Date;
}): Mover {
  const { db, bus, keys } = deps;

  return async ({ sub, roomId, right, version }, work) => {
    const told = new Set<string>();
    try {
      const done = await db.transaction().execute(async (tx) => {
        // The lock: two who change a room at once are put in a row, so that two leads can't remove one another.
        const row = await tx
          .updateTable("rooms")
          .set((column) => ({ version: column("version", "+", 1) }))
          .where("id", "=", roomId)
          .where("id", "in", (query) =>
            query.selectFrom("room_members").select("room_id").where("sub", "=", sub),
          )
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw new Refused(problem("not_found"));
        const mine = await tx
          .selectFrom("room_members")
          .select(["id", "role"])
          .where("sub", "=", sub)
          .where("room_id", "=", roomId)
          .executeTakeFirstOrThrow();
        const role = RoleName.parse(mine.role);
        const room = openRoom(row, keys);
        const { rights } = roleIn(room, role, deps.ceiling);
        if (right !== undefined && !rights.includes(right)) {
          throw new Refused(lacking(right, role));
        }
        if (version !== undefined && room.version !== version + 1) {
          throw new Refused(problem("room_changed"));
        }
        const at = deps.now().toISOString();
        const result = await work({
          tx,
          room,
          me: { sub, memberId: MemberId.parse(mine.id), role },
          may: (one) => rights.includes(one),
          at,
          audit: (kind, facts) => append(tx, at, { kind, sub, roomId, facts }),
          announce: async (other) => {
            told.add(other);
            await bus.publishIn(tx, "room", other);
          },
        });
        if (!result.ok) throw new Refused(result.problem);
        return result;
      });
      for (const one of told) bus.announce("room", one);
      return done;
    } catch (error) {
      if (error instanceof Refused) return { ok: false, problem: error.problem };
      throw error;
    }
  };
}
