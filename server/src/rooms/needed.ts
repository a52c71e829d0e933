/**
 * Who else must say yes: what the rules of an action's rooms ask for, whom of the members to ask, and whether those who said yes are
 * enough. Pure.
 */
import { type Action, type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import {
  type Approver,
  type Audience,
  type EyesRule,
  PINNED,
  ruleWords,
  type What,
} from "@vaultdesk/shared/four-eyes.ts";
import type { RoleName } from "@vaultdesk/shared/role.ts";
import type { CircleEntry } from "@vaultdesk/shared/room.ts";

import { reachedBy } from "./allowed.ts";
import { isKnown, sideOf } from "./room.ts";

export interface EyesMember {
  sub: string;
  address: string;
  role: RoleName;
  /** ISO time. */
  since: string;
  /** Has a panel open. */
  present: boolean;
}

/** One room of the action. */
export interface EyesRoom {
  id: string;
  circle: readonly CircleEntry[];
  /** What the room adds. */
  rules: readonly EyesRule[];
  members: readonly EyesMember[];
}

/** So many members of this room with one of these roles, besides the requester. */
export interface Need {
  roomId: string;
  needs: readonly Approver[];
  count: number;
  /** The rule, as a sentence. */
  why: string;
}

/** Somebody who is asked, and for which rule first. */
export interface Second {
  sub: string;
  address: string;
  role: RoleName;
  why: string;
}

export type Chosen = { ok: true; seconds: Second[] } | { ok: false; need: Need };

function whatOf(deed: Deed): What {
  switch (deed.kind) {
    case "email.send":
      return "mail";
    case "event.create":
    case "event.update":
    case "event.cancel":
      return "event";
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return "filing";
  }
}

function reaches(address: string, to: Audience, { circle, members }: EyesRoom): boolean {
  if (typeof to === "object") return to.named.some((who) => isKnown(address, who));
  // As for a role's reach: a member is own side, whatever the circle says.
  const side = members.some((one) => one.address === address) ? "own" : sideOf(address, circle);
  return to === "outside" ? side !== "own" : side === to;
}

function isFor(rule: EyesRule, deed: Deed, room: EyesRoom): boolean {
  if (!rule.what.includes(whatOf(deed))) return false;
  return rule.to === "anyone" || reachedBy(deed).some((address) => reaches(address, rule.to, room));
}

/**
 * `sub` asks. Where they are in no room of the action, none of its rules is theirs: the role has refused them before. `pinned` holds in every
 * room.
 */
export function needsOf(
  action: Action,
  sub: string,
  rooms: readonly EyesRoom[],
  pinned: readonly EyesRule[] = PINNED,
): Need[] {
  return rooms.flatMap((room) => {
    const role = room.members.find((one) => one.sub === sub)?.role;
    if (role === undefined) return [];
    return [...pinned, ...room.rules]
      .filter((rule) => rule.by.includes(role))
      .filter((rule) => deedsOf(action).some((deed) => isFor(rule, deed, room)))
      .map((rule) => ({
        roomId: room.id,
        needs: rule.needs,
        count: rule.count,
        why: ruleWords(rule),
      }));
  });
}

/** Who may ever be asked: whoever is in every room of the action, so that nobody learns of a room by it. */
function eligible(sub: string, rooms: readonly EyesRoom[]): EyesMember[] {
  const [first, ...others] = rooms;
  return (first?.members ?? []).filter(
    (one) =>
      one.sub !== sub &&
      others.every(({ members }) => members.some((other) => other.sub === one.sub)),
  );
}

function answering(need: Need, sub: string, rooms: readonly EyesRoom[]): RoleName | undefined {
  const room = rooms.find(({ id }) => id === need.roomId);
  const role = room?.members.find((one) => one.sub === sub)?.role;
  return role !== undefined && role !== "observer" && need.needs.includes(role) ? role : undefined;
}

/** The first need that these people do not answer, as their roles are now. */
export function unanswered(
  needs: readonly Need[],
  subs: readonly string[],
  rooms: readonly EyesRoom[],
): Need | undefined {
  return needs.find(
    (need) => subs.filter((sub) => answering(need, sub, rooms) !== undefined).length < need.count,
  );
}

/** As few people as that: who answers most of what is left, who is here now, who has been here longest. */
export function choose(needs: readonly Need[], sub: string, rooms: readonly EyesRoom[]): Chosen {
  const people = eligible(sub, rooms);
  const chosen: Second[] = [];
  for (;;) {
    const subs = chosen.map((one) => one.sub);
    const need = unanswered(needs, subs, rooms);
    if (need === undefined) return { ok: true, seconds: chosen };
    const [best] = people
      .filter((one) => !subs.includes(one.sub) && answering(need, one.sub, rooms) !== undefined)
      .map((one) => ({
        ...one,
        answers: needs.filter((each) => answering(each, one.sub, rooms) !== undefined).length,
      }))
      .toSorted(
        (one, other) =>
          other.answers - one.answers ||
          Number(other.present) - Number(one.present) ||
          one.since.localeCompare(other.since) ||
          one.sub.localeCompare(other.sub),
      );
    if (best === undefined) return { ok: false, need };
    const role = answering(need, best.sub, rooms) ?? best.role;
    chosen.push({ sub: best.sub, address: best.address, role, why: need.why });
  }
}
