import type { DocumentId, RoomId } from "@vaultdesk/shared/id.ts";
import type { CircleEntry } from "@vaultdesk/shared/room.ts";
/** Whether the files of a mail may go to all who get it: what each of them is to a room, and what breaks its table. Pure. */
import {
  breakWords,
  mayHave,
  type NdaState,
  type Reader,
  type Tier,
  type TierBreak,
  type Tightened,
} from "@vaultdesk/shared/tier.ts";
import { boardOf, type Entry } from "@vaultdesk/shared/tracker.ts";

import { lineOf, sideOf } from "./room.ts";

export interface TierRoom {
  id: RoomId;
  circle: readonly CircleEntry[];
  /** Addresses of the room's members: own side, whatever the circle says. */
  members: ReadonlySet<string>;
  tightened: Tightened;
  /** As members confirmed it. */
  ndaOf(address: string): NdaState;
}

/** A file of a mail that is a document of the room. */
export interface HeldFile {
  file: string;
  documentId: DocumentId;
  tier: Tier;
}

/** By the line of the circle that an address falls under; what is said of lines that are gone counts for nobody. */
export function ndaIn(
  circle: readonly CircleEntry[],
  confirmed: readonly Pick<Entry, "said" | "state">[],
): TierRoom["ndaOf"] {
  const board = boardOf(circle, confirmed);
  return (address) => {
    const line = lineOf(address, circle);
    return board.find(({ who }) => line !== undefined && who.includes(line.who))?.nda ?? "none";
  };
}

/** Whom the room does not know is outside and has signed nothing. */
export function readerOf(address: string, room: TierRoom): Reader {
  const side = room.members.has(address) ? "own" : sideOf(address, room.circle);
  return side === "own" || side === "adviser" ? side : room.ndaOf(address);
}

/** In the order of the files, then of the recipients. */
export function breaksOf(
  files: readonly HeldFile[],
  recipients: readonly string[],
  room: TierRoom,
): TierBreak[] {
  return files.flatMap(({ file, documentId, tier }) =>
    recipients
      .map((who) => ({ who, reader: readerOf(who, room) }))
      .filter(({ reader }) => !mayHave(tier, reader, room.tightened))
      .map((one) => ({ roomId: room.id, documentId, tier, file, ...one })),
  );
}

const SAID = 3;

/** Each in a sentence, and how many more there are. */
export function breaksWords(breaks: readonly TierBreak[]): string {
  const all = [...new Set(breaks.map(breakWords))];
  const more = all.length - SAID;
  return [...all.slice(0, SAID), ...(more > 0 ? [`${more} more like these`] : [])]
    .map((one) => `${one}.`)
    .join(" ");
}
