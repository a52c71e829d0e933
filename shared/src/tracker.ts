/**
 * Where each counterparty of a deal stands: milestones, each said by a member and, where a mail says it, with the words that do. What two members
 * say differently is shown as such and never chosen between. Counterparties are lines of the room's circle. Pure.
 */
import { z } from "zod";

import { EntryId, MessageId, ThreadId } from "./id.ts";
import { Known } from "./known.ts";
import { Line } from "./line.ts";
import type { NdaState } from "./tier.ts";

export const Milestone = z.enum(["nda_sent", "nda_signed", "cim_sent", "ioi", "loi", "declined"]);
export type Milestone = z.infer<typeof Milestone>;

export const MILESTONE_WORDS: Readonly<Record<Milestone, string>> = {
  nda_sent: "NDA sent",
  nda_signed: "NDA signed",
  cim_sent: "CIM sent",
  ioi: "IOI in",
  loi: "LOI in",
  declined: "Declined",
};

/** That a counterparty, by a line of the circle, reached a milestone on a day. */
export const Reached = z
  .strictObject({
    who: Known,
    milestone: Milestone,
    day: z.iso.date(),
    /** Which CIM. */
    version: Line(40).optional(),
  })
  .refine(({ milestone, version }) => version === undefined || milestone === "cim_sent", {
    message: "only a CIM has a version",
  });
export type Reached = z.infer<typeof Reached>;

/**
 * `proposed`: by somebody's assistant, seen by that person alone. `confirmed`: a member stands for it. `withdrawn`: a member took it back; it is
 * kept and no longer counts.
 */
export const EntryState = z.enum(["proposed", "confirmed", "withdrawn"]);
export type EntryState = z.infer<typeof EntryState>;

