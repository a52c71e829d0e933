/** Rooms at rest: made, listed, seen, changed, closed and deleted. Members are `members.ts`, threads `threads.ts`. */
import type { EyesRules } from "@vaultdesk/shared/four-eyes.ts";
import { LinkId, MemberId, newId, RoomId } from "@vaultdesk/shared/id.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import {
  beyond,
  DEFAULT_ROLES,
  Right,
  RoleName,
  type Roles,
  within,
} from "@vaultdesk/shared/role.ts";
import type {
  Member,
  RoomDetails,
  RoomLink,
  RoomRow,
  RoomState,
  RoomView,
} from "@vaultdesk/shared/room.ts";
import type { Tightened } from "@vaultdesk/shared/tier.ts";

import { append } from "../audit/append.ts";
import type { Answer } from "../google/call.ts";
import { makesRooms } from "../organisation/recipients.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { awayNow } from "./absence.ts";
import { standsOnBothSides } from "./barred.ts";
import type { Mover } from "./change.ts";
import { documentsOf, forgetDocuments } from "./documents.ts";
import { movedLines, strangeOwn } from "./own-side.ts";
import { addressOf } from "./people.ts";
import { addressPlace, type Body, openRoom, type Room, sealedBody, titlePlace } from "./room.ts";

const LINKS_SHOWN = 200;
/** Enough for anybody; a list without an end would be somebody's disk. */
const MOST_ROOMS = 500;

export interface Rooms {
  create(sub: string, codeName: string): Promise<Answer<RoomView>>;
  list(sub: string): Promise<RoomRow[]>;
  /** `undefined` for whoever is no member. */
  view(sub: string, id: string): Promise<RoomView | undefined>;
  change(sub: string, id: string, version: number, details: RoomDetails): Promise<Answer<void>>;
  changeRoles(sub: string, id: string, version: number, roles: Roles): Promise<Answer<void>>;
  /** What it adds to the rules that hold in every room. */
  changeRules(sub: string, id: string, version: number, rules: EyesRules): Promise<Answer<void>>;
  /** What it takes away from who gets which documents everywhere. */
  changeTiers(sub: string, id: string, version: number, tiers: Tightened): Promise<Answer<void>>;
  setState(sub: string, id: string, version: number, state: RoomState): Promise<Answer<void>>;
  /** Answers who was in it. */
  remove(sub: string, id: string): Promise<Answer<{ subs: string[] }>>;
}

