/** Words of a room's tracker. */
import type { Entry, Row } from "@vaultdesk/shared/tracker.ts";

import type { Step } from "./track.ts";

export const BOARD = {
  tab: "Tracker",
  none: "Counterparties will be here. Add one to the circle under Deal.",
  about:
    "Solid is what a member stands for, dashed what your assistant proposed to you alone. Press a step for its words.",
  waiting: (count: number) =>
    `${count} proposed ${count === 1 ? "milestone waits" : "milestones wait"} for you`,
  silent: (days: number) => `No answer for ${days} ${days === 1 ? "day" : "days"}`,
  showOurs: "Show our last mail",
  noSilence: "Who has not answered could not be looked up.",
  save: "Save as a table",
  saveWords:
    "Milestones and days, without the words of any mail. The audit trail says that you did.",

  noted: "Nothing was noted yet.",
  disputed: "Members name different days. It counts as not reached until one is withdrawn.",
  disputedProposals: "Your assistant found different days. Confirm the one that is right.",
  version: (version: string) => `version ${version}`,
  looking: "Looking for the mail in your mailbox",
  show: "Show in Gmail",
  confirm: "Confirm",
  correct: "Correct",
  reject: "Reject",
  withdraw: "Withdraw",
  note: "Note by hand",

  milestone: "Milestone",
  day: "Day",
  versionField: "Version, as the mail calls it",
  words: "Words of the open mail that say it",
  wordsHint: "May stay empty. Others see them only where their own mailbox has that mail.",
  shortWords: "Copy at least eight characters as they stand in the mail, or leave it empty.",
  noDay: "Give the day on which it was reached.",
  keep: "Back",
  go: "Note it",
  goConfirm: "Confirm as corrected",
  goInstead: "Note this instead",
} as const;

export const NDA: Readonly<Record<Row["nda"], string>> = {
  none: "No NDA",
  sent: "NDA sent",
  signed: "NDA signed",
  declined: "Declined",
};

export const NDA_COUNTS: Readonly<Record<Row["nda"], string>> = {
  none: "without NDA",
  sent: "NDA sent",
  signed: "NDA signed",
  declined: "declined",
};

/** For whoever does not see the edges. */
export const STATES: Readonly<Record<Step["state"], string>> = {
  none: "not reached",
  proposed: "proposed",
  confirmed: "confirmed",
  conflict: "disputed",
};

export const ENTRY_STATES: Readonly<Record<Entry["state"], string>> = {
  proposed: "proposed",
  confirmed: "confirmed",
  withdrawn: "withdrawn",
};

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `20 Nov` of an ISO date. */
export const shortDay = (day: string): string => SHORT.format(new Date(day));
export const longDay = (day: string): string => LONG.format(new Date(day));

/** Who says it, and what it rests on. */
export function saidBy({ state, yours, by, sourced }: Entry): string {
  const from = sourced ? "from a mail" : "by hand";
  if (state === "proposed") return `Your assistant, ${from}. Nobody else sees it.`;
  const who = yours ? "You" : (by ?? "Somebody who has left");
  return `${who}, ${from}.`;
}

export function dueWords({
  day,
  what,
  state,
}: {
  day: string;
  what: string;
  state: string;
}): string {
  if (state === "met") return `${what}: reached`;
  return state === "late" ? `${what}: was due ${longDay(day)}` : `${what}: due ${longDay(day)}`;
}
