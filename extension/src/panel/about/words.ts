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