export const Entry = z.object({
  id: EntryId,
  said: Reached,
  state: EntryState,
  /** Address of the member who stands for it; absent once they left. */
  by: z.string().optional(),
  yours: z.boolean(),
  at: z.iso.datetime(),
  /** A mail says it: whoever has that mail can read its words. */
  sourced: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;

/** The mail that an entry rests on, as it stands in the caller's own mailbox. */
export const EntryMail = z.object({
  messageId: MessageId,
  threadId: ThreadId,
  from: z.string(),
  at: z.iso.datetime(),
  quote: z.string(),
});
export type EntryMail = z.infer<typeof EntryMail>;

export const TrackerView = z.object({
  entries: z.array(Entry),
  /** The caller's role lets them say what was reached. */
  mayNote: z.boolean(),
});
export type TrackerView = z.infer<typeof TrackerView>;

/** A counterparty that has not answered, and since when. */
export const Silence = z.object({
  name: z.string(),
  /** Of 24 hours, at least one. */
  days: z.int().min(1),
  /** Our last mail to it. */
  messageId: MessageId,
});
export type Silence = z.infer<typeof Silence>;

export const Quote = z.string().trim().min(8).max(600);

/** What of an entry a cell is judged by. */
type Said = Pick<Entry, "said" | "state">;

/** What was said of one milestone of one counterparty; of each version of a CIM apart. */
export interface Cell<E extends Said = Entry> {
  milestone: Milestone;
  version?: string;
  /** A member stands for it; else it is only proposed. */
  confirmed: boolean;
  /** Those who stand for it name different days; where it is only proposed, so do the proposals. */
  conflict: boolean;
  /** All of it, as it was said: what counts, what is only proposed, what was withdrawn. */
  entries: readonly E[];
}

/** A line of the room's circle, as far as this needs it. */
interface OfCircle {
  who: string;
  side: string;
  party?: string | undefined;
}

export interface Party {
  name: string;
  /** Its domains and addresses. */
  who: readonly string[];
}

/** The counterparties of a circle, in its order: lines with one name are one. */
export function partiesOf(circle: readonly OfCircle[]): Party[] {
  const lines = circle.filter(({ side }) => side === "counterparty");
  const groups = Map.groupBy(lines, ({ who, party }) => (party ?? who).toLowerCase());
  return [...groups.values()].map((group) => ({
    name: group[0]?.party ?? group[0]?.who ?? "",
    who: group.map(({ who }) => who),
  }));
}

/** The cells that have an entry, in the order of milestones. `entries`: of one counterparty. */
export function cellsOf<E extends Said>(entries: readonly E[]): Cell<E>[] {
  const keyOf = ({ said }: Said) => `${said.milestone} ${said.version?.toLowerCase() ?? ""}`;
  return [...Map.groupBy(entries, keyOf).values()]
    .flatMap((group): Cell<E>[] => {
      const first = group[0]?.said;
      if (first === undefined) return [];
      const { milestone, version } = first;
      const stand = group.filter(({ state }) => state === "confirmed");
      const confirmed = stand.length > 0;
      const counting = confirmed ? stand : group.filter(({ state }) => state === "proposed");
      const conflict = new Set(counting.map(({ said }) => said.day)).size > 1;
      return [
        {
          milestone,
          ...(version === undefined ? {} : { version }),
          confirmed,
          conflict,
          entries: group,
        },
      ];
    })
    .toSorted(
      (one, other) =>
        Milestone.options.indexOf(one.milestone) - Milestone.options.indexOf(other.milestone) ||
        dayOf(one).localeCompare(dayOf(other)),
    );
}

/** The first day that is said of a cell by what counts; empty where all was withdrawn. */
export function dayOf({ confirmed, entries }: Cell<Said>): string {
  const state = confirmed ? "confirmed" : "proposed";
  const days = entries.filter((one) => one.state === state).map(({ said }) => said.day);
  return days.toSorted((one, other) => one.localeCompare(other))[0] ?? "";
}

/** A member stands for it and nobody says otherwise. */
function isFact({ confirmed, conflict }: Cell<Said>): boolean {
  return confirmed && !conflict;
}

/**
 * What a counterparty may be sent follows from this, so it errs on the side of less: only what members confirmed counts, what they disagree on
 * does not, and who declined has declined until that is withdrawn.
 */
export function ndaState(cells: readonly Cell<Said>[]): NdaState {
  const is = (milestone: Milestone) =>
    cells.some((cell) => cell.milestone === milestone && isFact(cell));
  if (cells.some(({ milestone, confirmed }) => milestone === "declined" && confirmed)) {
    return "declined";
  }
  if (is("nda_signed")) return "signed";
  return is("nda_sent") ? "sent" : "none";
}

/** A counterparty with what is said of it; one that nobody has in the circle any more keeps what was said. */
export interface Row<E extends Said = Entry> extends Party {
  cells: readonly Cell<E>[];
  nda: NdaState;
}

export function boardOf<E extends Said>(
  circle: readonly OfCircle[],
  entries: readonly E[],
): Row<E>[] {
  const parties = partiesOf(circle);
  const known = new Set(parties.flatMap(({ who }) => who));
  const gone = new Set(entries.map(({ said }) => said.who).filter((who) => !known.has(who)));
  return [...parties, ...[...gone].map((who) => ({ name: who, who: [who] }))].map((party) => {
    const cells = cellsOf(entries.filter(({ said }) => party.who.includes(said.who)));
    return { ...party, cells, nda: ndaState(cells) };
  });
}

/** The last word of each side in a deal's mail. ISO 8601. */
export interface LastWords {
  ours?: string;
  theirs?: string;
}

const DAY_MS = 86_400_000;

/** Days of 24 hours, weekends too, since a word of ours that nothing came after; `undefined` where the last word is theirs. */
export function unansweredDays({ ours, theirs }: LastWords, now: Date): number | undefined {
  if (ours === undefined) return undefined;
  const sent = Date.parse(ours);
  if (theirs !== undefined && Date.parse(theirs) >= sent) return undefined;
  return Math.max(0, Math.floor((now.getTime() - sent) / DAY_MS));
}

interface Due {
  day: string;
  what: string;
  state: "met" | "due" | "late";
}

/** Which of the room's dates are of a milestone, and how this counterparty stands to each; none for one that declined. `today`: ISO date. */
export function duesOf(
  dates: readonly { day: string; what: string; milestone?: Milestone | undefined }[],
  { cells, nda }: Pick<Row<Said>, "cells" | "nda">,
  today: string,
): Due[] {
  if (nda === "declined") return [];
  return dates.flatMap(({ day, what, milestone }): Due[] => {
    if (milestone === undefined) return [];
    const met = cells.some((cell) => cell.milestone === milestone && isFact(cell));
    return [{ day, what, state: met ? "met" : day < today ? "late" : "due" }];
  });
}
