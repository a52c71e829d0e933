import type { StandsFor } from "@vaultdesk/shared/absence.ts";
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
import { OVERRIDERS } from "@vaultdesk/shared/tier.ts";

import { reachedBy } from "./allowed.ts";
import { isKnown, sideOf } from "./room.ts";
import { breaksWords } from "./tier.ts";

export interface EyesMember {
  /** Of the membership. */
  id: string;
  sub: string;
  address: string;
  role: RoleName;
  /** ISO time. */
  since: string;
  /** Has a panel open. */
  present: boolean;
  /** `standIn`: the membership of who is asked instead. */
  away: { until: string; standIn: string } | undefined;
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
  /** No other will do: who was asked for an override. */
  named?: string;
  /** The rule, as a sentence. */
  why: string;
}

/** Somebody who is asked, and for which rule first. */
export interface Second {
  sub: string;
  address: string;
  role: RoleName;
  why: string;
  /** Who is away, and would have been asked. */
  standsFor: (StandsFor & { memberId: string }) | undefined;
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

/** In each room whose table a deed breaks, the yes of the one who was asked for by name. */
function overridesOf(action: Action): Need[] {
  return deedsOf(action).flatMap((deed) => {
    if (deed.kind !== "email.send" || deed.override === undefined) return [];
    const { by, breaks } = deed.override;
    return [...Map.groupBy(breaks, ({ roomId }) => roomId)].map(([roomId, own]) => ({
      roomId,
      needs: OVERRIDERS,
      count: 1,
      named: by,
      why: `Override: ${breaksWords(own)}`,
    }));
  });
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
  const ruled = rooms.flatMap((room) => {
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
  // First, so that their card says so.
  return [...overridesOf(action), ...ruled];
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

/** One whose yes a need asks for, given by them or by who stands in for them. */
type Seat = Pick<EyesMember, "id" | "sub" | "address" | "since" | "away">;

/** Whose yes this person's is for a need: their own first, then theirs for whom they stand in. Nobody stands in for the requester. */
function seatsOf(need: Need, asks: string, sub: string, rooms: readonly EyesRoom[]): Seat[] {
  const members = rooms.find(({ id }) => id === need.roomId)?.members ?? [];
  const me = members.find((one) => one.sub === sub);
  if (me === undefined || me.role === "observer") return [];
  const asked = ({ role }: EyesMember) => role !== "observer" && need.needs.includes(role);
  const absent = eligible(asks, rooms).flatMap(
    (who) => members.find((one) => one.sub === who.sub && one.away?.standIn === me.id) ?? [],
  );
  // An override is one person's word: nobody gives it for them.
  const seats =
    need.named === undefined ? [me, ...absent] : [me].filter((one) => one.address === need.named);
  return seats.filter(asked);
}

/** For whom this person stands in, in any of these rooms. */
export function absentOf(sub: string, rooms: readonly EyesRoom[]): string[] {
  return rooms.flatMap(({ members }) => {
    const id = members.find((one) => one.sub === sub)?.id;
    const absent = members.filter(({ away }) => away !== undefined && away.standIn === id);
    return absent.map((one) => one.sub);
  });
}

/** Somebody who is away, and who stands in for them, are one yes where only the first has the role. */
function answered(
  need: Need,
  asks: string,
  subs: readonly string[],
  rooms: readonly EyesRoom[],
): number {
  const counts = (sub: string) =>
    seatsOf(need, asks, sub, rooms).some((seat) => seat.sub === sub || !subs.includes(seat.sub));
  return subs.filter(counts).length;
}

/** The first need of `asks` that these people do not answer, as their roles are now. */
export function unanswered(
  needs: readonly Need[],
  asks: string,
  subs: readonly string[],
  rooms: readonly EyesRoom[],
): Need | undefined {
  return needs.find((need) => answered(need, asks, subs, rooms) < need.count);
}

/**
 * As few people as that: who is not away, who answers most of what is left, who is here now, who has been here longest. Who stands in has the
 * place of who is away.
 */
export function choose(needs: readonly Need[], asks: string, rooms: readonly EyesRoom[]): Chosen {
  const people = eligible(asks, rooms);
  const chosen: Second[] = [];
  for (;;) {
    const subs = chosen.map((one) => one.sub);
    const need = unanswered(needs, asks, subs, rooms);
    if (need === undefined) return { ok: true, seconds: chosen };
    const held = answered(need, asks, subs, rooms);
    const [best] = people
      .filter((one) => !subs.includes(one.sub))
      .filter((one) => answered(need, asks, [...subs, one.sub], rooms) > held)
      .flatMap((one) => {
        const answers = needs.filter((each) => seatsOf(each, asks, one.sub, rooms).length > 0);
        return seatsOf(need, asks, one.sub, rooms).map((seat) => ({
          one,
          seat,
          answers: answers.length,
          away: one.away !== undefined,
        }));
      })
      .toSorted(
        (a, b) =>
          Number(a.away) - Number(b.away) ||
          b.answers - a.answers ||
          Number(b.one.present) - Number(a.one.present) ||
          a.seat.since.localeCompare(b.seat.since) ||
          a.one.sub.localeCompare(b.one.sub),
      );
    if (best === undefined) return { ok: false, need };
    const { one, seat } = best;
    const { id: memberId, address: who, away } = seat;
    chosen.push({
      sub: one.sub,
      address: one.address,
      role: one.role,
      why: need.why,
      standsFor:
        seat.sub === one.sub || away === undefined
          ? undefined
          : { memberId, who, until: away.until },
    });
  }
}
