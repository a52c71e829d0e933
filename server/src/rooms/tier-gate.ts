/**
 * The files of a mail against the documents of its sender's rooms, whatever thread the mail is in. Rooms that its sender is not in are not
 * looked in: a refusal would tell of a room across a wall.
 */
import { type Action, deedsOf, type EmailSend } from "@vaultdesk/shared/action.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import {
  MOST_BREAKS,
  OVERRIDERS,
  type Override,
  sameBreak,
  type TierBreak,
} from "@vaultdesk/shared/tier.ts";

import type { Answer } from "../google/call.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { reachedBy } from "./allowed.ts";
import { documentsBy, roomsWithDocuments } from "./documents.ts";
import { confirmedIn } from "./entries.ts";
import { addressPlace, openRoom, type Room } from "./room.ts";
import { breaksOf, breaksWords, type HeldFile, ndaIn, readerOf, type TierRoom } from "./tier.ts";

/** Who is asked by name to let it pass, and why. */
export type Asking = Pick<Override, "by" | "why">;

export interface Tiers {
  /** Rooms whose documents the action carries. */
  roomIds: string[];
  /** For each deed. */
  breaks: TierBreak[][];
  /** Names of files that could not be looked into, of each deed that somebody outside gets. */
  closed: string[][];
}

export interface TierGate {
  look(sub: string, action: Action): Promise<Tiers>;
  /**
   * The action with the override that it needs; a problem in words where none is asked for, or of somebody who may not give it. `roomIds`:
   * all rooms of the action.
   */
  overridden(
    sub: string,
    action: Action,
    breaks: readonly TierBreak[][],
    roomIds: readonly string[],
    asking: Asking | undefined,
  ): Promise<Answer<Action>>;
  /** What breaks the table now and was not approved as an override. */
  lapsed(sub: string, action: Action): Promise<string | undefined>;
}

/** A room, and what tells a recipient's standing in it. */
interface Mine {
  room: Room;
  standing: Omit<TierRoom, "ndaOf">;
}

export function createTierGate(db: Db, keys: Keyring): TierGate {
  async function membersOf(roomIds: readonly string[]) {
    if (roomIds.length === 0) return [];
    return db
      .selectFrom("room_members")
      .select(["id", "room_id", "sub", "role", "address_sealed"])
      .where("room_id", "in", roomIds)
      .where("sub", "is not", null)
      .execute();
  }

  async function opened(rooms: readonly Room[]): Promise<Mine[]> {
    const members = await membersOf(rooms.map(({ id }) => id));
    return rooms.map((room) => {
      const addresses = members
        .filter((one) => one.room_id === room.id)
        .map((one) => room.key.text(one.address_sealed, addressPlace(one.id)));
      const standing = {
        id: room.id,
        circle: room.details.circle,
        members: new Set(addresses),
        tightened: room.tiers,
      };
      return { room, standing };
    });
  }

  async function look(sub: string, action: Action): Promise<Tiers> {
    const deeds = deedsOf(action).map((deed) => {
      if (deed.kind !== "email.send") return { files: [], recipients: [], closed: [] };
      const files = deed.content.attachments.map(({ name, sha256 }) => {
        const inside = deed.inside?.filter(({ of }) => of === sha256) ?? [];
        const prints = [sha256, ...inside.flatMap((one) => one.prints)];
        return { file: name, prints, closed: inside.some((one) => one.closed === true) };
      });
      const closed = files.filter((one) => one.closed).map(({ file }) => file);
      return { files, recipients: reachedBy(deed), closed };
    });
    const nothing = deeds.map(() => []);
    const prints = [...new Set(deeds.flatMap(({ files }) => files.flatMap((one) => one.prints)))];
    if (prints.length === 0) return { roomIds: [], breaks: nothing, closed: nothing };

    const breaks: TierBreak[][] = deeds.map(() => []);
    const closed = deeds.map(() => new Set<string>());
    const roomIds: string[] = [];
    for (const { room, standing } of await opened(await roomsWithDocuments(db, keys, sub))) {
      const known = await documentsBy(db, room, prints);
      const entries = known.size === 0 ? [] : await confirmedIn(db, room);
      const tierRoom: TierRoom = { ...standing, ndaOf: ndaIn(standing.circle, entries) };
      if (known.size > 0) roomIds.push(room.id);
      for (const [index, deed] of deeds.entries()) {
        const held = deed.files.flatMap(({ file, prints: own }): HeldFile[] => {
          const documents = new Map(
            own.flatMap((print) => {
              const document = known.get(print);
              return document === undefined ? [] : [[document.id, document.tier] as const];
            }),
          );
          return [...documents].map(([documentId, tier]) => ({ file, documentId, tier }));
        });
        breaks[index]?.push(...breaksOf(held, deed.recipients, tierRoom));
        if (deed.recipients.some((who) => readerOf(who, tierRoom) !== "own")) {
          for (const file of deed.closed) closed[index]?.add(file);
        }
      }
    }
    return { roomIds, breaks, closed: closed.map((names) => [...names]) };
  }

  /** Addresses of those who may let this pass: in every room of the action, and lead or counsel where it breaks. */
  async function overriders(
    sub: string,
    breaks: readonly TierBreak[],
    roomIds: readonly string[],
  ): Promise<string[]> {
    const rows = await db.selectFrom("rooms").selectAll().where("id", "in", roomIds).execute();
    const members = await membersOf(roomIds);
    const [first] = rows;
    if (first === undefined) return [];
    const room = openRoom(first, keys);
    const broken = new Set<string>(breaks.map(({ roomId }) => roomId));
    const mayIn = (who: string, roomId: string) =>
      members.some(
        (one) =>
          one.sub === who &&
          one.room_id === roomId &&
          (!broken.has(roomId) || OVERRIDERS.some((role) => role === one.role)),
      );
    return members
      .filter(({ room_id: roomId }) => roomId === first.id)
      .filter((one) => one.sub !== sub && roomIds.every((id) => mayIn(one.sub ?? "", id)))
      .map((one) => room.key.text(one.address_sealed, addressPlace(one.id)));
  }

  return {
    look,

    async overridden(sub, action, breaks, roomIds, asking) {
      const all = breaks.flat();
      if (all.length === 0) return { ok: true, value: action };
      const detail = breaksWords(all);
      if (all.length > MOST_BREAKS)
        return { ok: false, problem: problem("tier_break", { detail }) };
      const may = await overriders(sub, all, roomIds);
      if (asking === undefined || !may.includes(asking.by)) {
        const not = asking === undefined ? "" : ` ${asking.by} may not override it.`;
        const extra = { detail: `${detail}${not}`, overriders: may };
        return { ok: false, problem: problem("tier_break", extra) };
      }
      const withIt = (deed: EmailSend, index: number): EmailSend => {
        const own = breaks[index] ?? [];
        return own.length === 0 ? deed : { ...deed, override: { ...asking, breaks: own } };
      };
      if (action.kind === "email.send") return { ok: true, value: withIt(action, 0) };
      if (action.kind !== "bundle") return { ok: true, value: action };
      return { ok: true, value: { ...action, actions: action.actions.map(withIt) } };
    },

    async lapsed(sub, action) {
      const { breaks } = await look(sub, action);
      const deeds = deedsOf(action);
      const open = breaks.flatMap((own, index) => {
        const deed = deeds[index];
        const passed = deed?.kind === "email.send" ? (deed.override?.breaks ?? []) : [];
        return own.filter((one) => !passed.some((other) => sameBreak(one, other)));
      });
      return open.length === 0 ? undefined : breaksWords(open);
    },
  };
}
