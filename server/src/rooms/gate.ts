/**
 * Which rooms' rules hold for what a person asks, and what they leave: a conversation is in the rooms of the threads that were open in it,
 * an action in those, in the rooms of the mail that it is about, and in those whose documents it carries. The organisation's own rules hold with
 * or without a room. Asked when something is proposed, and again when the phone's yes arrives.
 */
import { type Action, deedsOf } from "@vaultdesk/shared/action.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { narrowest, type Role, RoleName } from "@vaultdesk/shared/role.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import type { Warning } from "@vaultdesk/shared/warning.ts";

import type { Answer } from "../google/call.ts";
import { keptFrom } from "../organisation/recipients.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { lackOf, lackWords, reachedBy, type Standing } from "./allowed.ts";
import { isClosed, keptApart } from "./barred.ts";
import { createEyes, type Eyes } from "./eyes.ts";
import { joinWarnings } from "./labelled.ts";
import { type Ids, roomsHaving } from "./messages.ts";
import { addressPlace, openRoom, roleIn } from "./room.ts";
import { createTierGate, type TierGate, type Tiers } from "./tier-gate.ts";

export interface Gate {
  /** Whether any room's rules may concern this person: where not, Gmail is not asked for anything. */
  concerns(sub: string): Promise<boolean>;
  /** The conversation is in the rooms of this thread from now on. */
  enter(sub: string, conversationId: string, ids: Ids): Promise<void>;
  roomsIn(conversationId: string): Promise<string[]>;
  /** What is left to this person in a conversation; `undefined` where no room has a say. */
  roleIn(sub: string, conversationId: string): Promise<Role | undefined>;
  /** The problem of a tool that a person's role lacks, in a conversation or on a thread. */
  refuses(
    sub: string,
    conversationId: string | undefined,
    thread: Ids | undefined,
    tool: ToolName,
  ): Promise<Problem | undefined>;
  /**
   * The rooms it is proposed under and what its files break there, or why it is not. `about`: Message-IDs of the mail that it is about.
   */
  judge(
    sub: string,
    conversationId: string,
    action: Action,
    about: readonly string[],
  ): Promise<Answer<Tiers>>;
  overridden: TierGate["overridden"];
  /** What becomes of mail by a label of a room that this puts on it. */
  joins(sub: string, action: Action): Promise<Warning[]>;
  /** Whom to ask besides this person for what is proposed under these rooms. */
  others: Eyes["others"];
  /** Why a wall keeps this person from what they were asked; `undefined` where none does. */
  walledOff(sub: string, approvalId: string, action: Action): Promise<string | undefined>;
  /** Why what was proposed, and approved by all who were asked, may not be done any more; `undefined` where it may. */
  lapsed(sub: string, approvalId: string, action: Action): Promise<string | undefined>;
}

const CLOSED = "Your organisation keeps you apart from mail that it is about.";

const NOTHING: Role = { tools: [], reach: "nobody", rights: [] };

