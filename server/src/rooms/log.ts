/**
 * A deal room's rows of the audit trail, for its leads: whoever did it. They hold no mail text; the names are those of its members, of
 * whoever is none any more only the tenant's id stays.
 */
import { routes } from "@vaultdesk/shared/api.ts";
import { AuditEntryView, type AuditRow, type RoomAuditPage } from "@vaultdesk/shared/audit.ts";
import { RoomId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";

import { Query, type Trail, type Wanted } from "../audit/trail.ts";
import type { Answer } from "../google/call.ts";
import { type AppEnv, param, refuse, reply } from "../http.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { addressPlace } from "./room.ts";

export interface RoomLog {
  /** `not_found` for whoever is no member, `role_lacks` for whoever leads it not. */
  page(sub: string, id: string, wanted: Wanted): Promise<Answer<RoomAuditPage>>;
  /** CSV (RFC 4180), sealed; that it was taken is a row of the room too. */
  table(sub: string, id: string): Promise<Answer<string>>;
}

function peopleIn(rows: readonly AuditRow[]): string[] {
  const subs = rows.flatMap(({ entry }) => {
    const read = AuditEntryView.safeParse(parseJson(entry));
    return read.success ? [read.data.sub] : [];
  });
  return [...new Set(subs)];
}

export function createRoomLog(deps: { db: Db; keys: Keyring; trail: Trail }): RoomLog {
  const { db, keys, trail } = deps;

  async function led(sub: string, id: string) {
    const row = await db
      .selectFrom("rooms")
      .innerJoin("room_members", "room_members.room_id", "rooms.id")
      .where("rooms.id", "=", id)
      .where("room_members.sub", "=", sub)
      .select(["rooms.id", "rooms.key_wrapped", "room_members.role"])
      .executeTakeFirst();
    if (row === undefined) return { ok: false, problem: problem("not_found") } as const;
    if (row.role !== "lead") {
      const detail = "Only a lead reads the room's log.";
      return { ok: false, problem: problem("role_lacks", { detail }) } as const;
    }
    const key = keys.ofRoom(row.id, row.key_wrapped);
    return { ok: true, value: { roomId: RoomId.parse(row.id), key } } as const;
  }

  return {
    async page(sub, id, wanted) {
      const room = await led(sub, id);
      if (!room.ok) return room;
      const { roomId, key } = room.value;
      const page = await trail.page({ roomId }, wanted);
      const members = await db
        .selectFrom("room_members")
        .select(["id", "sub", "address_sealed"])
        .where("room_id", "=", roomId)
        .where("sub", "in", [sub, ...peopleIn(page.rows)])
        .execute();
      const people = members.flatMap(({ id: memberId, sub: member, address_sealed: address }) =>
        member === null
          ? []
          : [{ sub: member, address: key.text(address, addressPlace(memberId)) }],
      );
      return { ok: true, value: { ...page, people } };
    },

    async table(sub, id) {
      const room = await led(sub, id);
      if (!room.ok) return room;
      return { ok: true, value: await trail.table({ roomId: room.value.roomId }, sub) };
    },
  };
}

export function roomLogRoutes(log: RoomLog) {
  return new Hono<AppEnv>()
    .get(routes.roomAudit.path, async (c) => {
      const wanted = Query.parse(c.req.query());
      const page = await log.page(c.var.principal.sub, param(c, "id"), wanted);
      return page.ok ? reply(c, routes.roomAudit, page.value) : refuse(c, page.problem);
    })
    .post(routes.roomAuditTable.path, async (c) => {
      const table = await log.table(c.var.principal.sub, param(c, "id"));
      return table.ok
        ? reply(c, routes.roomAuditTable, { table: table.value })
        : refuse(c, table.problem);
    });
}
