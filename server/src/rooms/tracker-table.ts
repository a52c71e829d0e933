/** A tracker as a table (RFC 4180), a record for each entry and one for who has none. It leaves the room, so it holds no mail's words. Pure. */
import type { RoomDetails } from "@vaultdesk/shared/room.ts";
import { boardOf, type Cell, type Entry, MILESTONE_WORDS } from "@vaultdesk/shared/tracker.ts";

import { csvCell } from "../csv-cell.ts";

const COLUMNS = [
  "counterparty",
  "domains",
  "milestone",
  "version",
  "day",
  "state",
  "conflict",
  "by",
  "noted",
];

export function trackerTable({ circle }: RoomDetails, entries: readonly Entry[]): string {
  const records = boardOf(circle, entries).flatMap(({ name, who, cells }) => {
    const head = [name, who.join(" ")];
    const lines = cells.flatMap((cell) => cell.entries.map((entry) => lineOf(cell, entry)));
    return lines.length === 0 ? [head] : lines.map((line) => [...head, ...line]);
  });
  return [COLUMNS, ...records]
    .map((record) => `${COLUMNS.map((_, at) => csvCell(record[at])).join(",")}\r\n`)
    .join("");
}

function lineOf({ confirmed, conflict }: Cell, { said, state, by, at }: Entry): string[] {
  const { milestone, version = "", day } = said;
  const counts = state === (confirmed ? "confirmed" : "proposed");
  return [
    MILESTONE_WORDS[milestone],
    version,
    day,
    state,
    conflict && counts ? "yes" : "",
    by ?? "",
    at,
  ];
}
