/** Entries of a tracker at rest: each sealed under its room's key. Knows no caller but whom it is told of. */
import { EntryId, type MemberId, newId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { type Entry, partiesOf, Reached } from "@vaultdesk/shared/tracker.ts";
import type { Selectable, Transaction } from "kysely";
import { z } from "zod";

import type { Answer } from "../google/call.ts";
import type { Db, Tables } from "../store/schema.ts";
import type { Mover } from "./change.ts";
import type { Room } from "./room.ts";

const MOST = 3000;

/** The mail that says it: by what it is known in any mailbox, and the words, verbatim. */
const Source = z.object({ rfcId: z.string(), quote: z.string() });
export type Source = z.infer<typeof Source>;

const Body = z.object({ said: Reached, source: Source.optional() });
type Body = z.infer<typeof Body>;

type Said = Pick<Entry, "said" | "state">;
type Row = Selectable<Tables["room_entries"]>;
type Change = Parameters<Parameters<Mover>[1]>[0];

const bodyPlace = (id: string) => `room_entries/${id}/body`;

export function opened(
  room: Room,
  { id, body_sealed: body }: Pick<Row, "id" | "body_sealed">,
): Body {
  return Body.parse(parseJson(room.key.text(body, bodyPlace(id))));
}

export function sealed(room: Room, id: string, body: Body): Uint8Array {
  return room.key.seal(JSON.stringify(body), bodyPlace(id));
}

/** What a note of somebody who is no counterparty comes to. */
export function strange({ circle }: Room["details"], { who }: Reached): Problem | undefined {
  const known = partiesOf(circle).some((party) => party.who.includes(who));
  return known ? undefined : problem("party_unknown", { detail: `It was: ${who}.` });
}

/** What members stand for. */
export async function confirmedIn(db: Db, room: Room): Promise<Said[]> {
  const rows = await db
    .selectFrom("room_entries")
    .select(["id", "body_sealed"])
    .where("room_id", "=", room.id)
    .where("state", "=", "confirmed")
    .execute();
  return rows.map((row) => ({ said: opened(room, row).said, state: "confirmed" as const }));
}

/** Proposals of others are not there for a member. */
export function seenBy(db: Db | Transaction<Tables>, roomId: string, memberId: string) {
  return db
    .selectFrom("room_entries")
    .selectAll()
    .where("room_id", "=", roomId)
    .where((where) =>
      where.or([where("state", "<>", "proposed"), where("member_id", "=", memberId)]),
    )
    .orderBy("at")
    .orderBy("id")
    .execute();
}

export async function find(
  tx: Transaction<Tables>,
  room: Room,
  memberId: MemberId,
  id: string,
): Promise<Row | undefined> {
  const row = await tx
    .selectFrom("room_entries")
    .selectAll()
    .where("id", "=", id)
    .where("room_id", "=", room.id)
    .executeTakeFirst();
  return row?.state === "proposed" && row.member_id !== memberId ? undefined : row;
}

export function withdrawn(tx: Transaction<Tables>, room: Room, id: string) {
  return tx
    .updateTable("room_entries")
    .set({ state: "withdrawn" })
    .where("id", "=", id)
    .where("room_id", "=", room.id)
    .where("state", "=", "confirmed")
    .returning(["id", "body_sealed"])
    .executeTakeFirst();
}

export async function insert(
  { tx, room, me, at, audit }: Change,
  state: "proposed" | "confirmed",
  body: { said: Reached; source: Source | undefined },
  instead?: string,
): Promise<Answer<void>> {
  const { held } = await tx
    .selectFrom("room_entries")
    .select(({ fn }) => fn.countAll().as("held"))
    .where("room_id", "=", room.id)
    .executeTakeFirstOrThrow();
  if (Number(held) >= MOST) return { ok: false, problem: problem("room_full") };
  const id = EntryId.parse(newId("ent"));
  await tx
    .insertInto("room_entries")
    .values({
      id,
      room_id: room.id,
      member_id: me.memberId,
      state,
      body_sealed: sealed(room, id, body),
      at,
    })
    .execute();
  await audit(`milestone.${state}`, {
    entryId: id,
    milestone: body.said.milestone,
    ...(instead === undefined ? {} : { instead }),
  });
  return { ok: true, value: undefined };
}
