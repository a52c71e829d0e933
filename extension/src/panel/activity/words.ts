/** What the log of one's own requests says. Pure. */
import type { ActivityRow } from "@vaultdesk/shared/activity.ts";

import { type StateWords, verbOf, wordsOf } from "../approvals/words.ts";

export const WORDS = {
  title: "Activity",
  about:
    "Every request to your phone, and what became of it. The audit trail keeps the same, and can be checked without VaultDesk.",
  none: "Requests to your phone will be listed here. Ask for a draft and send it.",
  open: "Open the conversation",
  older: "Show older",
  gone: "A request of a deleted conversation",
  asked: "Asked",
  ended: "Ended",
  code: "Code",
  digest: "Digest",
} as const;

const TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** `26 Nov 2026, 23:10`, here. */
export function timeOf(at: string): string {
  return TIME.format(new Date(at));
}

export interface Line extends StateWords {
  what: string;
}

export function lineOf({ approval, state }: ActivityRow, now: number): Line {
  if (approval !== undefined) return { what: verbOf(approval), ...wordsOf(approval, now) };
  return { what: WORDS.gone, title: state, tone: "plain", solid: state === "executed" };
}
