/** What stands where a sentence of the assistant was left out, because it claimed an effect that the record does not hold. */
import { z } from "zod";

/** What the sentence said was done: mail that left, a calendar that changed, or mail that was moved. */
export const Claimed = z.enum(["sent", "scheduled", "moved"]);
export type Claimed = z.infer<typeof Claimed>;

/** What the record holds instead; `unknown` while Gmail has not said whether a mail left. */
export const Found = z.enum(["nothing", "part", "unknown"]);
export type Found = z.infer<typeof Found>;

const TRUTH: Readonly<Record<Claimed, Readonly<Record<Found, string>>>> = {
  sent: {
    nothing: "it said that something was sent, and nothing was sent for this question.",
    part: "it said that everything was sent, and not all that was asked for was.",
    unknown: "it said that something was sent, and that is not known yet.",
  },
  scheduled: {
    nothing:
      "it said that the calendar was changed, and nothing was changed there for this question.",
    part: "it said that everything was scheduled, and not all that was asked for was.",
    unknown: "it said that the calendar was changed, and that is not known yet.",
  },
  moved: {
    nothing: "it said that mails were moved, and none was moved for this question.",
    part: "it said that all mails were moved, and not all that was asked for was done.",
    unknown: "it said that mails were moved, and that is not known yet.",
  },
};

export function withheldWords(claimed: Claimed, found: Found): string {
  return `VaultDesk left a sentence out here: ${TRUTH[claimed][found]}`;
}

/** Below an answer that says what the mail says, and names no message for it. */
export const UNCITED = "No message is cited for this.";
