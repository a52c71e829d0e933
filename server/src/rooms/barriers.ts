/**
 * What a person must never learn of: rooms at a wall of one of theirs, on another side, and the threads that are linked to them. Pure;
 * `barred.ts` asks the store.
 */
export interface WallRoom {
  id: string;
  /** Which wall it stands at, and on which side; `null` for none, as the table has it. */
  wall: string | null;
  wall_side: string | null;
}

/** `memberOf`: ids of the rooms that somebody has joined; an invitation bars from nothing. */
export function barredRooms<R extends WallRoom>(
  memberOf: ReadonlySet<string>,
  rooms: readonly R[],
): R[] {
  const mine = rooms.filter(({ id }) => memberOf.has(id));
  return rooms.filter(
    ({ wall, wall_side: side }) =>
      wall !== null && mine.some((own) => own.wall === wall && own.wall_side !== side),
  );
}

/** A message of a barred room, as its link names it. */
export interface BarredMessage {
  room_id: string;
  hash: string;
}

/**
 * Which of these threads are hidden: one message, or one that a message refers to, is enough. `threads`: a mailbox's own thread id -> RFC
 * Message-IDs; `hashOf`: as a room keeps one.
 */
export function hiddenThreads(
  threads: ReadonlyMap<string, readonly string[]>,
  links: readonly BarredMessage[],
  rooms: readonly { id: string; hashOf: (messageId: string) => string }[],
): Set<string> {
  const linked = new Set(links.map((one) => `${one.room_id} ${one.hash}`));
  const isHidden = (messageIds: readonly string[]) =>
    rooms.some(({ id, hashOf }) => messageIds.some((one) => linked.has(`${id} ${hashOf(one)}`)));
  return new Set([...threads].flatMap(([id, named]) => (isHidden(named) ? [id] : [])));
}

/** Which of these events are hidden: one of the names that it has is linked to a barred room. */
export function hiddenAmong(
  events: ReadonlyMap<string, readonly string[]>,
  isLinked: (name: string) => boolean,
): Set<string> {
  return new Set([...events].flatMap(([id, names]) => (names.some(isLinked) ? [id] : [])));
}
