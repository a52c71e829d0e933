/** What the card of current terms says. Pure. */
import type { CurrentTerms, Statement, Term } from "@vaultdesk/shared/term.ts";

import { displayName } from "../draft/address.ts";

export const TITLE = "Current terms";
export const LEAD = "The newest word on each, found in the mail. Said is not yet agreed.";
export const OPEN = "Open points";
export const REPLACED = "Replaced:";
export const OWN_WORDS = "in my words";
export const SHOW = "Show in Gmail";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** `Ana Ruiz, 20 Nov 2026`, on the reader's own calendar. */
export function whoAndWhen({ from, at }: Pick<Statement, "from" | "at">): string {
  return `${displayName(from)}, ${DAY.format(new Date(at))}`;
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/** What the table can't vouch for. */
export function cautionsOf({ notRead, leftOut }: CurrentTerms): string[] {
  return [
    ...(leftOut.length === 0
      ? []
      : [`Left out, because the words given for it are not in the mail: ${leftOut.join(", ")}.`]),
    ...(notRead === 0
      ? []
      : [
          `${plural(notRead, "message")} of this thread ${notRead === 1 ? "was" : "were"} not read for this. A newer word may stand there.`,
        ]),
  ];
}

const isOpen = ({ topic }: Term) => topic === "open";

export function parted(terms: readonly Term[]): { settled: Term[]; open: Term[] } {
  return { settled: terms.filter((term) => !isOpen(term)), open: terms.filter(isOpen) };
}
