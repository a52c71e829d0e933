/**
 * `note_milestone`: what a mail says that a counterparty reached, proposed to the person who asked and seen by nobody else until they confirm it.
 * Code finds the quote in its sender's own words, and takes the day from the message.
 */
import { Line } from "@vaultdesk/shared/line.ts";
import {
  Milestone,
  MILESTONE_WORDS,
  type Party,
  partiesOf,
  Quote,
  Reached,
} from "@vaultdesk/shared/tracker.ts";
import { z } from "zod";

import { parseAddresses } from "../../google/addresses.ts";
import type { MessageHead } from "../../google/message.ts";
import { saying } from "../../rooms/entry-mail.ts";
import { isKnown } from "../../rooms/room.ts";
import { dayAfter, wallOf } from "../../time/zone.ts";
import { failed, refused, type ToolOutcome } from "./outcome.ts";
import { GoogleId, readTool, type RoomBoard } from "./tool.ts";

/** The one that is named, or the only one among the message's people. */
function partyIn(
  { details }: RoomBoard,
  named: string | undefined,
  { from, to, cc }: MessageHead,
): Party | ToolOutcome {
  const parties = partiesOf(details.circle);
  const names = parties.map(({ name }) => name).join(", ");
  const people = parseAddresses([from, to, cc].join(", ")).map(({ address }) => address);
  const wanted = named?.toLowerCase();
  const fitting = parties.filter(({ name, who }) =>
    wanted === undefined
      ? people.some((address) => who.some((line) => isKnown(address, line)))
      : name.toLowerCase() === wanted || who.includes(wanted),
  );
  const [party] = fitting;
  if (party !== undefined && fitting.length === 1) return party;
  return failed(
    "unknown_counterparty",
    names === ""
      ? "The room's circle has no counterparty yet. Ask the user to add it under Deal."
      : `Name the counterparty, one of: ${names}.`,
  );
}

export const noteMilestone = readTool(
  {
    name: "note_milestone",
    title: "Proposing a milestone",
    description:
      "Propose for the deal room's tracker what a mail that you have read says of a counterparty: NDA sent or signed, CIM sent, IOI or LOI in, declined. The quote is checked in its message, the day is the message's. Only the user sees it until they confirm it in the room's tracker: say that it is proposed, never that it is noted.",
    args: z.strictObject({
      thread_id: GoogleId,
      message_id: GoogleId,
      milestone: Milestone,
      counterparty: Line(60)
        .optional()
        .describe("Its name or domain; without, the one among the message's people."),
      version: Line(40).optional().describe("Of a CIM alone, as the mail calls it."),
      quote: Quote.describe("The words that say it, copied from that message's own text."),
    }),
  },
  async (args, { mail, trackers, timeZone }, signal): Promise<ToolOutcome> => {
    const { thread_id: threadId, message_id: messageId, milestone, version, quote } = args;
    const found = await mail.thread(threadId, signal);
    if (!found.ok) return refused(found.problem);
    const said = saying(found.value.messages, quote, messageId);
    if (said === undefined) {
      return failed(
        "quote_unknown",
        "The quote does not stand in that message's own text word for word. Copy it from there, or leave it.",
      );
    }
    const { message, source } = said;
    const boards = await trackers.read();
    const having = await Promise.all(
      boards.map(async (board) => ((await board.has([source.rfcId])).size > 0 ? [board] : [])),
    );
    const board = having.flat()[0];
    if (board === undefined) {
      return failed("no_room", "That thread is in no deal room of this conversation.");
    }
    const party = partyIn(board, args.counterparty, message);
    if ("json" in party) return party;
    const reached = Reached.safeParse({
      who: party.who[0],
      milestone,
      day: dayAfter(wallOf(new Date(message.date), timeZone), 0),
      version,
    });
    if (!reached.success) return failed("bad_arguments", "Only a CIM has a version.");
    const proposed = await trackers.propose(board.id, reached.data, source);
    if (!proposed.ok) return refused(proposed.problem);
    const words = `${MILESTONE_WORDS[milestone]}, ${party.name}, ${reached.data.day}`;
    return {
      json: {
        proposed: words,
        note: "Only the user sees it until they confirm it in the room's tracker.",
      },
      ok: true,
      untrusted: false,
      summary: `Proposed: ${words}. Confirm it on the tracker of ${board.details.codeName}`,
      details: [`"${source.quote}"`],
      board: board.id,
    };
  },
);
