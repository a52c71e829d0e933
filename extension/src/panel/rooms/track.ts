/** A counterparty's milestones as steps, and what a board comes to. Pure. */
import { type Cell, type Entry, Milestone, type Row } from "@vaultdesk/shared/tracker.ts";

export interface Step {
  milestone: Milestone;
  /** `conflict`: what counts names several days. */
  state: "none" | "proposed" | "confirmed" | "conflict";
  /** A member stands for it. */
  solid: boolean;
  /** What counts, the first first: one, or all that differ. ISO dates. */
  days: readonly string[];
  /** Which CIM. */
  version?: string;
  /** Proposals that wait for the person. */
  waiting: number;
  cells: readonly Cell[];
}

const daysOf = ({ confirmed, entries }: Cell): string[] => {
  const counts = confirmed ? "confirmed" : "proposed";
  const days = entries.filter(({ state }) => state === counts).map(({ said }) => said.day);
  return [...new Set(days)].toSorted((one, other) => one.localeCompare(other));
};

/** One for each milestone. Of several versions of a CIM, one that is disputed, else the newest that a member stands for. */
export function stepsOf(cells: readonly Cell[]): Step[] {
  return Milestone.options.map((milestone): Step => {
    const here = cells.filter((cell) => cell.milestone === milestone);
    const said = here.filter((cell) => daysOf(cell).length > 0);
    const shown =
      said.find(({ conflict }) => conflict) ??
      said.findLast(({ confirmed }) => confirmed) ??
      said.at(-1);
    const waiting = here
      .flatMap(({ entries }) => entries)
      .filter(({ state }) => state === "proposed").length;
    const state =
      shown === undefined
        ? "none"
        : shown.conflict
          ? "conflict"
          : shown.confirmed
            ? "confirmed"
            : "proposed";
    return {
      milestone,
      state,
      solid: shown?.confirmed ?? false,
      days: shown === undefined ? [] : daysOf(shown),
      ...(shown?.version === undefined ? {} : { version: shown.version }),
      waiting,
      cells: here,
    };
  });
}

/** How many counterparties stand where, without those of which there is none. */
export function countsOf(rows: readonly Row[]): { nda: Row["nda"]; count: number }[] {
  const states = ["signed", "sent", "none", "declined"] as const;
  return states.flatMap((nda) => {
    const count = rows.filter((row) => row.nda === nda).length;
    return count === 0 ? [] : [{ nda, count }];
  });
}

const two = (part: number) => String(part).padStart(2, "0");

/** The day on the person's own calendar. ISO date. */
export function isoDay(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What still stands before what was taken back. */
export function inOrder(cells: readonly Cell[]): Entry[] {
  const entries = cells.flatMap((cell) => cell.entries);
  const [gone, here] = [
    entries.filter(({ state }) => state === "withdrawn"),
    entries.filter(({ state }) => state !== "withdrawn"),
  ];
  return [...here, ...gone];
}
