/** The states of an approval and the words people read for each. The moves between them are the server's `transition.ts`. */
import { z } from "zod";

import { StandsFor } from "./absence.ts";
import {
  type DeedKind,
  EmailSend,
  EventCancel,
  EventCreate,
  EventUpdate,
  MailLabel,
  MailTrash,
  MailUntrash,
} from "./action.ts";
import { KIND_WORDS, type KindWords } from "./approval-words.ts";
import { Digest } from "./digest.ts";
import { ApprovalId, ConversationId, MessageId, RunId, ThreadId } from "./id.ts";
import { RoleName } from "./role.ts";
import { judged } from "./warning.ts";

export const ApprovalState = z.enum([
  "proposed",
  "waiting",
  "approved",
  "executing",
  "executed",
  "refused",
  "denied",
  "expired",
  "cancelled",
  "undelivered",
  "drifted",
  "failed",
  "unknown",
]);
export type ApprovalState = z.infer<typeof ApprovalState>;

const OPEN: ReadonlySet<ApprovalState> = new Set([
  "proposed",
  "waiting",
  "approved",
  "executing",
  "unknown",
]);

/** True while something may still happen without the person asking again. */
export function isOpen(state: ApprovalState): boolean {
  return OPEN.has(state);
}

/** What became of one thing that an approval covers; absent while nothing was tried. */
export const Outcome = z.discriminatedUnion("state", [
  z.object({ state: z.literal("sent"), messageId: MessageId, threadId: ThreadId }),
  /** In the calendar, or in the mailbox, as approved. `link` opens the event in Google Calendar. */
  z.object({ state: z.literal("done"), link: z.url({ protocol: /^https$/ }).optional() }),
  /** Fields that differ from what was asked. */
  z.object({ state: z.literal("drifted"), changed: z.array(z.string()) }),
  z.object({ state: z.literal("failed"), why: z.string() }),
  z.object({ state: z.literal("unknown") }),
]);
export type Outcome = z.infer<typeof Outcome>;

export function succeeded(outcome: Outcome | undefined): boolean {
  return outcome?.state === "sent" || outcome?.state === "done";
}

const added = { outcome: Outcome.optional(), ...judged };

const Item = z.discriminatedUnion("kind", [
  EmailSend.omit({ rawSha256: true, inside: true }).extend(added),
  EventCreate.extend(added),
  EventUpdate.extend(added),
  EventCancel.extend(added),
  MailLabel.extend(added),
  MailTrash.extend(added),
  MailUntrash.extend(added),
]);

/** One thing that is asked for, as the card shows it. Events written before 2026-11-24 name no kind: there were only mails. */
export const ApprovalItem = z.preprocess(
  (item) => (typeof item === "object" ? { kind: "email.send", ...item } : item),
  Item,
);
export type ApprovalItem = z.infer<typeof ApprovalItem>;
export type MailItem = Extract<ApprovalItem, { kind: "email.send" }>;

/** The mails among the things that are asked for. */
export function mailsIn(items: readonly ApprovalItem[]): MailItem[] {
  return items.flatMap((item) => (item.kind === "email.send" ? [item] : []));
}

/** Somebody else whose yes it needs, and where their request stands. */
export const OtherApprover = z.object({
  who: z.string(),
  role: RoleName,
  why: z.string(),
  state: ApprovalState,
  /** Who is away, and would have been asked. */
  standsFor: StandsFor.optional(),
});
export type OtherApprover = z.infer<typeof OtherApprover>;