export function createRooms(deps: {
  db: Db;
  keys: Keyring;
  move: Mover;
  policy: InForce;
  now(): Date;
}): Rooms {
  const { db, keys, move, policy } = deps;

  async function membersOf(room: Room, sub: string): Promise<Member[]> {
    const rows = await db
      .selectFrom("room_members")
      .selectAll()
      .where("room_id", "=", room.id)
      .orderBy("since")
      .orderBy("id")
      .execute();
    return rows.map((row) => {
      const away = awayNow(row, rows, room.key, deps.now());
      return {
        id: MemberId.parse(row.id),
        address: room.key.text(row.address_sealed, addressPlace(row.id)),
        role: RoleName.parse(row.role),
        state: row.sub === null ? ("invited" as const) : ("joined" as const),
        you: row.sub === sub,
        ...(away === undefined ? {} : { away: away.absence }),
      };
    });
  }

  async function linksOf(room: Room): Promise<{ threads: RoomLink[]; threadCount: number }> {
    const [rows, { held }] = await Promise.all([
      db
        .selectFrom("room_threads")
        .selectAll()
        .where("room_id", "=", room.id)
        .orderBy("added_at", "desc")
        .limit(LINKS_SHOWN)
        .execute(),
      db
        .selectFrom("room_threads")
        .select(({ fn }) => fn.countAll().as("held"))
        .where("room_id", "=", room.id)
        .executeTakeFirstOrThrow(),
    ]);
    const threads = rows.map((row) => ({
      id: LinkId.parse(row.id),
      title: room.key.text(row.title_sealed, titlePlace(row.id)),
      addedAt: row.added_at,
    }));
    return { threads, threadCount: Number(held) };
  }

  const mine = (sub: string) =>
    db
      .selectFrom("rooms")
      .innerJoin("room_members", "room_members.room_id", "rooms.id")
      .where("room_members.sub", "=", sub)
      .selectAll("rooms")
      .select("room_members.role");

  const rooms: Rooms = {
    async create(sub, codeName) {
      const address = await addressOf(db, keys, sub);
      if (address === undefined) return { ok: false, problem: problem("google_not_connected") };
      if (!makesRooms(policy, address)) {
        const detail = "It says who may make deal rooms, and your mailbox is not among them.";
        return { ok: false, problem: problem("organisation_refuses", { detail }) };
      }
      const id = RoomId.parse(newId("rom"));
      const memberId = MemberId.parse(newId("mem"));
      const at = deps.now().toISOString();
      const wrapped = keys.wrappedForRoom(id);
      const key = keys.ofRoom(id, wrapped);
      const details: RoomDetails = { codeName, stage: "teaser", circle: [], dates: [] };
      const made = await db.transaction().execute(async (tx) => {
        const { held } = await tx
          .selectFrom("room_members")
          .select(({ fn }) => fn.countAll().as("held"))
          .where("sub", "=", sub)
          .executeTakeFirstOrThrow();
        if (Number(held) >= MOST_ROOMS) return false;
        await tx
          .insertInto("rooms")
          .values({
            id,
            key_wrapped: wrapped,
            body_sealed: sealedBody(
              { id, key },
              { details, roles: DEFAULT_ROLES, rules: [], tiers: {} },
            ),
            state: "open",
            wall: null,
            wall_side: null,
            version: 1,
            created_at: at,
            thread_count: 0,
          })
          .execute();
        await tx
          .insertInto("room_members")
          .values({
            id: memberId,
            room_id: id,
            sub,
            address_hash: keys.blind(address),
            address_sealed: key.seal(address, addressPlace(memberId)),
            role: "lead",
            since: at,
            away_sealed: null,
          })
          .execute();
        await append(tx, at, { kind: "room.created", sub, roomId: id, facts: { memberId } });
        return true;
      });
      const view = made ? await rooms.view(sub, id) : undefined;
      return view === undefined
        ? { ok: false, problem: problem("room_full") }
        : { ok: true, value: view };
    },

    async list(sub) {
      const rows = await mine(sub)
        .select((query) => [
          query
            .selectFrom("room_members as others")
            .select(({ fn }) => fn.countAll().as("n"))
            .whereRef("others.room_id", "=", "rooms.id")
            .as("members"),
          query.fn
            .coalesce(
              "rooms.thread_count",
              query
                .selectFrom("room_threads")
                .select(({ fn }) => fn.countAll<number>().as("n"))
                .whereRef("room_threads.room_id", "=", "rooms.id"),
            )
            .as("threads"),
        ])
        .execute();
      return rows
        .map((row): RoomRow => {
          const { id, state, details } = openRoom(row, keys);
          const { codeName, stage } = details;
          const [members, threads] = [Number(row.members), Number(row.threads)];
          return { id, codeName, stage, state, yours: RoleName.parse(row.role), members, threads };
        })
        .toSorted((one, other) => one.codeName.localeCompare(other.codeName));
    },

    async view(sub, id) {
      const row = await mine(sub).where("rooms.id", "=", id).executeTakeFirst();
      if (row === undefined) return undefined;
      const room = openRoom(row, keys);
      const { version, state } = room;
      const body = bodyOf(room);
      const roles = within(room.roles, policy.ceiling);
      const [members, links, documents] = await Promise.all([
        membersOf(room, sub),
        linksOf(room),
        documentsOf(db, room),
      ]);
      const yours = RoleName.parse(row.role);
      return { id: room.id, version, state, ...body, roles, members, ...links, documents, yours };
    },

    change: (sub, roomId, version, details) =>
      move({ sub, roomId, version, right: "details" }, async ({ tx, room, me, audit }) => {
        const { wall } = details;
        const { wall: before } = room.details;
        const moves = wall?.name !== before?.name || wall?.side !== before?.side;
        // Taking a wall down opens the other room's mail.
        if (moves && me.role !== "lead") {
          const detail = "Only a lead sets a wall or takes it down.";
          return { ok: false, problem: problem("role_lacks", { detail }) };
        }
        const { circle } = room.details;
        const joined = await tx
          .selectFrom("room_members")
          .select(["id", "address_sealed"])
          .where("room_id", "=", room.id)
          .where("sub", "is not", null)
          .execute();
        const addresses = joined.map((one) =>
          room.key.text(one.address_sealed, addressPlace(one.id)),
        );
        const strange = strangeOwn(circle, details.circle, addresses, policy.ownSide);
        if (strange !== undefined) {
          return { ok: false, problem: problem("not_own_side", { detail: `It was: ${strange}.` }) };
        }
        const body: Body = { ...bodyOf(room), details };
        await tx
          .updateTable("rooms")
          .set({
            body_sealed: sealedBody(room, body),
            wall: wall === undefined ? null : keys.blind(`wall ${wall.name.toLowerCase()}`),
            wall_side: wall === undefined ? null : keys.blind(`side ${wall.side.toLowerCase()}`),
          })
          .where("id", "=", room.id)
          .execute();
        if (wall !== undefined && (await standsOnBothSides(tx, room.id))) {
          const detail = "This barrier can't be set: ask your compliance team.";
          return { ok: false, problem: problem("beyond_policy", { detail }) };
        }
        const moved = movedLines(circle, details.circle);
        await audit("room.changed", {
          version: room.version,
          stage: details.stage,
          ...(moved === undefined ? {} : { circle: moved }),
        });
        return { ok: true, value: undefined };
      }),

    changeRoles: (sub, roomId, version, roles) =>
      move({ sub, roomId, version, right: "roles" }, async ({ tx, room, audit }) => {
        const more = beyond(roles, policy.ceiling);
        if (more.length > 0) {
          const detail = `Too much: ${more.join("; ")}.`;
          return { ok: false, problem: problem("beyond_policy", { detail }) };
        }
        // Whoever leads it could else lock everybody out for good.
        if (roles.lead.rights.length < Right.options.length) {
          return { ok: false, problem: problem("last_lead") };
        }
        const body: Body = { ...bodyOf(room), roles };
        await tx
          .updateTable("rooms")
          .set({ body_sealed: sealedBody(room, body) })
          .where("id", "=", room.id)
          .execute();
        await audit("room.roles_changed", { version: room.version });
        return { ok: true, value: undefined };
      }),

    changeRules: (sub, roomId, version, rules) =>
      move({ sub, roomId, version, right: "roles" }, async ({ tx, room, audit }) => {
        const body: Body = { ...bodyOf(room), rules };
        await tx
          .updateTable("rooms")
          .set({ body_sealed: sealedBody(room, body) })
          .where("id", "=", room.id)
          .execute();
        await audit("room.rules_changed", { version: room.version });
        return { ok: true, value: undefined };
      }),

    changeTiers: (sub, roomId, version, tiers) =>
      move({ sub, roomId, version, right: "roles" }, async ({ tx, room, audit }) => {
        const body: Body = { ...bodyOf(room), tiers };
        await tx
          .updateTable("rooms")
          .set({ body_sealed: sealedBody(room, body) })
          .where("id", "=", room.id)
          .execute();
        await audit("room.tiers_changed", { version: room.version });
        return { ok: true, value: undefined };
      }),

    setState: (sub, roomId, version, state) =>
      move({ sub, roomId, version, right: "close" }, async ({ tx, room, audit }) => {
        await tx.updateTable("rooms").set({ state }).where("id", "=", room.id).execute();
        await audit(state === "closed" ? "room.closed" : "room.reopened", {
          version: room.version,
        });
        return { ok: true, value: undefined };
      }),

    remove: (sub, roomId) =>
      move({ sub, roomId, right: "close" }, async ({ tx, room, audit, announce }) => {
        const members = await tx
          .deleteFrom("room_members")
          .where("room_id", "=", room.id)
          .returning("sub")
          .execute();
        const subs = members.flatMap(({ sub: member }) => (member === null ? [] : [member]));
        await tx.deleteFrom("room_messages").where("room_id", "=", room.id).execute();
        await tx.deleteFrom("room_entries").where("room_id", "=", room.id).execute();
        await tx.deleteFrom("room_threads").where("room_id", "=", room.id).execute();
        await forgetDocuments(tx, room.id);
        await tx.deleteFrom("room_events").where("room_id", "=", room.id).execute();
        // What its members were told in it is theirs; whoever was removed before does not get theirs back.
        await tx
          .deleteFrom("conversation_rooms")
          .where("room_id", "=", room.id)
          .where("conversation_id", "in", (query) =>
            query.selectFrom("conversations").select("id").where("sub", "in", subs),
          )
          .execute();
        await tx.deleteFrom("rooms").where("id", "=", room.id).execute();
        await audit("room.deleted", { version: room.version });
        for (const member of subs) await announce(member);
        return { ok: true, value: { subs } };
      }),
  };
  return rooms;
}

function bodyOf({ details, roles, rules, tiers }: Room): Body {
  return { details, roles, rules, tiers };
}
