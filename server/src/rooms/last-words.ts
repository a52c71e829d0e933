/** Who wrote last with each counterparty, in the mailbox of whoever asks, among the room's threads alone. */
import type { RoomDetails } from "@vaultdesk/shared/room.ts";
import { type LastWords, type Row, unansweredDays } from "@vaultdesk/shared/tracker.ts";
import pMap from "p-map";

import type { Mailroom } from "../actions/mailroom.ts";
import { parseAddresses } from "../google/addresses.ts";
import type { Answer } from "../google/call.ts";
import type { MessageHead } from "../google/message.ts";
import { isKnown, lineOf } from "./room.ts";

/** Counterparties that are looked at. */
const PARTIES = 30;
/** Of the newest mail with each. */
const LOOKED_AT = 10;
const AT_ONCE = 8;

type Mail = Pick<Mailroom, "search">;

interface OfRoom {
  details: Pick<RoomDetails, "circle">;
  has: (rfcIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

export interface Spoken {
  row: Row;
  ours?: MessageHead;
  theirs?: MessageHead;
  /** Days since a word of ours that nothing came after. */
  unanswered?: number;
}

/** Of the first counterparties of a board. */
export async function spokenWith(
  mail: Mail,
  room: OfRoom,
  board: readonly Row[],
  now: Date,
  signal: AbortSignal,
): Promise<Answer<Spoken[]>> {
  const found = await pMap(
    board.slice(0, PARTIES),
    (row) => lastWith(mail, room, row, now, signal),
    { concurrency: AT_ONCE },
  );
  const spoken: Spoken[] = [];
  for (const one of found) {
    if (!one.ok) return one;
    spoken.push(one.value);
  }
  return { ok: true, value: spoken };
}

const sender = ({ from }: MessageHead) => parseAddresses(from)[0]?.address ?? "";

async function lastWith(
  mail: Mail,
  { details, has }: OfRoom,
  row: Row,
  now: Date,
  signal: AbortSignal,
): Promise<Answer<Spoken>> {
  const { who } = row;
  const words = who.flatMap((one) => [`from:"${one}"`, `to:"${one}"`, `cc:"${one}"`]);
  const wanted = { q: `{${words.join(" ")}}`, max: LOOKED_AT };
  const found = await mail.search("read_tracker", wanted, signal);
  if (!found.ok) return found;
  const { messages } = found.value;
  const there = await has(messages.flatMap(({ rfc }) => [...rfc.own, ...rfc.before]));
  const ofRoom = messages
    .filter(({ rfc }) => [...rfc.own, ...rfc.before].some((one) => there.has(one)))
    .toSorted((one, other) => other.date.localeCompare(one.date));
  const theirs = ofRoom.find((one) => who.some((line) => isKnown(sender(one), line)));
  const ours = ofRoom.find((one) => lineOf(sender(one), details.circle)?.side !== "counterparty");
  const last: LastWords = {
    ...(ours === undefined ? {} : { ours: ours.date }),
    ...(theirs === undefined ? {} : { theirs: theirs.date }),
  };
  const unanswered = unansweredDays(last, now);
  return {
    ok: true,
    value: {
      row,
      ...(ours === undefined ? {} : { ours }),
      ...(theirs === undefined ? {} : { theirs }),
      ...(unanswered === undefined ? {} : { unanswered }),
    },
  };
}
