/**
 * A conversation on a thread of a deal room is the room's: whoever is no member any more has none, by any route. And one that holds mail
 * of a room across a wall is closed for as long as the wall stands. Each query says so itself, so that an access ends with the membership
 * or at the wall, in every process, and needs no second step.
 */
import { type RawBuilder, sql, type SqlBool } from "kysely";

export function inTheirRooms(
  conversation: "conversations.id" | "approvals.conversation_id" | "drafts.conversation_id",
  sub: string,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`(not exists (select 1 from conversation_rooms where conversation_rooms.conversation_id = ${sql.ref(conversation)}
    and conversation_rooms.room_id not in (select room_members.room_id from room_members where room_members.sub = ${sub}))
    and ${thisSideOfWalls(conversation, sub)})`;
}

/** As `rooms/barriers.ts` decides. Whoever is at no wall is found to be so once a query. */
function thisSideOfWalls(conversation: string, sub: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(not exists (select 1 from room_members as me join rooms as mine on mine.id = me.room_id
      where me.sub = ${sub} and mine.wall is not null)
    or not exists (select 1 from conversation_mail
      join room_messages on room_messages.blind = conversation_mail.blind
      join rooms as across on across.id = room_messages.room_id
      join rooms as mine on mine.wall = across.wall and mine.wall_side <> across.wall_side
      join room_members as me on me.room_id = mine.id and me.sub = ${sub}
      where conversation_mail.conversation_id = ${sql.ref(conversation)}))`;
}

/** What somebody else asks this person to approve shows them the action: for as long as they are in every room that it was proposed under. */
export function inAllItsRooms(sub: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(approvals.second_of is null or not exists (select 1 from approval_rooms where approval_rooms.approval_id = approvals.id
    and approval_rooms.room_id not in (select room_members.room_id from room_members where room_members.sub = ${sub})))`;
}
