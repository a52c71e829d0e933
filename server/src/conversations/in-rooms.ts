/**
 * A conversation on a thread of a deal room is the room's: whoever is no member any more has none, by any route. Each query says so itself,
 * so that an access ends with the membership, in every process, and needs no second step.
 */
import { type RawBuilder, sql, type SqlBool } from "kysely";

export function inTheirRooms(
  conversation: "conversations.id" | "approvals.conversation_id" | "drafts.conversation_id",
  sub: string,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (select 1 from conversation_rooms where conversation_rooms.conversation_id = ${sql.ref(conversation)}
    and conversation_rooms.room_id not in (select room_members.room_id from room_members where room_members.sub = ${sub}))`;
}

/** What somebody else asks this person to approve shows them the action: for as long as they are in every room that it was proposed under. */
export function inAllItsRooms(sub: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(approvals.second_of is null or not exists (select 1 from approval_rooms where approval_rooms.approval_id = approvals.id
    and approval_rooms.room_id not in (select room_members.room_id from room_members where room_members.sub = ${sub})))`;
}
