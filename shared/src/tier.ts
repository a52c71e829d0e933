/**
 * How confidential a document of a deal is, and who gets it without a second person's word, as one readable table. A room's lead may take
 * readers away and adds none. What breaks the table, and who let it pass. Pure.
 */
import { z } from "zod";

import { DocumentId, RoomId } from "./id.ts";

/** The least confidential first. */
export const Tier = z.enum(["teaser", "cim", "data_room", "board"]);
export type Tier = z.infer<typeof Tier>;

/** Where a counterparty's NDA is, as members confirmed it. */
export const NdaState = z.enum(["none", "sent", "signed", "declined"]);
export type NdaState = z.infer<typeof NdaState>;

/** What somebody who gets a mail is to a deal. Whom the room does not know has no NDA. */
export const Reader = z.enum(["own", "adviser", ...NdaState.options]);
export type Reader = z.infer<typeof Reader>;

/** In every room; no room's row holds it, so that none can loosen it. */
export const FLOOR: Readonly<Record<Tier, readonly Reader[]>> = {
  teaser: ["own", "adviser", "signed", "sent", "none"],
  cim: ["own", "adviser", "signed"],
  data_room: ["own", "adviser", "signed"],
  board: ["own"],
};

/** What a lead may take away. One's own side always has its own documents. */
const Removable = Reader.exclude(["own"]);

/** What a room takes away from the floor. */
export const Tightened = z.partialRecord(Tier, z.array(Removable).max(Removable.options.length));
export type Tightened = z.infer<typeof Tightened>;

/** Whoever may not have one document has none that is more confidential. */
export function mayHave(tier: Tier, reader: Reader, tightened: Tightened = {}): boolean {
  return Tier.options
    .slice(0, Tier.options.indexOf(tier) + 1)
    .every(
      (one) =>
        FLOOR[one].includes(reader) && !(tightened[one] ?? []).some((gone) => gone === reader),
    );
}

export function isLower(tier: Tier, than: Tier): boolean {
  return Tier.options.indexOf(tier) < Tier.options.indexOf(than);
}

/** A file of a mail that is a document of a room, and somebody who may not have it. */
export const TierBreak = z.object({
  roomId: RoomId,
  documentId: DocumentId,
  tier: Tier,
  /** As the mail names it. */
  file: z.string().max(998),
  /** An address, lower-cased. */
  who: z.string().max(998),
  reader: Reader,
});
export type TierBreak = z.infer<typeof TierBreak>;

/** More than one person can judge at a glance. */
export const MOST_BREAKS = 50;

/** One line for the record, without an address. */
export const Reason = z
  .string()
  .trim()
  .min(8)
  .max(160)
  .regex(/^[^\p{Cc}@]*$/u);

/** Asked for by hand, and nothing without the yes of `by`. */
export const Override = z.object({
  /** The address of the member who is asked. */
  by: z.string().max(998),
  why: Reason,
  breaks: z.array(TierBreak).min(1).max(MOST_BREAKS),
});
export type Override = z.infer<typeof Override>;

/** Whose yes lets a mail pass the table. */
export const OVERRIDERS = ["lead", "counsel"] as const;

export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  teaser: "a teaser",
  cim: "a CIM",
  data_room: "a data room document",
  board: "a board paper",
};

export const READER_WORDS: Readonly<Record<Reader, string>> = {
  own: "is on your own side",
  adviser: "is an adviser",
  signed: "has signed an NDA",
  sent: "has not signed the NDA that was sent",
  none: "has no NDA",
  declined: "has declined",
};

const SHOWN = 60;

function short(name: string): string {
  return name.length <= SHOWN ? name : `${name.slice(0, SHOWN - 1)}…`;
}

/** As "CIM_v3.pdf is a CIM, and bob@buyer.example has no NDA". */
export function breakWords({ file, tier, who, reader }: Omit<TierBreak, "roomId">): string {
  return `${short(file)} is ${TIER_WORDS[tier]}, and ${who} ${READER_WORDS[reader]}`;
}

/** Whether two are the same: another tier, recipient or state of the NDA is another break. */
export function sameBreak(one: TierBreak, other: TierBreak): boolean {
  return (
    one.roomId === other.roomId &&
    one.documentId === other.documentId &&
    one.tier === other.tier &&
    one.who === other.who &&
    one.reader === other.reader
  );
}

/** What is said of a file, most telling first; only the first that fits, and a person decides. */
const SIGNS: readonly [Tier, RegExp][] = [
  ["board", /\b(board|supervisory|vorstand|aufsichtsrat)\b/],
  ["teaser", /\b(teaser|one pager|investment profile)\b/],
  ["cim", /\b(cim|confidential information memorandum|information memorandum|info memo)\b/],
  ["data_room", /\b(data room|dataroom|vdr|data tape|management accounts|quality of earnings)\b/],
];

/** The tier that a file's name, or the first words in it, speak for. */
export function suggestedTier(text: string): Tier | undefined {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
  return SIGNS.find(([, sign]) => sign.test(words))?.[0];
}
