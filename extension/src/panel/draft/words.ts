/** What a draft's form and the offer below the drafts say. Pure. */
import { BUNDLE_LIMIT } from "@vaultdesk/shared/action.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";

import type { Fate } from "../questions.ts";
import { displayName } from "./address.ts";

/** Said above "Save draft": what a change does to the request, or why there can't be one any more. */
export function noticeOf(fate: Fate, together: number): string | undefined {
  switch (fate) {
    case "free":
      return undefined;
    case "asked":
      return together > 1
        ? `Changing it withdraws the request on your phone for all ${together} mails.`
        : "Changing it withdraws the request on your phone.";
    case "going":
    case "sent":
      return "You approved this mail as it was, so it can't be changed any more.";
  }
}

/** What is wrong with what was typed into a field. */
export function wrongWords(field: PropertyKey | undefined): string {
  if (field === "subject") {
    return "The subject must be one line of at most 900 characters. Nothing was saved.";
  }
  return field === "text"
    ? "The text is longer than 200,000 characters. Nothing was saved."
    : "One of these is not a mail address. Nothing was saved.";
}

export interface Offer {
  /** Undefined where there are too many for one request. */
  button: string | undefined;
  words: string;
}

/** One request for all drafts that are free; nothing to offer for fewer than two. */
export function offerOf(drafts: readonly DraftView[]): Offer | undefined {
  if (drafts.length < 2) return undefined;
  if (drafts.length > BUNDLE_LIMIT) {
    const words = `One request to your phone can show at most ${BUNDLE_LIMIT} mails, and here are ${drafts.length} drafts. Ask for them one by one.`;
    return { button: undefined, words };
  }
  const people = drafts.map(({ content: { to, cc, bcc } }) =>
    displayName([...to, ...cc, ...bcc][0] ?? ""),
  );
  return {
    button: `Ask once for these ${drafts.length} mails`,
    words: `Sent in this order on one yes: ${people.join(", ")}.`,
  };
}

export const OVERRIDE_WORDS = {
  title: "Ask for an override",
  about:
    "The mail is sent only if this person approves it too, on their own phone. Both phones name what it breaks.",
  nobody: "Nobody else in its deal rooms is lead or counsel, so nobody can override it.",
  by: "Whose yes",
  why: "Why it may go all the same",
  whyHint: "One line without addresses. It stays in the audit trail as you write it.",
  badReason: "Write 8 to 160 characters on one line, without an @.",
  ask: "Send: ask both phones",
} as const;
