/** What the conversation says in and around the answers. */
export const WORDS = {
  unknownLink: (host: string) => `link to ${host} left out: it is in no mail read here`,
  noLink: "link left out",
  table: "Table",
  copy: "Copy the answer",
  copied: "Copied",
  notCopied: "Not copied: the browser did not allow it. Select the text instead.",
  again: "Ask the same again",
  changeQuestion: "Change this question and ask it anew",
  toBoard: "See it on the tracker",
};

interface Suggestion {
  text: string;
  label: string;
  /** Where there is one line for all. */
  short: string;
  /** A draft comes of it. */
  drafts?: true;
}

const IN_THREAD: readonly Suggestion[] = [
  { text: "Summarise this thread", label: "Summarise this thread", short: "Summarise" },
  {
    text: "What is still open here?",
    label: "What is still open here?",
    short: "What is still open?",
  },
  {
    text: "Draft a reply to this thread",
    label: "Draft reply",
    short: "Draft reply",
    drafts: true,
  },
  {
    text: "When did they last write?",
    label: "When did they last write?",
    short: "When did they last write?",
  },
  { text: "Find mails related to this thread", label: "Find related mails", short: "Find related" },
];
const TERMS: Suggestion = {
  text: "What are the current terms?",
  label: "What are the current terms?",
  short: "Current terms",
};
const IN_MAILBOX: readonly Suggestion[] = [
  "What came in lately?",
  "Which mails are unread?",
  "What is on my calendar today?",
].map((text) => ({ text, label: text, short: text }));

/** Questions that fit what is open. */
export function suggestionsFor(open: {
  thread: boolean;
  several: boolean;
  /** The person's role leaves drafts. */
  drafts: boolean;
}): readonly Suggestion[] {
  if (!open.thread) return IN_MAILBOX;
  const all = open.several ? [...IN_THREAD.slice(0, 2), TERMS, ...IN_THREAD.slice(2)] : IN_THREAD;
  return open.drafts ? all : all.filter(({ drafts }) => drafts === undefined);
}
