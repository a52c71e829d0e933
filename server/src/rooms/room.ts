/** A room's row, opened: its details and roles under its own key. Knows no caller. */
import { EyesRules } from "@vaultdesk/shared/four-eyes.ts";
import { RoomId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import {
  closedRole,
  type Role,
  type RoleName,
  Roles,
  within,
  withTracker,
} from "@vaultdesk/shared/role.ts";
import { type CircleEntry, RoomDetails, RoomState, type Side } from "@vaultdesk/shared/room.ts";
import { Tightened } from "@vaultdesk/shared/tier.ts";
import type { Selectable } from "kysely";
import { z } from "zod";

import type { Keyring, RoomKey } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";

export type RoomFields = Selectable<Tables["rooms"]>;

const Body = z.object({
  details: RoomDetails,
  roles: Roles,
  rules: EyesRules.default([]),
  tiers: Tightened.default({}),
});
export type Body = z.infer<typeof Body>;

/** `knows`: its roles were written with the tracker in mind. */
const Written = Body.extend({ knows: z.literal("tracker").optional() });

export interface Room extends Body {
  id: RoomId;
  state: RoomState;
  version: number;
  key: RoomKey;
}

const bodyPlace = (id: string) => `rooms/${id}/body`;
export const addressPlace = (memberId: string) => `room_members/${memberId}/address`;
export const titlePlace = (linkId: string) => `room_threads/${linkId}/title`;

export function openRoom(row: RoomFields, keys: Keyring): Room {
  const key = keys.ofRoom(row.id, row.key_wrapped);
  const written = Written.parse(parseJson(key.text(row.body_sealed, bodyPlace(row.id))));
  const { knows, ...body } = written;
  const roles = knows === undefined ? withTracker(body.roles) : body.roles;
  const { state, version } = row;
  return { ...body, roles, id: RoomId.parse(row.id), state: RoomState.parse(state), version, key };
}

export function sealedBody({ id, key }: Pick<Room, "id" | "key">, body: Body): Uint8Array {
  const written: z.infer<typeof Written> = { ...body, knows: "tracker" };
  return key.seal(JSON.stringify(written), bodyPlace(id));
}

/** What a role comes to in the room as it is now, under the organisation's ceiling as it is now. */
export function roleIn(
  { roles, state }: Pick<Room, "roles" | "state">,
  name: RoleName,
  ceiling: Roles,
): Role {
  const role = within(roles, ceiling)[name];
  return state === "closed" ? closedRole(role) : role;
}

/** Whether a line of a circle or of a rule names this address. */
export function isKnown(address: string, who: string): boolean {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return who === address || who === domain || domain.endsWith(`.${who}`);
}

/** The line of a circle that an address falls under: a person's own before their domain's, a subdomain as its domain. */
export function lineOf(address: string, circle: readonly CircleEntry[]): CircleEntry | undefined {
  const ofDomain = circle
    .filter(({ who }) => !who.includes("@") && isKnown(address, who))
    .toSorted((one, other) => other.who.length - one.who.length)[0];
  return circle.find(({ who }) => who === address) ?? ofDomain;
}

/** Which side an address is on. */
export function sideOf(address: string, circle: readonly CircleEntry[]): Side | undefined {
  return lineOf(address, circle)?.side;
}