export function createGate(db: Db, keys: Keyring, policy: InForce): Gate {
  const eyes = createEyes(db, keys, policy.pinned, () => new Date());
  const tiers = createTierGate(db, keys);

  /** In each of these rooms; `undefined` where they are not in all of them. */
  async function standings(
    sub: string,
    roomIds: readonly string[],
  ): Promise<Standing[] | undefined> {
    if (roomIds.length === 0) return [];
    const rows = await db
      .selectFrom("rooms")
      .innerJoin("room_members", "room_members.room_id", "rooms.id")
      .where("room_members.sub", "=", sub)
      .where("rooms.id", "in", roomIds)
      .selectAll("rooms")
      .select("room_members.role")
      .execute();
    if (rows.length < roomIds.length) return undefined;
    const members = await db
      .selectFrom("room_members")
      .select(["id", "room_id", "address_sealed"])
      .where("room_id", "in", roomIds)
      .where("sub", "is not", null)
      .execute();
    return rows.map((row): Standing => {
      const room = openRoom(row, keys);
      const name = RoleName.parse(row.role);
      const addresses = members
        .filter(({ room_id: id }) => id === row.id)
        .map((one) => room.key.text(one.address_sealed, addressPlace(one.id)));
      const { codeName, circle } = room.details;
      return {
        codeName,
        name,
        role: roleIn(room, name, policy.ceiling),
        circle,
        members: new Set(addresses),
      };
    });
  }

  async function roomsIn(conversationId: string): Promise<string[]> {
    const rows = await db
      .selectFrom("conversation_rooms")
      .select("room_id")
      .where("conversation_id", "=", conversationId)
      .execute();
    return rows.map((row) => row.room_id);
  }

  const gate: Gate = {
    roomsIn,

    async concerns(sub) {
      const row = await db
        .selectFrom("room_members")
        .select("id")
        .where("sub", "=", sub)
        .executeTakeFirst();
      return row !== undefined;
    },

    async enter(sub, conversationId, ids) {
      const rooms = await roomsHaving(db, keys, sub, ids);
      if (rooms.length === 0) return;
      await db
        .insertInto("conversation_rooms")
        .values(rooms.map((id) => ({ conversation_id: conversationId, room_id: id })))
        .onConflict((conflict) => conflict.columns(["conversation_id", "room_id"]).doNothing())
        .execute();
    },

    async roleIn(sub, conversationId) {
      const found = await standings(sub, await roomsIn(conversationId));
      return found === undefined ? NOTHING : narrowest(found.map(({ role }) => role));
    },

    async refuses(sub, conversationId, thread, tool) {
      const found = await standings(sub, [
        ...new Set([
          ...(conversationId === undefined ? [] : await roomsIn(conversationId)),
          ...(thread === undefined ? [] : await roomsHaving(db, keys, sub, thread)),
        ]),
      ]);
      if (found === undefined) return problem("role_lacks");
      const lacks = found.find(({ role }) => !role.tools.includes(tool));
      return lacks === undefined
        ? undefined
        : problem("role_lacks", { detail: lackWords(lacks, tool) });
    },

    async judge(sub, conversationId, action, about) {
      const kept = keptFrom(action, policy);
      if (kept !== undefined) {
        return { ok: false, problem: problem("organisation_refuses", { detail: kept }) };
      }
      const here = await roomsIn(conversationId);
      const theirs =
        about.length === 0
          ? []
          : await roomsHaving(db, keys, sub, { messageIds: about, references: [] });
      const carried = await tiers.look(sub, action);
      const roomIds = [...new Set([...here, ...theirs, ...carried.roomIds])];
      const found = await standings(sub, roomIds);
      if (found === undefined) return { ok: false, problem: problem("role_lacks") };
      if (await keptApart(db, keys, sub, deedsOf(action).flatMap(reachedBy))) {
        return { ok: false, problem: problem("not_for_them") };
      }
      const detail = lackOf(action, found);
      return detail === undefined
        ? { ok: true, value: { ...carried, roomIds } }
        : { ok: false, problem: problem("role_lacks", { detail }) };
    },

    overridden: (...asked) => tiers.overridden(...asked),
    joins: (sub, action) => joinWarnings(db, keys, policy.ceiling, sub, action),

    others: (sub, roomIds, action) => eyes.others(sub, roomIds, action),

    async walledOff(sub, approvalId, action) {
      if (await keptApart(db, keys, sub, deedsOf(action).flatMap(reachedBy))) {
        return problem("not_for_them").happened;
      }
      return (await isClosed(db, sub, approvalId)) ? CLOSED : undefined;
    },

    async lapsed(sub, approvalId, action) {
      // Another process may have started with another policy since.
      const kept = keptFrom(action, policy);
      if (kept !== undefined) return `${problem("organisation_refuses").happened} ${kept}`;
      const rows = await db
        .selectFrom("approval_rooms")
        .select("room_id")
        .where("approval_id", "=", approvalId)
        .execute();
      const roomIds = rows.map((row) => row.room_id);
      const found = await standings(sub, roomIds);
      if (found === undefined) return "You are no longer in the deal room that it belongs to.";
      return (
        (await gate.walledOff(sub, approvalId, action)) ??
        lackOf(action, found) ??
        (await tiers.lapsed(sub, action)) ??
        (await eyes.tooFew(sub, approvalId, roomIds, action))
      );
    },
  };
  return gate;
}