export const ApprovalView = z.object({
  id: ApprovalId,
  conversationId: ConversationId,
  runId: RunId.optional(),
  state: ApprovalState,
  /** The same on the phone. */
  code: z.string(),
  digest: Digest,
  /** One, or the mails of a bundle in the order in which they are sent; the first that can't be sent stops the rest. */
  items: z.array(ApprovalItem).min(1),
  requestedAt: z.iso.datetime(),
  /** While `proposed`: when the phone will be asked. */
  askAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime(),
  /** While `approved`: nothing is done before, and it can still be stopped. */
  holdUntil: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Nothing is done before all of them have said yes too. */
  others: z.array(OtherApprover).optional(),
  /** In the view of one of those others: who asks, and the rule. */
  asker: z.object({ who: z.string(), why: z.string(), standsFor: StandsFor.optional() }).optional(),
  /** Why it ended, in words for a person; absent while open. */
  ending: z.string().optional(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

/** How far execution came: of how many, how many are done. */
export interface Progress {
  sent: number;
  of: number;
}

interface About extends Progress {
  words: KindWords;
}

type Words = (because: string, about: About) => string;

/** What went out before the first that did not. Empty for a single one. */
function before({ sent, of }: Progress): string {
  if (of === 1) return "";
  return sent === 0 ? `None of the ${of} mails was sent. ` : `${sent} of ${of} mails sent. `;
}

function stillThere({ of, words }: About): string {
  return of === 1 ? words.still : "The drafts are still in Gmail";
}

const ENDINGS: Readonly<Record<ApprovalState, Words>> = {
  proposed: () => "",
  waiting: () => "",
  approved: () => "",
  executing: () => "",
  executed: (_, { of, words }) =>
    of === 1
      ? words.done
      : `All ${of} mails sent. You approved them on your phone, and Gmail has sent them.`,
  refused: (because, { words }) => `Not asked.${because} ${words.nothing}.`,
  denied: (_, about) =>
    `You denied it on your phone. ${about.words.nothing}. ${stillThere(about)}.`,
  expired: (_, about) =>
    `Denied or not answered in time. ${about.words.nothing}. ${stillThere(about)}; ask again when you are ready.`,
  cancelled: (because, { words }) =>
    `${because === "" ? "You withdrew the request." : because.trim()} ${words.nothing}, and a late answer on the phone does nothing.`,
  undelivered: (because, { words }) => `Your phone could not be asked.${because} ${words.nothing}.`,
  drifted: (_, about) =>
    about.of === 1
      ? about.words.drifted
      : `${before(about)}The next draft was changed in Gmail after you were asked, so it and those after it were not sent. Review it and ask again.`,
  failed: (because, about) =>
    about.of === 1
      ? `${about.words.not}.${because} ${about.words.still}.`
      : `${before(about)}The next could not be sent, and those after it were not tried.${because}`,
  unknown: (because, about) =>
    `${before(about)}${because === "" ? about.words.unknown : because.trim()}`,
};

/** The same for a further approver: the draft, the event and the mails are the asker's. */
export function secondEndingOf(
  state: ApprovalState,
  asker: string,
  detail: string,
  kind: DeedKind,
): string {
  const words = KIND_WORDS[kind];
  const because = detail === "" ? "" : ` ${detail}`;
  switch (state) {
    case "proposed":
    case "waiting":
    case "approved":
    case "executing":
      return "";
    case "executed":
      return `${words.tag}. You and ${asker} approved it, and Google has done it in their account.`;
    case "refused":
      return `Not asked.${because} ${words.nothing}.`;
    case "denied":
      return `You denied it on your phone. ${words.nothing}. ${asker} sees that you did.`;
    case "expired":
      return `Denied or not answered in time. ${words.nothing}. ${asker} can ask again.`;
    case "cancelled":
      return `${detail === "" ? "You declined it here." : detail} ${words.nothing}, and a late answer on the phone does nothing.`;
    case "undelivered":
      return `Your phone could not be asked.${because} ${words.nothing}.`;
    case "drifted":
      return `${words.not}. It was changed in ${asker}'s account after you were asked, so your approval no longer fits it. They can ask again.`;
    case "failed":
      return `${words.not}.${because} Nothing is left for you to do.`;
    case "unknown":
      return `Google did not say whether it was done. ${asker}'s account is being read to settle it.`;
  }
}

/** What happened, what did not, what to do: one ending each. Empty while it is open. */
export function endingOf(
  state: ApprovalState,
  detail = "",
  progress: Progress = { sent: 0, of: 1 },
  kind: DeedKind = "email.send",
): string {
  const words = KIND_WORDS[kind];
  return ENDINGS[state](detail === "" ? "" : ` ${detail}`, { ...progress, words });
}
