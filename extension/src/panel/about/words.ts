/** What the page of what VaultDesk can and can't do says around the table. */
export const WORDS = {
  title: "What VaultDesk can and can't do",
  promise:
    "An assistant that cannot act without your phone. What others can see, and what moves mail, happens only after you approved exactly that.",
  reads: "Without asking: it reads",
  drafts: "Without asking: it drafts",
  asks: "Only after your phone said yes",
  never: "Never",
  notGranted: "Not granted now.",
} as const;

const named = (who: readonly string[]) =>
  who.length <= 8 ? who.join(", ") : `${who.slice(0, 8).join(", ")} and ${who.length - 8} more`;

/** What the organisation set, or what holds where it set nothing. */
export const ORGANISATION = {
  title: "Set by your organisation",
  builtIn: "For everybody",
  only: (who: readonly string[]) => `Mail and invitations go only to: ${named(who)}.`,
  blocked: (who: readonly string[]) => `Nothing goes to: ${named(who)}.`,
  models: (names: readonly string[]) => `Models that may answer: ${named(names)}.`,
  ownSide: (who: readonly string[]) => `Your own side, besides a room's members: ${named(who)}.`,
  noRooms: "Your mailbox may not make deal rooms.",
  keep: (days: number) =>
    `A conversation is deleted ${days === 1 ? "a day" : `${days} days`} after the last word in it.`,
  keepAudit: (days: number) => `A row of the audit trail is removed after ${days} days.`,
  rule: (words: string) => `In every deal room: ${words}`,
} as const;
