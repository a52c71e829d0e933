/** Who is in a room: invited by address, joined when the person who has that mailbox comes, and out again within one request. */
import { MemberId, newId } from "@vaultdesk/shared/id.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { RoleName } from "@vaultdesk/shared/role.ts";
import type { Transaction } from "kysely";

import { append } from "../audit/append.ts";
import type { Answer } from "../google/call.ts";
import { addressKept } from "../organisation/recipients.ts";
import type { Bus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { endUnheld } from "./absence.ts";
import { isBarred } from "./barred.ts";
import { lacking, type Mover } from "./change.ts";
import { forget, remember } from "./people.ts";
import { addressPlace } from "./room.ts";

const MOST = 200;

export interface Members {
  /** The mailbox that a person has connected: what they were invited to under that address is theirs from now on. */
  arrive(sub: string, address: string): Promise<void>;
  /** They have no mailbox connected any more. */
  disconnected(sub: string): Promise<void>;
  /** The same as `arrive`, for the address of their last session. */
  join(sub: string): Promise<void>;
  invite(sub: string, roomId: string, address: string, role: RoleName): Promise<Answer<void>>;
  change(
    sub: string,
    roomId: string,
    memberId: string,
    change: { from: RoleName; role: RoleName },
  ): Promise<Answer<void>>;
  /** Answers whose access ended; `undefined` for an invitation. */
  remove(sub: string, roomId: string, memberId: string): Promise<Answer<{ sub?: string }>>;
}

export function createMembers(deps: {
  db: Db;
  bus: Bus;
  keys: Keyring;
  move: Mover;
  policy: InForce;
  now(): Date;
  /** Told of a room that somebody is in from now on. */
  joined?(roomId: string): Promise<void>;
}): Members {
  const { db, bus, keys, move } = deps;

  async function joinOne(memberId: string, roomId: string, sub: string): Promise<void> {
    const at = deps.now().toISOString();
    const joined = await db.transaction().execute(async (tx) => {
      const invited = tx
        .selectFrom("room_members")
        .select("id")
        .where("id", "=", memberId)
        .where("sub", "is", null);
      if ((await invited.executeTakeFirst()) === undefined) return false;
      // Nobody is told: a refusal would say that there is a room on the other side.
      if (await isBarred(tx, sub, roomId)) {
        await tx.deleteFrom("room_members").where("id", "=", memberId).execute();
        await append(tx, at, { kind: "member.kept_out", sub, roomId, facts: { memberId } });
        return false;
      }
      const moved = await tx
        .updateTable("room_members")
        .set({ sub, since: at })
        .where("id", "=", memberId)
        .where("sub", "is", null)
        .returning("role")
        .executeTakeFirst();
      if (moved === undefined) return false;
      const facts = { memberId, role: moved.role };
      await append(tx, at, { kind: "member.joined", sub, roomId, facts });
      await bus.publishIn(tx, "room", sub);
      return true;
    });
    if (!joined) return;
    bus.announce("room", sub);
    await deps.joined?.(roomId);
  }

  async function join(sub: string): Promise<void> {
    const invitations = await db
      .selectFrom("people")
      .innerJoin("room_members", "room_members.address_hash", "people.address_hash")
      .select(["room_members.id", "room_members.room_id"])
      .where("people.sub", "=", sub)
      .where("room_members.sub", "is", null)
      // In under another address already.
      .where("room_members.room_id", "not in", (query) =>
        query.selectFrom("room_members as in").select("in.room_id").where("in.sub", "=", sub),
      )
      .execute();
    for (const { id, room_id: roomId } of invitations) await joinOne(id, roomId, sub);
  }

  return {
    async arrive(sub, address) {
      await remember(db, keys, sub, address);
      await join(sub);
    },

    disconnected: (sub) => forget(db, sub),

    join,

    invite: (sub, roomId, address, role) =>
      move({ sub, roomId, right: "members" }, async ({ tx, room, me, at, audit }) => {
        const refusal = mayGive(me.role, role);
        if (refusal !== undefined) return { ok: false, problem: refusal };
        // Who is in a room learns of its threads.
        const detail = addressKept(address, deps.policy);
        if (detail !== undefined) {
          return { ok: false, problem: problem("organisation_refuses", { detail }) };
        }
        const rows = await tx
          .selectFrom("room_members")
          .select("address_hash")
          .where("room_id", "=", room.id)
          .execute();
        const address_hash = keys.blind(address);
        if (rows.length >= MOST) return { ok: false, problem: problem("room_full") };
        if (rows.some((row) => row.address_hash === address_hash)) {
          return { ok: false, problem: problem("member_already") };
        }
        const id = MemberId.parse(newId("mem"));
        await tx
          .insertInto("room_members")
          .values({
            id,
            room_id: room.id,
            sub: null,
            address_hash,
            address_sealed: room.key.seal(address, addressPlace(id)),
            role,
            since: at,
            away_sealed: null,
          })
          .execute();
        await audit("member.invited", { memberId: id, role });
        return { ok: true, value: undefined };
      }),

    change: (sub, roomId, memberId, { from, role }) =>
      move({ sub, roomId, right: "members" }, async ({ tx, room, me, audit, announce }) => {
        const refusal = mayGive(me.role, role) ?? mayGive(me.role, from);
        if (refusal !== undefined) return { ok: false, problem: refusal };
        const moved = await tx
          .updateTable("room_members")
          .set({ role })
          .where("id", "=", memberId)
          .where("room_id", "=", room.id)
          .where("role", "=", from)
          .returning("sub")
          .executeTakeFirst();
        if (moved === undefined) {
          const there = await findMember(tx, room.id, memberId);
          return { ok: false, problem: problem(there ? "room_changed" : "not_found") };
        }
        if (!(await isLed(tx, room.id))) return { ok: false, problem: problem("last_lead") };
        await audit("member.role_changed", { memberId, from, to: role });
        await endUnheld(tx, room, deps.now(), (one) =>
          audit("member.back", { memberId: one, reason: "role" }),
        );
        if (moved.sub !== null) await announce(moved.sub);
        return { ok: true, value: undefined };
      }),

    remove: (sub, roomId, memberId) =>
      move<{ sub?: string }>({ sub, roomId }, async ({ tx, room, me, may, audit, announce }) => {
        const member = await findMember(tx, room.id, memberId);
        if (member === undefined) return { ok: false, problem: problem("not_found") };
        const leaving = memberId === me.memberId;
        const refusal = may("members")
          ? mayGive(me.role, RoleName.parse(member.role))
          : lacking("members", me.role);
        if (!leaving && refusal !== undefined) return { ok: false, problem: refusal };
        await tx.deleteFrom("room_members").where("id", "=", memberId).execute();
        // What their assistant proposed was theirs alone.
        await tx
          .deleteFrom("room_entries")
          .where("room_id", "=", room.id)
          .where("member_id", "=", memberId)
          .where("state", "=", "proposed")
          .execute();
        if (!(await isLed(tx, room.id))) return { ok: false, problem: problem("last_lead") };
        await audit(leaving ? "member.left" : "member.removed", { memberId, role: member.role });
        await endUnheld(tx, room, deps.now(), (one) =>
          audit("member.back", { memberId: one, reason: "left" }),
        );
        if (member.sub === null) return { ok: true, value: {} };
        await announce(member.sub);
        return { ok: true, value: { sub: member.sub } };
      }),
  };
}

/** Only who leads makes or unmakes a lead: who may invite could else make themselves one. */
function mayGive(mine: RoleName, role: RoleName): Problem | undefined {
  if (mine === "lead" || role !== "lead") return undefined;
  return problem("role_lacks", { detail: "Only a lead makes somebody a lead." });
}

function findMember(tx: Transaction<Tables>, roomId: string, memberId: string) {
  return tx
    .selectFrom("room_members")
    .select(["sub", "role"])
    .where("id", "=", memberId)
    .where("room_id", "=", roomId)
    .executeTakeFirst();
}

/** An invited lead leads nothing yet. */
async function isLed(tx: Transaction<Tables>, roomId: string): Promise<boolean> {
  const lead = await tx
    .selectFrom("room_members")
    .select("id")
    .where("room_id", "=", roomId)
    .where("role", "=", "lead")
    .where("sub", "is not", null)
    .executeTakeFirst();
  return lead !== undefined;
}
