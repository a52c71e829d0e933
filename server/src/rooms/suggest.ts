/** Which rooms a thread may belong to, by its subject and its people. A table of signs, pure; a person decides. */
import type { RoomDetails } from "@vaultdesk/shared/room.ts";

import type { ThreadCard } from "../google/thread-card.ts";
import { sideOf } from "./room.ts";

interface About extends Pick<ThreadCard, "subject" | "people"> {
  /** Names of the owner's own labels on it. */
  labels: readonly string[];
}

interface Sign {
  points: number;
  /** Why, in words; `undefined` where the sign is not there. */
  why: (thread: About, room: RoomDetails) => string | undefined;
}

/** From here on it is said. */
const ENOUGH = 2;

/** Words alone, each between spaces. */
function plain(text: string): string {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
  return ` ${words.trim()} `;
}

/** A code name of letters alone could stand in any word. */
function names(subject: string, codeName: string): boolean {
  // "Project" is in half of all code names, and in half of all subjects.
  const wanted = plain(codeName.replace(/^project\s+(?=\S)/i, ""));
  return wanted.trim().length >= 3 && plain(subject).includes(wanted);
}

const from =
  (side: "counterparty" | "adviser", words: string) => (thread: About, room: RoomDetails) => {
    const one = thread.people.find((address) => sideOf(address, room.circle) === side);
    return one === undefined ? undefined : `${one} is ${words}`;
  };

const SIGNS: readonly Sign[] = [
  {
    points: 4,
    why: ({ labels }, { label }) =>
      label !== undefined && labels.some((one) => one.toLowerCase() === label.toLowerCase())
        ? `it has your label ${label}`
        : undefined,
  },
  {
    points: 3,
    why: ({ subject }, { codeName }) =>
      names(subject, codeName) ? "its subject names it" : undefined,
  },
  { points: 2, why: from("counterparty", "its counterparty") },
  // Advisers have many deals.
  { points: 1, why: from("adviser", "an adviser in it") },
];

/** Points, and the reasons that earned them; none where nothing points to it clearly. */
export function suggestion(
  thread: About,
  room: RoomDetails,
): { points: number; why: string } | undefined {
  const found = SIGNS.flatMap(({ points, why }) => {
    const words = why(thread, room);
    return words === undefined ? [] : [{ points, words }];
  });
  const points = found.reduce((sum, one) => sum + one.points, 0);
  return points < ENOUGH ? undefined : { points, why: found.map(({ words }) => words).join(", ") };
}
