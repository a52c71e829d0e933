/**
 * `read_tracker`: where the counterparties of a deal room stand, what is due, and who has not answered. What members confirmed is told apart from
 * what is only proposed; who wrote last is read in the asker's own mailbox, among the room's threads alone.
 */
import { boardOf, duesOf, MILESTONE_WORDS, type Row } from "@vaultdesk/shared/tracker.ts";
import pMap from "p-map";
import { z } from "zod";

import type { Mailroom } from "../../actions/mailroom.ts";
import type { Answer } from "../../google/call.ts";
import type { MessageHead } from "../../google/message.ts";
import { mailQuery } from "../../rooms/entry-mail.ts";
import { spokenWith } from "../../rooms/last-words.ts";
import type { Kept } from "../../rooms/tracker.ts";
import { dayAfter, wallOf } from "../../time/zone.ts";
import { failed, plural, refused, type ToolOutcome } from "./outcome.ts";
import { readTool, type Room, type RoomBoard } from "./tool.ts";

const SOURCES = 40;
const AT_ONCE = 8;

type Mail = Pick<Mailroom, "search">;

const shownOf = ({ id, threadId, from, subject, date, snippet }: MessageHead) => ({
  id,
  thread_id: threadId,
  from,
  subject,
  date,
  snippet,
});

/** Entry -> its mail, where the asker's own mailbox has it. */
async function sourcesOf(
  mail: Mail,
  entries: readonly Kept[],
  signal: AbortSignal,
): Promise<Map<string, MessageHead>> {
  const sourced = entries.filter(({ state }) => state !== "withdrawn").slice(-SOURCES);
  const pairs = await pMap(
    sourced,
    async ({ id, source }) => {
      if (source === undefined) return [];
      const { rfcId } = source;
      const found = await mail.search("read_tracker", { q: mailQuery(rfcId), max: 3 }, signal);
      const message = found.ok
        ? found.value.messages.find(({ rfc }) => rfc.own.includes(rfcId))
        : undefined;
      return message === undefined ? [] : [[id, message] as const];
    },
    { concurrency: AT_ONCE },
  );
  return new Map(pairs.flat());
}

function milestonesOf({ cells }: Row, sources: ReadonlyMap<string, MessageHead>): object[] {
  return cells.flatMap(({ milestone, version, confirmed, conflict, entries }) => {
    const state = confirmed ? "confirmed" : "proposed";
    const counting = entries.filter((one) => one.state === state);
    if (counting.length === 0) return [];
    return [
      {
        milestone: MILESTONE_WORDS[milestone],
        ...(version === undefined ? {} : { version }),
        state: confirmed ? "confirmed by a member" : "only proposed, not confirmed",
        ...(conflict ? { conflict: "they name different days: say both, choose neither" } : {}),
        said: counting.map(({ id, said }) => {
          const message = sources.get(id);
          return {
            day: said.day,
            ...(message === undefined ? {} : { message: shownOf(message) }),
          };
        }),
      },
    ];
  });
}

interface Silent {
  room: string;
  counterparty: string;
  days: number;
}

async function boardShown(
  board: RoomBoard,
  { mail, now, timeZone }: Room,
  days: number,
  signal: AbortSignal,
): Promise<Answer<{ shown: object; silent: Silent[] }>> {
  const { codeName, circle, dates } = board.details;
  const rows = boardOf(circle, board.entries);
  const [spoken, sources] = await Promise.all([
    spokenWith(mail, board, rows, now, signal),
    sourcesOf(mail, board.entries, signal),
  ]);
  if (!spoken.ok) return spoken;
  const today = dayAfter(wallOf(now, timeZone), 0);
  const silent: Silent[] = [];
  const shown: object[] = [];
  for (const { row, ours, theirs, unanswered } of spoken.value) {
    if (unanswered !== undefined && unanswered >= days && row.nda !== "declined") {
      silent.push({ room: codeName, counterparty: row.name, days: unanswered });
    }
    shown.push({
      counterparty: row.name,
      nda: row.nda,
      milestones: milestonesOf(row, sources),
      due: duesOf(dates, row, today).filter(({ state }) => state !== "met"),
      ...(unanswered === undefined ? {} : { unanswered_days: unanswered }),
      ...(ours === undefined ? {} : { our_last: shownOf(ours) }),
      ...(theirs === undefined ? {} : { their_last: shownOf(theirs) }),
    });
  }
  const more = rows.length - spoken.value.length;
  return {
    ok: true,
    value: {
      shown: {
        room: codeName,
        counterparties: shown,
        ...(more === 0 ? {} : { left_out: `${plural(more, "counterparty")} more` }),
      },
      silent,
    },
  };
}

export const readTracker = readTool(
  {
    name: "read_tracker",
    title: "Looking at the tracker",
    description:
      "Where each counterparty of this deal room stands: NDA, CIM, IOI, LOI, declined, what is due, and who has not answered. Use it for questions such as who has not answered in five days. not_answered is counted by code: days of 24 hours since our last mail with nothing from them after it, in the room's threads. Say what is only proposed as such. Cite the messages it names.",
    args: z.strictObject({
      days: z.int().min(1).max(365).default(5).describe("Not answered for at least so many days."),
    }),
  },
  async ({ days }, room, signal): Promise<ToolOutcome> => {
    const boards = await room.trackers.read();
    if (boards.length === 0) {
      return failed("no_room", "This conversation is in no deal room. Ask on a thread of one.");
    }
    const shown: object[] = [];
    const silent: Silent[] = [];
    for (const board of boards) {
      const found = await boardShown(board, room, days, signal);
      if (!found.ok) return refused(found.problem);
      shown.push(found.value.shown);
      silent.push(...found.value.silent);
    }
    return {
      json: { rooms: shown, days, not_answered: silent },
      ok: true,
      untrusted: true,
      summary: `Looked at the tracker: ${silent.length} of its counterparties not heard of for ${plural(days, "day")}`,
      details: silent.map((one) => `${one.counterparty}: ${plural(one.days, "day")}`),
    };
  },
);
